"""Functions that make values of one kind from another."""

import re

from simulator.expressions.feel.failures import EvaluatorThrew, InvocationFailed
from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.numbers import Number, multiply, read_number, truncate
from simulator.expressions.feel.temporal import (
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Zone,
    at_instant,
    in_region,
    is_region,
)
from simulator.expressions.feel.temporal_text import (
    join,
    make_date,
    make_time,
    read_date,
    read_date_time,
    read_duration,
    read_time,
)
from simulator.expressions.feel.values import Value, text_of

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,10})?", re.ASCII)
_SEPARATORS = (" ", ",", ".")


@builtin("string", "from:any")
def string(value: Value) -> str | None:
    """The text of a value; of null null."""
    return None if value is None else text_of(value)


@builtin("number", "from:text")
def number(text: str) -> Number:
    """The number that a text spells, as Java reads decimals."""
    if not _NUMBER.fullmatch(text):
        raise InvocationFailed(f"Can't parse '{text}' as a number")
    return read_number(text)


@builtin("number", "from:text", "grouping separator:text")
def grouped_number(text: str, grouping: str) -> Number:
    """The number without its grouping separators."""
    if grouping not in _SEPARATORS:
        raise InvocationFailed("illegal argument for grouping. Must be one of ' ', ',' or '.'")
    return number(text.replace(grouping, ""))


@builtin("number", "from:text", "grouping separator:text|null", "decimal separator:text|null")
def separated_number(text: str, grouping: str | None, decimal: str | None) -> Number:
    """The number with separators of its own."""
    legal = grouping is None or grouping in _SEPARATORS
    if not legal or decimal not in (None, ",", ".") or (grouping is not None and grouping == decimal):
        raise InvocationFailed(
            "illegal arguments for grouping or decimal. Must be one of ' ' (grouping only), ',' or '.'"
        )
    text = text.replace(grouping, "") if grouping else text
    return number(text.replace(decimal, ".") if decimal else text)


@builtin("date", "from:text|date|date-time")
def date(value: str | Date | DateTime) -> Date | None:
    """The day of a text or a date-time."""
    if isinstance(value, str):
        return read_date(value)
    return value.date if isinstance(value, DateTime) else value


@builtin("date", "year:number", "month:number", "day:number")
def date_of_parts(year: Number, month: Number, day: Number) -> Date:
    """The day by its numbers, each cut to a whole one."""
    made = make_date(truncate(year), truncate(month), truncate(day))
    if made is None:
        parts = f"year={truncate(year)}, month={truncate(month)}, day={truncate(day)}"
        raise InvocationFailed(f"Failed to parse date from: {parts}")
    return made


@builtin("time", "from:text|date|date-time")
def time(value: str | Date | DateTime) -> Time | None:
    """The time of day of a text or a date-time; of a date midnight in UTC."""
    if isinstance(value, str):
        return read_time(value)
    return Time(value.nanos, value.zone) if isinstance(value, DateTime) else Time(0, Zone(0))


@builtin("time", "hour:number", "minute:number", "second:number", "offset:days|null", optional=1)
def time_of_parts(hour: Number, minute: Number, second: Number, offset: DaysDuration | None = None) -> Time:
    """The time of day by its numbers; seconds may have a fraction."""
    whole = truncate(second)
    nanos = truncate(multiply(second, SECOND)) - whole * SECOND
    made = make_time(truncate(hour), truncate(minute), whole, nanos)
    if made is None:
        parts = f"hour={truncate(hour)}, minute={truncate(minute)}, second={whole}"
        raise InvocationFailed(f"Failed to parse local-time from: {parts}")
    return Time(made, None if offset is None else Zone(offset.nanos // SECOND))


@builtin("date and time", "from:text")
def date_and_time(text: str) -> DateTime | None:
    """The date-time that a text spells."""
    return read_date_time(text)


@builtin("date and time", "date:date|date-time", "time:time|text")
def date_with_time(day: Date | DateTime, time_or_zone: Time | str) -> DateTime:
    """A day with a time of day, or a date-time in a time zone."""
    if isinstance(time_or_zone, Time):
        return join(day.date if isinstance(day, DateTime) else day, time_or_zone)
    if not isinstance(day, DateTime):
        raise InvocationFailed(f"Illegal arguments: '{text_of(day)}', '\"{time_or_zone}\"'")
    if not is_region(time_or_zone):
        text = f"java.time.zone.ZoneRulesException: Unknown time-zone ID: {time_or_zone}"
        raise EvaluatorThrew(text)
    if day.zone is None:
        return in_region(day.date, day.nanos, time_or_zone)
    return at_instant(day.instant, Zone(0, time_or_zone))


@builtin("duration", "from:text")
def duration(text: str) -> DaysDuration | MonthsDuration | None:
    """The duration that a text spells."""
    return read_duration(text)


@builtin("years and months duration", "from:date|date-time", "to:date|date-time")
def months_between(start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """The whole months from one day to another, negative backwards."""
    first = start.date if isinstance(start, DateTime) else start
    last = end.date if isinstance(end, DateTime) else end
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@builtin("context", "entries:any")
def context(entries: Value) -> dict[str, Value] | None:
    """The context of a list of `{key, value}`."""
    made: dict[str, Value] = {}
    for entry in entries if type(entries) is list else [None]:
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            return None
        made[entry["key"]] = entry["value"]
    return made
