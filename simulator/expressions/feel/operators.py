"""Arithmetic, equality and order between FEEL values; what has no answer is null with a warning."""

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from simulator.expressions.feel import numbers
from simulator.expressions.feel.failures import EvaluatorThrew
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.temporal import (
    DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    shift,
    shift_months,
)
from simulator.expressions.feel.values import Value, quoted

Operation: TypeAlias = Callable[[Value, Value], Value]
Table: TypeAlias = dict[tuple[type, type], Operation]


def _for_numbers(operation: Operation) -> Table:
    return {(left, right): operation for left in (int, Decimal) for right in (int, Decimal)}


def _date_plus_days(date: Date, duration: DaysDuration) -> Date:
    return Date.from_epoch_day(date.epoch_day + duration.nanos // DAY)


def _date_minus_days(date: Date, duration: DaysDuration) -> Date:
    return Date.from_epoch_day(date.epoch_day + (-duration.nanos) // DAY)


def _difference(later: DateTime | Time, earlier: DateTime | Time) -> DaysDuration | None:
    if (later.zone is None) != (earlier.zone is None):
        return None
    return DaysDuration(later.instant - earlier.instant)


def _cut_quotient(dividend: int, divisor: int) -> int:
    quotient = abs(dividend) // abs(divisor)
    return quotient if (dividend < 0) == (divisor < 0) else -quotient


def _divided(amount: int, divisor: Value) -> int | None:
    if not divisor:
        return None
    count = numbers.truncate(divisor)
    if count == 0:
        raise EvaluatorThrew("java.lang.ArithmeticException: Cannot divide by zero")
    return _cut_quotient(amount, count)


def _shared(duration: DaysDuration, divisor: Value) -> DaysDuration | None:
    nanos = _divided(duration.nanos, divisor)
    return None if nanos is None else DaysDuration(nanos)


def _shared_months(duration: MonthsDuration, divisor: Value) -> MonthsDuration | None:
    months = _divided(duration.months, divisor)
    return None if months is None else MonthsDuration(months)


def _swapped(operation: Operation) -> Operation:
    return lambda first, second: operation(second, first)


def _with_swapped(table: Table) -> Table:
    swapped: Table = {}
    for (left, right), operation in table.items():
        swapped[right, left] = _swapped(operation)
    return {**table, **swapped}


_MOVES: Table = {
    (Date, DaysDuration): _date_plus_days,
    (Date, MonthsDuration): lambda date, duration: date.plus_months(duration.months),
    (DateTime, DaysDuration): lambda moment, duration: shift(moment, duration.nanos),
    (DateTime, MonthsDuration): lambda moment, duration: shift_months(moment, duration.months),
    (Time, DaysDuration): lambda time, duration: Time((time.nanos + duration.nanos) % DAY, time.zone),
}
_ADD: Table = {
    **_for_numbers(numbers.add),
    **_with_swapped(_MOVES),
    (str, str): operator.add,
    (DaysDuration, DaysDuration): lambda left, right: DaysDuration(left.nanos + right.nanos),
    (MonthsDuration, MonthsDuration): lambda left, right: MonthsDuration(left.months + right.months),
}
_SUBTRACT: Table = {
    **_for_numbers(numbers.subtract),
    (Date, DaysDuration): _date_minus_days,
    (Date, MonthsDuration): lambda date, duration: date.plus_months(-duration.months),
    (Date, Date): lambda later, earlier: DaysDuration((later.epoch_day - earlier.epoch_day) * DAY),
    (DateTime, DaysDuration): lambda moment, duration: shift(moment, -duration.nanos),
    (DateTime, MonthsDuration): lambda moment, duration: shift_months(moment, -duration.months),
    (DateTime, DateTime): _difference,
    (Time, DaysDuration): lambda time, duration: Time((time.nanos - duration.nanos) % DAY, time.zone),
    (Time, Time): _difference,
    (DaysDuration, DaysDuration): lambda left, right: DaysDuration(left.nanos - right.nanos),
    (MonthsDuration, MonthsDuration): lambda left, right: MonthsDuration(left.months - right.months),
}
_SCALES: Table = {
    **{
        (DaysDuration, number): lambda duration, times: DaysDuration(duration.nanos * numbers.truncate(times))
        for number in (int, Decimal)
    },
    **{
        (MonthsDuration, number): lambda duration, times: MonthsDuration(
            duration.months * numbers.truncate(times)
        )
        for number in (int, Decimal)
    },
}
_MULTIPLY: Table = {**_for_numbers(numbers.multiply), **_with_swapped(_SCALES)}
_DIVIDE: Table = {
    **_for_numbers(lambda left, right: numbers.divide(left, right) if right else None),
    **{(DaysDuration, number): _shared for number in (int, Decimal)},
    **{(MonthsDuration, number): _shared_months for number in (int, Decimal)},
    (DaysDuration, DaysDuration): lambda left, right: _divided(left.nanos, right.nanos),
    (MonthsDuration, MonthsDuration): lambda left, right: _divided(left.months, right.months),
}


def add(run: Run, left: Value, right: Value) -> Value:
    """`+`."""
    operation = _ADD.get((type(left), type(right)))
    if operation is None:
        return run.warn("INVALID_TYPE", f"Can't add '{quoted(right)}' to '{quoted(left)}'")
    return operation(left, right)


def subtract(run: Run, left: Value, right: Value) -> Value:
    """`-`."""
    operation = _SUBTRACT.get((type(left), type(right)))
    result = operation(left, right) if operation else None
    if result is None:
        run.warn("INVALID_TYPE", f"Can't subtract '{quoted(right)}' from '{quoted(left)}'")
    return result


def multiply(run: Run, left: Value, right: Value) -> Value:
    """`*`."""
    operation = _MULTIPLY.get((type(left), type(right)))
    if operation is None:
        return run.warn("INVALID_TYPE", f"Can't multiply '{quoted(left)}' by '{quoted(right)}'")
    return operation(left, right)


def divide(run: Run, left: Value, right: Value) -> Value:
    """`/`; a division by zero is null."""
    operation = _DIVIDE.get((type(left), type(right)))
    result = operation(left, right) if operation else None
    if result is None:
        run.warn("INVALID_TYPE", f"Can't divide '{quoted(left)}' by '{quoted(right)}'")
    return result


def expect_number(run: Run, value: Value) -> bool:
    """Whether the value is a number; warns where it is none."""
    if type(value) is int or type(value) is Decimal:
        return True
    run.warn("INVALID_TYPE", f"Expected number but found '{quoted(value)}'")
    return False


def power(run: Run, left: Value, right: Value) -> Value:
    """`**`."""
    if not (expect_number(run, left) and expect_number(run, right)):
        return None
    return numbers.power(left, right)


def negate(run: Run, value: Value) -> Value:
    """A unary minus."""
    return numbers.negate(value) if expect_number(run, value) else None


_PLAIN = frozenset({int, str, bool, Decimal, Date, DaysDuration, MonthsDuration})


def same(left: Value, right: Value) -> bool | None:
    """Equality by content; None between different types. Null equals null alone."""
    if left is None or right is None:
        return left is right
    kind, other = type(left), type(right)
    if kind in _PLAIN and kind is other:
        return bool(left == right)
    if kind is not other:
        numeric = (kind is int or kind is Decimal) and (other is int or other is Decimal)
        return bool(left == right) if numeric else None
    if kind is Time or kind is DateTime:
        return None if (left.zone is None) != (right.zone is None) else bool(left == right)
    if kind is list:
        return len(left) == len(right) and all(map(same, left, right))
    if kind is dict:
        return left.keys() == right.keys() and all(same(entry, right[key]) for key, entry in left.items())
    return None


def equal(run: Run, left: Value, right: Value) -> bool | None:
    """`=`: null between different types."""
    result = same(left, right)
    if result is None:
        run.warn("NOT_COMPARABLE", f"Can't compare '{quoted(left)}' with '{quoted(right)}'")
    return result


_KEYS: dict[type, Callable[[Value], Value]] = {
    Date: lambda date: (date.year, date.month, date.day),
    Time: lambda time: time.instant,
    DateTime: lambda moment: (moment.instant, moment.local, moment.zone.region if moment.zone else ""),
    DaysDuration: lambda duration: duration.nanos,
    MonthsDuration: lambda duration: duration.months,
}


def order_keys(left: Value, right: Value) -> tuple[Value, Value] | None:
    """Keys by which the two are ordered, or nothing where they have no order."""
    kind, other = type(left), type(right)
    if (kind is int or kind is Decimal) and (other is int or other is Decimal):
        return left, right
    if kind is not other:
        return None
    if kind is str:
        if left.isascii() and right.isascii():
            return left, right
        return left.encode("utf-16-be", "surrogatepass"), right.encode("utf-16-be", "surrogatepass")
    if kind is list:
        raise EvaluatorThrew(
            f"java.lang.IllegalArgumentException: {quoted(left)} can not be compared to {quoted(right)}"
        )
    key = _KEYS.get(kind)
    if key is None or ((kind is Time or kind is DateTime) and (left.zone is None) != (right.zone is None)):
        return None
    return key(left), key(right)


ORDERS: dict[str, Operation] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def ordered(run: Run, symbol: str, left: Value, right: Value) -> bool | None:
    """`<`, `<=`, `>`, `>=`: null where there is no order."""
    keys = order_keys(left, right)
    if keys is None:
        run.warn("NOT_COMPARABLE", f"Can't compare '{quoted(left)}' with '{quoted(right)}'")
        return None
    return bool(ORDERS[symbol](*keys))


def within(run: Run, value: Value, interval: tuple[Value, Value, bool, bool]) -> bool | None:
    """Whether the value lies between two bounds, each included or not."""
    start, end, start_included, end_included = interval
    low, high = order_keys(value, start), order_keys(value, end)
    if low is None or high is None:
        run.warn(
            "NOT_COMPARABLE", f"Can't compare '{quoted(value)}' with '{quoted(start)}' and '{quoted(end)}'"
        )
        return None
    above = low[0] > low[1] or (start_included and low[0] == low[1])
    return bool(above and (high[0] < high[1] or (end_included and high[0] == high[1])))


def expect_boolean(run: Run, value: Value) -> None:
    """Warn about a value that should have been a boolean."""
    run.warn("INVALID_TYPE", f"Expected boolean but found '{quoted(value)}'")


def member(item: Value, value: Value) -> bool:
    """Whether a list's item is the value, as `in [...]` and `list contains` see it: contexts never are."""
    if type(item) is dict:
        return False
    if type(item) is list and type(value) is list:
        return len(item) == len(value) and all(map(member, item, value))
    return same(item, value) is True
