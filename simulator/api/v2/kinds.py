"""The kinds of values in request bodies: how each is read leniently (8.6, 8.7) and strictly (from 8.8 on).

Reading leniently converts as far as the gateway's JSON reader does: `"5"` to 5, 1.5 to 1, 5 to `"5"`
(live Camunda 8.6.0).
"""

from collections.abc import Callable, Mapping
from typing import Any

Kind = Callable[[Any, bool], Any]
"""Reads one value, the second argument says whether strictly; raises `Mismatch`. None stays None."""

LONGEST, LONG_LOWEST = 2**63 - 1, -(2**63)
INT_HIGHEST, INT_LOWEST = 2**31 - 1, -(2**31)
TRUE, FALSE = frozenset({"true", "True", "TRUE"}), frozenset({"false", "False", "FALSE"})


class Mismatch(Exception):
    """A value that is not of its kind; `path` leads to it, outermost first, None for a step into a list."""

    def __init__(self, *path: str | None) -> None:
        super().__init__(path)
        self.path = path


class Unknown(Mismatch):
    """A property that its object doesn't have."""


def text(value: Any, strict: bool) -> str | None:
    """A text; leniently numbers and booleans too."""
    if value is None or value.__class__ is str:
        return value
    if strict or isinstance(value, (dict, list)):
        raise Mismatch
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def whole(lowest: int, highest: int) -> Kind:
    """A whole number between bounds; leniently fractions are cut and texts read."""

    def read(value: Any, strict: bool) -> int | None:
        if value is None:
            return None
        if value.__class__ is not int:
            value = _cut(value, strict)
            if value is None:
                return None
        if not lowest <= value <= highest:
            raise Mismatch
        return int(value)

    return read


def _cut(value: Any, strict: bool) -> int | None:
    if strict or isinstance(value, (bool, dict, list)):
        raise Mismatch
    if isinstance(value, str):
        return _from_text(value)
    return int(value)


def _from_text(value: str) -> int | None:
    stripped = value.strip()
    if not stripped:
        return None
    digits = stripped[1:] if stripped[0] in "+-" else stripped
    if not (digits.isascii() and digits.isdigit()):
        raise Mismatch
    return int(stripped)


int32 = whole(INT_LOWEST, INT_HIGHEST)
int64 = whole(LONG_LOWEST, LONGEST)


def truth(value: Any, strict: bool) -> bool | None:
    """A boolean; leniently whole numbers and the usual words too."""
    if value is None or value.__class__ is bool:
        return value
    if not strict and value.__class__ is int:
        return value != 0
    if not strict and isinstance(value, str):
        word = value.strip()
        if not word:
            return None
        if word in TRUE or word in FALSE:
            return word in TRUE
    raise Mismatch


def key(value: Any, strict: bool) -> Any:
    """A key: strictly a text of any form, leniently a number."""
    return text(value, strict) if strict else int64(value, strict)


def document(value: Any, strict: bool) -> dict[str, Any] | None:
    """Variables: an object of any content."""
    if value is None or value.__class__ is dict:
        return value
    raise Mismatch


def anything(value: Any, strict: bool) -> Any:
    """Any value."""
    return value


def listing(kind: Kind) -> Kind:
    """A list of one kind."""

    def read(value: Any, strict: bool) -> list[Any] | None:
        if value is None:
            return None
        if value.__class__ is not list:
            raise Mismatch
        try:
            return [kind(item, strict) for item in value]
        except Mismatch as mismatch:
            raise type(mismatch)(None, *mismatch.path) from None

    return read


def shape(fields: Mapping[str, Kind]) -> Kind:
    """An object with these fields; strictly no others."""

    def read(value: Any, strict: bool) -> dict[str, Any] | None:
        if value is None:
            return None
        if value.__class__ is not dict:
            raise Mismatch
        return read_fields(value, fields, strict)

    return read


def read_fields(body: Mapping[str, Any], fields: Mapping[str, Kind], strict: bool) -> dict[str, Any]:
    """The fields of an object, read in their order; raises `Mismatch` at the first that is wrong."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        kind = fields.get(name)
        if kind is None:
            if strict:
                raise Unknown(name)
            continue
        try:
            found[name] = kind(value, strict)
        except Mismatch as mismatch:
            raise type(mismatch)(name, *mismatch.path) from None
    return found
