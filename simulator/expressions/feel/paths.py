"""Paths into contexts, lists and temporal values, and filters over lists."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from simulator.expressions.feel.numbers import truncate
from simulator.expressions.feel.operators import expect_number
from simulator.expressions.feel.scope import Evaluator, Run, Scope
from simulator.expressions.feel.temporal import (
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from simulator.expressions.feel.values import MISSING, Value, quoted

Property = Callable[[Value], Value]


def _signed(amount: int, unit: int, limit: int) -> int:
    count = abs(amount) // unit % limit
    return -count if amount < 0 else count


def _region(value: Value) -> str | None:
    return value.zone.region or None if value.zone else None


def _offset(value: Value) -> DaysDuration | None:
    return DaysDuration(value.zone.offset * SECOND) if value.zone else None


_DATE: dict[str, Property] = {
    "year": lambda date: date.year,
    "month": lambda date: date.month,
    "day": lambda date: date.day,
    "weekday": lambda date: date.weekday,
}
_TIME: dict[str, Property] = {
    "hour": lambda time: time.nanos // (3600 * SECOND),
    "minute": lambda time: time.nanos // (60 * SECOND) % 60,
    "second": lambda time: time.nanos // SECOND % 60,
    "timezone": _region,
    "time offset": _offset,
}


def _of_date(read: Property) -> Property:
    return lambda moment: read(moment.date)


_PROPERTIES: dict[type, dict[str, Property]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {**{name: _of_date(read) for name, read in _DATE.items()}, **_TIME},
    DaysDuration: {
        "days": lambda duration: _signed(duration.nanos, 86_400 * SECOND, 10**30),
        "hours": lambda duration: _signed(duration.nanos, 3600 * SECOND, 24),
        "minutes": lambda duration: _signed(duration.nanos, 60 * SECOND, 60),
        "seconds": lambda duration: _signed(duration.nanos, SECOND, 60),
    },
    MonthsDuration: {
        "years": lambda duration: _signed(duration.months, 12, 10**30),
        "months": lambda duration: _signed(duration.months, 1, 12),
    },
}


def _keys(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def property_of(run: Run, value: Value, name: str) -> Value:
    """`value.name`; of a list the list of it."""
    kind = type(value)
    if kind is dict:
        found = value.get(name, MISSING)
        if found is not MISSING:
            return found
        text = f"No context entry found with key '{name}'. Available keys: {_keys(value)}"
        return run.warn("NO_CONTEXT_ENTRY_FOUND", text)
    if kind is list:
        return [property_of(run, item, name) for item in value]
    if value is None:
        text = f"No context entry found with key '{name}'. The context is null"
        return run.warn("NO_CONTEXT_ENTRY_FOUND", text)
    properties = _PROPERTIES.get(kind, {})
    if name in properties:
        return properties[name](value)
    available = _keys(properties)
    text = (
        f"No property found with name '{name}' of value '{quoted(value)}'. Available properties: {available}"
    )
    return run.warn("NO_PROPERTY_FOUND", text)


def item_at(items: list[Value], index: Value) -> Value:
    """The item at a position from 1, or from the end with a negative one; null beyond the ends."""
    position = truncate(index)
    if 0 < position <= len(items):
        return items[position - 1]
    return items[position] if -len(items) <= position < 0 else None


def filtered(scope: Scope, items: list[Value], condition: Evaluator, *, probe: bool) -> Value:
    """The items for which a condition is true, or the one at its number.

    `probe` evaluates the condition once without an item, to see whether it is a number.
    """
    if probe:
        index = condition(scope)
        if type(index) is int or type(index) is Decimal:
            return item_at(items, index)
    found: list[Value] = []
    for item in items:
        names = {"item": item, **item} if type(item) is dict else {"item": item}
        result = condition(scope.with_names(names))
        if result is True:
            found.append(item)
        elif type(result) is int or type(result) is Decimal:
            return item_at(items, result)
    return found


def counted(run: Run, start: Value, end: Value) -> Iterable[Value] | None:
    """The numbers of `start..end`, in steps of 1 in either direction; nothing where one is no number."""
    if not (expect_number(run, start) and expect_number(run, end)):
        return None
    if type(start) is int:
        whole = truncate(end)
        if start <= end:
            last = whole - 1 if whole > end else whole
            return range(start, last + 1)
        first = whole + 1 if whole < end else whole
        return range(start, first - 1, -1)
    step = 1 if start <= end else -1
    steps = truncate(abs(end - start))
    return (start + step * count for count in range(steps + 1))
