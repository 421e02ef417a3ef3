"""JSON as Jackson reads and writes it: whole numbers by size, doubles, maps in the order written."""

import base64
import json
from decimal import Decimal
from typing import Any, Final, NoReturn

from simulator.core.civil import show_moment
from simulator.core.java.floating import double_text, float_text
from simulator.core.java.numeric import Float32, whole_number, wrap
from simulator.core.java.values import Date, EnumConstant, JavaArray, JavaSet, SpinJson

MAX_DEPTH: Final = 400
"""Nesting up to which JSON is taken; Jackson's own limit is 1000."""


class MalformedJsonError(Exception):
    """A text is not JSON."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _whole(digits: str) -> int:
    if len(digits) > 1001:
        raise ValueError(digits)
    return whole_number(int(digits))


_READER: Final = json.JSONDecoder(parse_int=_whole, parse_constant=_refuse_constant)


def read_json(text: str) -> Any:
    """Read a JSON text into dict, list, str, bool, None, Integer, Long, BigInteger and Double.

    Text behind a complete value is ignored, as Spin does (live Camunda 7.24).
    """
    start = len(text) - len(text.lstrip(" \t\r\n"))
    if _depth(text) > MAX_DEPTH:
        raise MalformedJsonError(f"nested deeper than {MAX_DEPTH}")
    try:
        return _READER.raw_decode(text, start)[0]
    except (ValueError, RecursionError) as malformed:
        raise MalformedJsonError(str(malformed)) from None


def _depth(text: str) -> int:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = not escaped and character == "\\"
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def write_json(value: Any) -> str:
    """Write a value as Jackson does: compactly, Java's number texts, non-ASCII letters as they are."""
    try:
        return _written(value)
    except RecursionError:
        raise MalformedJsonError("nested too deeply, or holding itself") from None


def _written(value: Any) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"{_quoted(_key(k))}:{_written(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_written, value)) + "]"
        case JavaSet():
            return "[" + ",".join(map(_written, value.elements)) + "]"
        case JavaArray(java_class="[C"):
            return _quoted("".join(value.items))
        case JavaArray():
            return "[" + ",".join(map(_written, value.items)) + "]"
        case SpinJson():
            return _written(value.node)
        case str():
            return _quoted(value)
        case _:
            return _written_scalar(value)


def _written_scalar(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return int.__repr__(value)
        case float():
            text = float_text(value) if isinstance(value, Float32) else double_text(value)
            return _quoted(text) if value != value or value in (float("inf"), float("-inf")) else text
        case Decimal():
            return str(value)
        case Date():
            return _quoted(rest_date(value.milliseconds))
        case bytes():
            return _quoted(base64.b64encode(value).decode())
        case EnumConstant():
            return _quoted(value.name)
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False)


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    return "" if key is None else _written_scalar(key).strip('"')


def rest_date(milliseconds: int) -> str:
    """A time since 1970 in Camunda's REST pattern, in UTC: `2024-01-31T10:20:30.000+0000`; a Java long overflows."""
    return f"{show_moment(wrap(milliseconds, 64))}+0000"
