"""Whether an application in this process raised instead of answering."""

from collections.abc import Iterator

from simulator.fuzz.check_types import Check, Fault, Judged


def look(judged: Judged) -> Iterator[Fault]:
    """Yield what flew out of the application."""
    raised = judged.answer.raised
    if raised is not None:
        kind = raised.partition(":")[0]
        yield Fault(place=kind, expected="an answer", came=raised)


CHECK = Check(name="raised", about="an exception where an answer should be (in process)", look=look)
