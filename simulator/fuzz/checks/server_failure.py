"""Whether the server failed where the contract does not say that it does."""

from collections.abc import Iterator

from simulator.contract.judge import Fault as Kind
from simulator.fuzz.check_types import Check, Fault, Judged

FIRST_FAILURE = 500
SHOWN = 200


def look(judged: Judged) -> Iterator[Fault]:
    """Yield an undocumented status from 500 on, with the beginning of what was said."""
    answer = judged.answer
    if answer.status < FIRST_FAILURE or answer.raised is not None:
        return
    for found in judged.discrepancies:
        if found.fault is Kind.STATUS:
            told = answer.content[:SHOWN].decode("utf-8", "replace")
            came = f"{found.came} {told}".strip()
            yield Fault(place=f"status {found.came}", expected=found.expected, came=came)


CHECK = Check(name="server-failure", about="a 5xx that the contract does not have", look=look)
