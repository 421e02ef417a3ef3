"""JSON values into Camunda 7's primitive variable types, as Jackson converts them."""

import base64
import binascii
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from simulator.core.java.numeric import INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, Long, Short
from simulator.core.java.text import java_text
from simulator.core.java.values import Date
from simulator.core.typed_value_refusals import UnconvertibleValue

_DATE: Final = re.compile(
    r"(\d{1,5})-(\d{1,9})-(\d{1,9})T(\d{1,9}):(\d{1,9}):(\d{1,9})\.(\d{1,9})([+-])(\d\d)(\d\d)", re.ASCII
)
_WHOLE: Final = re.compile(r"[+-]?\d{1,40}", re.ASCII)
_FLOATING: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LAST_MOMENT: Final = 253402300799999
_FIRST_MOMENT: Final = -62135596800000


class _MisfitError(Exception):
    """The value does not fit the type."""


def convert_primitive(type_name: str, value: Any) -> Any:
    """Convert a JSON value to String, Boolean, Integer, Short, Long, Double, Date, Bytes or Null.

    None means that the result is null. UnconvertibleValue if it does not fit.
    """
    convert, java_class = PRIMITIVES[type_name]
    if value is None:
        return None
    try:
        return convert(value)
    except _MisfitError:
        raise UnconvertibleValue(java_text(value), type_name, java_class) from None


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    try:
        read, _ = json.JSONDecoder().raw_decode(f'"{java_text(value)}"')
    except ValueError:
        raise _MisfitError from None
    return str(read)


def _boolean(value: Any) -> bool | None:
    match value.strip() if isinstance(value, str) else value:
        case bool() as truth:
            return truth
        case "true" | "True" | "TRUE":
            return True
        case "false" | "False" | "FALSE":
            return False
        case "":
            return None
    raise _MisfitError


def _whole(least: int, most: int, kind: Callable[[int], int]) -> Callable[[Any], int | None]:
    def convert(value: Any) -> int | None:
        if isinstance(value, str):
            text = value.strip()
            if not text:
                return None
            if not _WHOLE.fullmatch(text):
                raise _MisfitError
            value = int(text)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _MisfitError
        return kind(int(value))

    return convert


def _double(value: Any) -> float | None:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        if text in ("NaN", "Infinity", "-Infinity", "INF", "-INF"):
            return float(text.replace("INF", "Infinity") if "INF" in text else text)
        if not _FLOATING.fullmatch(text):
            raise _MisfitError
        return float(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _MisfitError
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _date(value: Any) -> Date | None:
    if isinstance(value, str) and not value.strip():
        return None
    read = _DATE.match(value) if isinstance(value, str) else None
    if read is None:
        raise _MisfitError
    year, month, day, hour, minute, second, milliseconds = map(int, read.groups()[:7])
    offset = int(read[9]) * 60 + int(read[10])
    minutes = hour * 60 + minute - (offset if read[8] == "+" else -offset)
    moment = _days(year, month) + day - 1
    total = ((moment * 1440 + minutes) * 60 + second) * 1000 + milliseconds
    if not _FIRST_MOMENT <= total <= _LAST_MOMENT:
        raise _MisfitError
    return Date(total)


def _days(year: int, month: int) -> int:
    """Days from 1970 to the first of a month; months beyond 12 roll over."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        raise _MisfitError
    return date(year, month, 1).toordinal() - date(1970, 1, 1).toordinal()


def _bytes(value: Any) -> bytes:
    text = java_text(value).strip()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _MisfitError from None


def _null(_: Any) -> None:
    raise _MisfitError


PRIMITIVES: Final[dict[str, tuple[Callable[[Any], Any], str]]] = {
    "String": (_text, "java.lang.String"),
    "Boolean": (_boolean, "java.lang.Boolean"),
    "Integer": (_whole(INT_MIN, INT_MAX, int), "java.lang.Integer"),
    "Short": (_whole(-32768, 32767, Short), "java.lang.Short"),
    "Long": (_whole(LONG_MIN, LONG_MAX, Long), "java.lang.Long"),
    "Double": (_double, "java.lang.Double"),
    "Date": (_date, "java.util.Date"),
    "Bytes": (_bytes, "[B"),
    "Null": (_null, "javax.lang.model.type.NullType"),
}
