"""java.util.Date, java.time.Instant and Joda's DateTime, all in UTC."""

import calendar
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final

import msgspec

from simulator.core.java import Date, Long, java_hash
from simulator.core.java.text import date_text, gmt_text
from simulator.expressions.juel.errors import cast_failure, thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT

_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)


class Instant(msgspec.Struct, frozen=True):
    """A java.time.Instant, to the millisecond."""

    milliseconds: int
    java_class: ClassVar[str] = "java.time.Instant"

    def __str__(self) -> str:
        moment = Date(self.milliseconds).moment
        fraction = f".{moment.microsecond // 1000:03}" if moment.microsecond else ""
        return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


class JodaDateTime(msgspec.Struct, frozen=True):
    """An org.joda.time.DateTime in UTC."""

    milliseconds: int
    java_class: ClassVar[str] = "org.joda.time.DateTime"

    def __str__(self) -> str:
        moment = Date(self.milliseconds).moment
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def _field(read: Callable[[datetime], int]) -> Callable[[Any], int]:
    return lambda value: read(Date(value.milliseconds).moment)


def _null_date(call: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def guarded(date: Date, other: Any) -> Any:
        if other is None:
            text = 'Cannot invoke "Object.getClass()" because "date" is null'
            raise thrown("java.lang.NullPointerException", text)
        if not isinstance(other, Date):
            cast = cast_failure(_class_of(other), "java.util.Date")
            raise thrown("java.lang.ClassCastException", cast)
        return call(date, other)

    return guarded


def _class_of(value: Any) -> str:
    return str(OBJECT.methods["getClass"][0].call(value).name)


def _compare(left: Any, right: Any) -> int:
    first, second = left.milliseconds, right.milliseconds
    return int(first > second) - int(first < second)


DATE: Final[JavaClass] = java_class(
    "java.util.Date",
    {
        "getTime()": lambda date: Long(date.milliseconds),
        "getYear()": _field(lambda moment: moment.year - 1900),
        "getMonth()": _field(lambda moment: moment.month - 1),
        "getDate()": _field(lambda moment: moment.day),
        "getDay()": _field(lambda moment: moment.isoweekday() % 7),
        "getHours()": _field(lambda moment: moment.hour),
        "getMinutes()": _field(lambda moment: moment.minute),
        "getSeconds()": _field(lambda moment: moment.second),
        "getTimezoneOffset()": lambda _: 0,
        "before(Date)": _null_date(lambda date, other: date < other),
        "after(Date)": _null_date(lambda date, other: date > other),
        "compareTo(Date)": _null_date(_compare),
        "compareTo(Object) bridge": _null_date(_compare),
        "toString()": date_text,
        "toGMTString()": gmt_text,
        "toInstant()": lambda date: Instant(date.milliseconds),
        "clone()": lambda date: date,
        "hashCode()": java_hash,
        "setTime(long)": lambda _date, _milliseconds: None,
    },
    parent=OBJECT,
    not_modelled="setYear setMonth setDate setHours setMinutes setSeconds toLocaleString parse UTC from",
)

_SECOND: Final = 1000
_DAY: Final = 86_400_000


def _shift(make: Callable[[int], Any], unit: int, sign: int = 1) -> Callable[[Any, int], Any]:
    return lambda moment, count: make(_in_range(moment.milliseconds + sign * unit * count))


def _in_range(milliseconds: int) -> int:
    if not -62135596800000 <= milliseconds <= 253402300799999:
        raise thrown("java.time.DateTimeException", "Instant exceeds minimum or maximum instant")
    return milliseconds


def _months(unit: int) -> Callable[[Any, int], JodaDateTime]:
    def shift(moment: JodaDateTime, count: int) -> JodaDateTime:
        start = Date(moment.milliseconds).moment
        index = start.year * 12 + start.month - 1 + unit * count
        year, month = divmod(index, 12)
        if not 1 <= year <= 9999:
            raise thrown(
                "org.joda.time.IllegalFieldValueException", f"Value {year} for year is not supported"
            )
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        return JodaDateTime(Date.of(start.replace(year=year, month=month + 1, day=day)).milliseconds)

    return shift


INSTANT: Final[JavaClass] = java_class(
    "java.time.Instant",
    {
        "toEpochMilli()": lambda instant: Long(instant.milliseconds),
        "getEpochSecond()": lambda instant: Long(instant.milliseconds // 1000),
        "getNano()": lambda instant: instant.milliseconds % 1000 * 1_000_000,
        "plusSeconds(long)": _shift(Instant, _SECOND),
        "plusMillis(long)": _shift(Instant, 1),
        "minusSeconds(long)": _shift(Instant, _SECOND, -1),
        "minusMillis(long)": _shift(Instant, 1, -1),
        "isBefore(Instant)": lambda instant, other: _compare(instant, other) < 0,
        "isAfter(Instant)": lambda instant, other: _compare(instant, other) > 0,
        "compareTo(Instant)": _compare,
        "toString()": str,
    },
    parent=OBJECT,
    not_modelled="now parse ofEpochMilli ofEpochSecond plus minus with truncatedTo until atOffset plusNanos",
)


def read_moment(text: str) -> int:
    """Read an ISO 8601 date or date-time, UTC unless it says otherwise, into milliseconds since 1970.

    Raises the failure of Joda's parser.
    """
    found = _ISO.fullmatch(text)
    if found is None:
        raise thrown("java.lang.IllegalArgumentException", f'Invalid format: "{text}"')
    year, month, day = (int(found[at]) for at in (1, 2, 3))
    hour, minute, second = (int(found[at] or 0) for at in (4, 5, 6))
    _check_field(text, year, "year", 1, 9999)
    _check_field(text, month, "monthOfYear", 1, 12)
    _check_field(text, day, "dayOfMonth", 1, calendar.monthrange(year, month)[1])
    _check_field(text, hour, "hourOfDay", 0, 23)
    _check_field(text, minute, "minuteOfHour", 0, 59)
    _check_field(text, second, "secondOfMinute", 0, 59)
    moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    moment += timedelta(milliseconds=int((found[7] or "0").ljust(3, "0")[:3]))
    return _in_range(Date.of(moment).milliseconds - _offset(found[8]))


def _check_field(text: str, value: int, field: str, least: int, most: int) -> None:
    if not least <= value <= most:
        bounds = f"Value {value} for {field} must be in the range [{least},{most}]"
        raise thrown("org.joda.time.IllegalFieldValueException", f'Cannot parse "{text}": {bounds}')


def _joda_parse(_: Any, text: str) -> JodaDateTime:
    return JodaDateTime(read_moment(text))


def _offset(zone: str | None) -> int:
    """Milliseconds that a zone is ahead of UTC."""
    if zone is None or zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return minutes * 60_000 * (1 if zone[0] == "+" else -1)


_JODA_UNITS: Final = {
    "Weeks": 7 * _DAY, "Days": _DAY, "Hours": 3600 * _SECOND, "Minutes": 60 * _SECOND, "Seconds": _SECOND,
    "Millis": 1,
}  # fmt: skip
_JODA_SHIFTS: Final[dict[str, Callable[..., Any]]] = {
    f"{verb}{unit}(int)": _shift(JodaDateTime, size, sign)
    for unit, size in _JODA_UNITS.items()
    for verb, sign in (("plus", 1), ("minus", -1))
}
JODA: Final[JavaClass] = java_class(
    "org.joda.time.DateTime",
    {
        **_JODA_SHIFTS,
        "plusMonths(int)": _months(1),
        "minusMonths(int)": _months(-1),
        "plusYears(int)": _months(12),
        "minusYears(int)": _months(-12),
        "withTimeAtStartOfDay()": lambda moment: JodaDateTime(moment.milliseconds // _DAY * _DAY),
        "getYear()": _field(lambda moment: moment.year),
        "getMonthOfYear()": _field(lambda moment: moment.month),
        "getDayOfMonth()": _field(lambda moment: moment.day),
        "getDayOfWeek()": _field(lambda moment: moment.isoweekday()),
        "getDayOfYear()": _field(lambda moment: moment.timetuple().tm_yday),
        "getHourOfDay()": _field(lambda moment: moment.hour),
        "getMinuteOfHour()": _field(lambda moment: moment.minute),
        "getSecondOfMinute()": _field(lambda moment: moment.second),
        "getMillisOfSecond()": _field(lambda moment: moment.microsecond // 1000),
        "getMillis()": lambda moment: Long(moment.milliseconds),
        "isBefore(DateTime)": lambda moment, other: _compare(moment, other) < 0,
        "isAfter(DateTime)": lambda moment, other: _compare(moment, other) > 0,
        "isEqual(DateTime)": lambda moment, other: _compare(moment, other) == 0,
        "compareTo(DateTime)": _compare,
        "toDate()": lambda moment: Date(moment.milliseconds),
        "parse(String)": _joda_parse,
        "toString()": str,
    },
    parent=OBJECT,
    not_modelled="withZone withDayOfMonth withDayOfWeek withHourOfDay withMinuteOfHour withYear withDate "
    "withTime dayOfMonth dayOfWeek monthOfYear minuteOfHour toLocalDate toLocalDateTime isBeforeNow "
    "isAfterNow plus minus toInstant getZone getChronology withMillis withFields",
)
