"""Fills `${name}` in what a scenario says with what the run saved, or with the target's own ids and names."""

import re
from collections.abc import Callable, Mapping

from simulator.scenario.matching import show

_PLACE = re.compile(r"\$?\$\{(?P<name>[^{}]*)\}")

Lookup = Callable[[str], object]


def fill(value: object, lookup: Lookup) -> object:
    """Fill every text in a value; a text that is one place alone takes the saved value as it is.

    `$${name}` stands for the literal `${name}`. The lookup raises where it does not know a name.
    """
    match value:
        case str():
            return fill_text(value, lookup)
        case Mapping():
            return {key: fill(inner, lookup) for key, inner in value.items()}
        case list():
            return [fill(inner, lookup) for inner in value]
        case _:
            return value


def fill_text(text: str, lookup: Lookup) -> object:
    """Fill one text."""
    if "${" not in text:
        return text
    whole = _PLACE.fullmatch(text)
    if whole is not None and not text.startswith("$$"):
        return lookup(whole["name"])
    return _PLACE.sub(lambda found: _filled(found, lookup), text)


def _filled(found: re.Match[str], lookup: Lookup) -> str:
    if found[0].startswith("$$"):
        return found[0][1:]
    value = lookup(found["name"])
    return value if isinstance(value, str) else show(value)


def places(text: str) -> list[str]:
    """The names that a text refers to."""
    return [found["name"] for found in _PLACE.finditer(text) if not found[0].startswith("$$")]
