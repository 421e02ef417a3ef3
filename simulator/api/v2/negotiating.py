"""Which media type an answer has, by the request's `Accept` header."""

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=1024)
def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The media type to answer in: the caller's first choice among those offered, None where there is none.

    A range takes the first type offered that lies in it; the order of the caller's choices is by their `q`.
    """
    if not accept.strip():
        return offered[0]
    for wanted in _wanted(accept):
        for media_type in offered:
            if _lies_in(media_type, wanted):
                return media_type
    return None


def _wanted(accept: str) -> list[str]:
    ranked: list[tuple[float, str]] = []
    for item in accept.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            if parameter.startswith("q="):
                weight = _number(parameter[2:])
        if name and weight > 0:
            ranked.append((-weight, name))
    return [name for _, name in sorted(ranked, key=lambda found: found[0])]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _lies_in(media_type: str, wanted: str) -> bool:
    if wanted in ("*/*", "*", media_type):
        return True
    return wanted.endswith("/*") and media_type.startswith(wanted[:-1])
