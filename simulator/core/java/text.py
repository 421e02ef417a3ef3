"""Java's String.valueOf for every value (Java 17, time zone UTC)."""

from decimal import Decimal
from typing import Any, Final

from lxml.etree import tostring

from simulator.core.java.equality import java_hash
from simulator.core.java.floating import double_text, float_text
from simulator.core.java.json_text import write_json
from simulator.core.java.numeric import Float32
from simulator.core.java.values import Date, EnumConstant, JavaArray, JavaSet, SpinJson, SpinXml

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_text(date: Date) -> str:
    """Write a date as Date.toString does in UTC: `Wed Jan 31 10:20:30 UTC 2024`."""
    moment = date.moment
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {month} {moment:%d %H:%M:%S} UTC {moment.year:04}"


def gmt_text(date: Date) -> str:
    """Write a date as the deprecated Date.toGMTString: `31 Jan 2024 10:20:30 GMT`."""
    moment = date.moment
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M:%S} GMT"


def java_text(value: Any) -> str:
    """Write any value as String.valueOf does; null is `null`."""
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if kind is float:
        return double_text(value)
    return _object_text(value)


def _object_text(value: Any) -> str:
    match value:
        case Float32():
            return float_text(value)
        case Decimal():
            return str(value)
        case Date():
            return date_text(value)
        case list():
            return "[" + ", ".join(map(java_text, value)) + "]"
        case JavaSet():
            return "[" + ", ".join(map(java_text, value.elements)) + "]"
        case dict():
            return "{" + ", ".join(f"{java_text(k)}={java_text(v)}" for k, v in value.items()) + "}"
        case SpinJson():
            return write_json(value.node)
        case SpinXml():
            return xml_text(value)
        case EnumConstant():
            return value.name
        case bytes() | JavaArray():
            kind = "[B" if isinstance(value, bytes) else value.java_class
            return f"{kind}@{java_hash(value) & 0xFFFFFFFF:x}"
        case _:
            return str(value)


def xml_text(xml: SpinXml) -> str:
    """Write an element as Spin does: declaration, element, one line break."""
    body = tostring(xml.element, encoding="unicode", with_tail=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>{body}\n'
