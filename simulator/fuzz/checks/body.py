"""Whether the answer's body is what the contract says."""

import re
from collections.abc import Iterator

from simulator.contract.judge import Discrepancy
from simulator.contract.judge import Fault as Kind
from simulator.fuzz.check_types import Check, Fault, Judged

GIVEN_NAME = re.compile(r"/(?:\d+(?=/|$)|[^/]*\d[^/]{7,})")
"""Steps of a pointer that differ from answer to answer: indices and ids."""


def look(judged: Judged) -> Iterator[Fault]:
    """Yield each place of the body that breaks its schema, and a body that is no JSON."""
    for found in judged.discrepancies:
        if found.fault in (Kind.SCHEMA, Kind.NOT_JSON):
            yield Fault(
                place=f"status {judged.answer.status}, body {place_of(found) or '/'}",
                expected=found.expected,
                came=found.came,
                where=found.where,
            )


def place_of(found: Discrepancy) -> str:
    """The place in the body, every index and id of it a star; what is missing is part of the place."""
    place = GIVEN_NAME.sub("/*", found.where)
    missing = found.expected.removeprefix("a property ").strip("'\"")
    return f"{place}/{missing}" if found.rule.endswith("/required") else place


CHECK = Check(name="body", about="a body against the schema of its status", look=look)
