"""How the value of a filter is written: as the text of a query parameter, and inside a JSON body."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from simulator.api.v1.bodies import listing, text, truth, unreadable
from simulator.api.v1.rest_error import RestError
from simulator.core.errors import Rejection
from simulator.core.java.numeric import INT_MAX, INT_MIN, LONG_MAX, LONG_MIN
from simulator.core.typed_value_conversions import convert_primitive

DECODE = msgspec.json.Decoder().decode
NOT_OF_A_TYPE = (RestError, msgspec.DecodeError, UnicodeError, RecursionError)
"""What reading a text as JSON of a type ends with where it is none."""


class Unconvertible(Exception):
    """A query parameter's text is none of its type; `reason` in the converter's words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of filter value.

    `from_text` raises `Unconvertible`; `from_json` takes the body and the field's name and raises `RestError` 400.
    Both give None where the filter is not set.
    """

    from_text: Callable[[str], Any]
    from_json: Callable[[Mapping[str, Any], str], Any]


def _truth_text(value: str) -> bool | None:
    try:
        return truth({"value": DECODE(value)}, "value")
    except NOT_OF_A_TYPE:
        raise Unconvertible(f"Cannot convert value {value} to java type java.lang.Boolean") from None


def _whole(value: Any, least: int, most: int) -> int | None:
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped:
            return None
        try:
            value = int(stripped)
        except ValueError:
            raise unreadable() from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise unreadable()
    return int(value)


def _whole_form(java_class: str, least: int, most: int) -> Form:
    def from_text(value: str) -> int | None:
        try:
            decoded = DECODE(value)
            return None if decoded is None else _whole(decoded, least, most)
        except NOT_OF_A_TYPE:
            raise Unconvertible(f"Cannot convert value {value} to java type {java_class}") from None

    def from_json(body: Mapping[str, Any], name: str) -> int | None:
        value = body.get(name)
        return None if value is None else _whole(value, least, most)

    return Form(from_text, from_json)


def read_date(value: Any) -> int | None:
    """A date in the REST pattern, or milliseconds, as milliseconds since 1970; raises `Rejection`."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    moment = convert_primitive("Date", value)
    return None if moment is None else int(moment.milliseconds)


def _date_text(value: str) -> int | None:
    try:
        return read_date(value)
    except Rejection:
        raise Unconvertible(f'Cannot convert value "{value}" to java type java.util.Date') from None


def _date_json(body: Mapping[str, Any], name: str) -> int | None:
    value = body.get(name)
    try:
        return None if value is None else read_date(value)
    except Rejection:
        raise unreadable() from None


def split(value: str, separator: str = ",") -> list[str]:
    """Split as Java does: empty texts at the end do not count; an empty text is one part."""
    if not value:
        return [""]
    parts = value.split(separator)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _texts_json(body: Mapping[str, Any], name: str) -> list[str | None] | None:
    values = listing(body, name)
    return None if values is None else [text({"value": each}, "value") for each in values]


TEXT = Form(lambda value: value, text)
TRUTH = Form(_truth_text, truth)
TEXTS = Form(lambda value: split(value) if value else [], _texts_json)
TEXT_SET = Form(split, _texts_json)
"""A list of texts of which an empty parameter is one empty text, not an empty list."""
DATE = Form(_date_text, _date_json)
INTEGER = _whole_form("java.lang.Integer", INT_MIN, INT_MAX)
LONG = _whole_form("java.lang.Long", LONG_MIN, LONG_MAX)
