"""Functions on days, and the clock."""

from datetime import date as calendar_date

from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.temporal import Date, DateTime, days_in_month

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("now")
def now(run: Run) -> DateTime:
    """The clock's date-time."""
    return run.now()


@builtin("today")
def today(run: Run) -> Date:
    """The clock's day."""
    return run.now().date


@builtin("day of week", "date:date|date-time")
def day_of_week(value: Date | DateTime) -> str:
    """In English."""
    return _WEEKDAYS[_day(value).weekday - 1]


@builtin("month of year", "date:date|date-time")
def month_of_year(value: Date | DateTime) -> str:
    """In English."""
    return _MONTHS[_day(value).month - 1]


@builtin("day of year", "date:date|date-time")
def day_of_year(value: Date | DateTime) -> int:
    """From 1."""
    day = _day(value)
    return day.epoch_day - Date(day.year, 1, 1).epoch_day + 1


@builtin("week of year", "date:date|date-time")
def week_of_year(value: Date | DateTime) -> int:
    """By ISO 8601, which repeats every 400 years."""
    day = _day(value)
    return calendar_date(2000 + day.year % 400, day.month, day.day).isocalendar().week


@builtin("last day of month", "date:date|date-time")
def last_day_of_month(value: Date | DateTime) -> Date:
    """The month's end."""
    day = _day(value)
    return Date(day.year, day.month, days_in_month(day.year, day.month))
