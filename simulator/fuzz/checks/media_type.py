"""Whether the contract has the answer's media type for its status."""

from collections.abc import Iterator

from simulator.contract.judge import Fault as Kind
from simulator.fuzz.check_types import Check, Fault, Judged


def look(judged: Judged) -> Iterator[Fault]:
    """Yield a media type that the answer's status does not have, or a body where none should be."""
    if judged.answer.raised is not None:
        return
    for found in judged.discrepancies:
        if found.fault is Kind.MEDIA_TYPE:
            place = f"status {judged.answer.status}, content type"
            yield Fault(place=place, expected=found.expected, came=found.came)


CHECK = Check(name="media-type", about="a content type that the contract does not have", look=look)
