"""Releases of engines, compared by their leading numbers."""

import re

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")


def at_least(release: str, first: tuple[int, ...]) -> bool:
    """Whether a release such as `8.6.0` is the first one meant or a later one."""
    found = _NUMBERS.match(release)
    return found is not None and tuple(map(int, found[0].split("."))) >= first
