"""Whether the contract has the answer's status, as long as it is no failure of the server."""

from collections.abc import Iterator

from simulator.contract.judge import Fault as Kind
from simulator.fuzz.check_types import Check, Fault, Judged

FIRST_FAILURE = 500


def look(judged: Judged) -> Iterator[Fault]:
    """Yield a status below 500 that the operation does not document."""
    if judged.answer.status >= FIRST_FAILURE:
        return
    for found in judged.discrepancies:
        if found.fault is Kind.STATUS:
            yield Fault(place=f"status {found.came}", expected=found.expected, came=found.came)


CHECK = Check(name="documented-status", about="a status that the contract does not have", look=look)
