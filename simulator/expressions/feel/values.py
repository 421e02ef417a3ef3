"""FEEL values that JSON has no word for, type names, the text of values and their JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from simulator.expressions.feel import temporal_text
from simulator.expressions.feel.numbers import from_double, to_json_number
from simulator.expressions.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time

Value: TypeAlias = Any
"""None, bool, int, Decimal, str, list, dict, a temporal value, a Range or a Function."""


class Missing:
    """The answer of a lookup that knows no such variable; there is one, `MISSING`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()
Lookup: TypeAlias = Callable[[str], Value]
"""Gives a variable's JSON value, or `MISSING`."""


@dataclass(frozen=True, slots=True)
class Range:
    """An interval between two values, each bound within it or not."""

    start: Value
    end: Value
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function value: parameter names, and what it does with as many arguments."""

    parameters: tuple[str, ...]
    body: Callable[[Sequence[Value]], Value]


_TYPE_NAMES: dict[type, str] = {
    type(None): "NULL",
    bool: "BOOLEAN",
    int: "NUMBER",
    float: "NUMBER",
    Decimal: "NUMBER",
    str: "STRING",
    list: "ARRAY",
    dict: "OBJECT",
    Date: "DATE",
    DateTime: "DATE_TIME",
    DaysDuration: "DURATION",
    MonthsDuration: "PERIOD",
}


def type_name(value: Value) -> str:
    """The engine's name of a result's type; a time and a function are UNKNOWN."""
    return _TYPE_NAMES.get(type(value), "UNKNOWN")


def is_number(value: Value) -> bool:
    """Whether the value is a FEEL number (a boolean is none)."""
    kind = type(value)
    return kind is int or kind is Decimal


def from_json(value: Value) -> Value:
    """A variable's JSON value with its doubles as decimals; shares what has none."""
    kind = type(value)
    if kind is float:
        return from_double(value)
    if kind is list:
        items = [from_json(item) for item in value]
        return value if all(map(_same, items, value)) else items
    if kind is dict:
        entries = {key: from_json(entry) for key, entry in value.items()}
        return value if all(map(_same, entries.values(), value.values())) else entries
    return value


def _same(left: Value, right: Value) -> bool:
    return left is right


def _range_text(value: Range) -> str:
    opened, closed = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opened}{quoted(value.start)}..{quoted(value.end)}{closed}"


_TEXTS: dict[type, Callable[[Value], str]] = {
    type(None): lambda _: "null",
    bool: lambda value: "true" if value else "false",
    list: lambda value: f"[{', '.join(map(quoted, value))}]",
    dict: lambda value: f"{{{', '.join(f'{key}:{quoted(entry)}' for key, entry in value.items())}}}",
    Date: temporal_text.date_text,
    Time: temporal_text.time_text,
    DateTime: temporal_text.date_time_text,
    DaysDuration: temporal_text.days_text,
    MonthsDuration: temporal_text.months_text,
    Function: lambda value: f"function({', '.join(value.parameters)})",
    Range: _range_text,
}


def text_of(value: Value) -> str:
    """A value as FEEL's `string` writes it."""
    write = _TEXTS.get(type(value))
    return str(value) if write is None else write(value)


def quoted(value: Value) -> str:
    """A value as warnings and lists show it: text in quotes, nothing escaped."""
    return f'"{value}"' if type(value) is str else text_of(value)


def _plain_text(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


_VARIABLE_TEXTS: dict[type, Callable[[Value], str]] = {
    str: _plain_text,
    Date: temporal_text.date_text,
    Time: temporal_text.time_variable_text,
    DateTime: temporal_text.date_time_variable_text,
    DaysDuration: temporal_text.days_text,
    MonthsDuration: temporal_text.months_text,
}
_JAVA_TEXTS: dict[type, Callable[[Value], str]] = {
    **_VARIABLE_TEXTS,
    DateTime: lambda value: temporal_text.date_time_variable_text(value, java=True),
    DaysDuration: temporal_text.days_java_text,
    MonthsDuration: temporal_text.months_java_text,
}


def to_json(value: Value, *, java_temporal_text: bool = False) -> Value:
    """The JSON value of a result variable; a function is null, in a context it is left out.

    `java_temporal_text` is what `FeelRelease.java_temporal_text` says.
    """
    kind = type(value)
    if value is None or kind is bool or kind is Function or kind is Range:
        return None if kind is not bool else value
    if kind is int or kind is Decimal:
        return to_json_number(value)
    if kind is list:
        return [to_json(item, java_temporal_text=java_temporal_text) for item in value]
    if kind is dict:
        return {
            _plain_text(key): to_json(entry, java_temporal_text=java_temporal_text)
            for key, entry in value.items()
            if type(entry) is not Function
        }
    if kind is float:
        return to_json_number(from_double(value))
    return (_JAVA_TEXTS if java_temporal_text else _VARIABLE_TEXTS)[kind](value)
