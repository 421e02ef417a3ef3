"""Whether an answer came at all, while the server answers other requests."""

from collections.abc import Iterator

from simulator.fuzz.check_types import Check, Fault, Judged


def look(judged: Judged) -> Iterator[Fault]:
    """Yield why there is no answer."""
    silent = judged.answer.silent
    if silent is not None:
        yield Fault(place="no answer", expected="an answer", came=silent)


CHECK = Check(name="silent", about="no answer, or a broken connection (by URL)", look=look)
