"""Temporal values from text and back: FEEL's forms and the forms of result variables."""

import re

from simulator.expressions.feel.temporal import (
    SECOND,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Zone,
    days_in_month,
    in_region,
    is_region,
    standard_offset,
)

_DATE = re.compile(r"(-?\d{4,9})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(
    r"T?(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d(?::\d\d)?|@[\w/+\-]+)?", re.ASCII
)
_MONTHS = re.compile(r"([-+]?)P(?:([-+]?\d+)Y)?(?:([-+]?\d+)M)?", re.ASCII | re.IGNORECASE)
_DAYS = re.compile(
    r"([-+]?)P(?:([-+]?\d+)D)?"
    r"(T(?:([-+]?\d+)H)?(?:([-+]?\d+)M)?(?:([-+]?)(\d+)(?:[.,](\d{0,9}))?S)?)?",
    re.ASCII | re.IGNORECASE,
)
_LARGEST_YEAR = 999_999_999


def make_date(year: int, month: int, day: int) -> Date | None:
    """The day, or nothing where the calendar has none such."""
    if abs(year) > _LARGEST_YEAR or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        return None
    return Date(year, month, day)


def make_time(hour: int, minute: int, second: int, nanos: int = 0) -> int | None:
    """Nanoseconds since midnight, or nothing where the clock has no such time."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    return (hour * 3600 + minute * 60 + second) * SECOND + nanos


def read_date(text: str) -> Date | None:
    """`2024-01-31`."""
    match = _DATE.fullmatch(text)
    return make_date(*map(int, match.groups())) if match else None


def _read_zone(text: str | None) -> Zone | None:
    if not text:
        return None
    if text[0] == "@":
        return Zone(standard_offset(text[1:]), text[1:])
    if text == "Z":
        return Zone(0)
    parts = [int(part) for part in text[1:].split(":")]
    seconds = sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))
    return Zone(-seconds if text[0] == "-" else seconds)


def read_time(text: str) -> Time | None:
    """`10:30`, `10:30:00.5`, with `Z`, `+02:00` or `@Europe/Berlin`; `24:00:00` is midnight."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction, zone = match.groups()
    if zone and zone[0] == "@" and not is_region(zone[1:]):
        return None
    parts = (int(hour), int(minute), int(second or 0), int((fraction or "").ljust(9, "0")))
    nanos = 0 if parts == (24, 0, 0, 0) else make_time(*parts)
    return None if nanos is None else Time(nanos, _read_zone(zone))


def read_date_time(text: str) -> DateTime | None:
    """A date and a time with a `T` between; a date alone is midnight."""
    day, separator, rest = text.partition("T")
    date = read_date(day)
    if date is None:
        return None
    if not separator:
        return DateTime(date, 0)
    time = None if rest.startswith(("T", "24")) else read_time(rest)
    return None if time is None else join(date, time)


def join(date: Date, time: Time) -> DateTime:
    """A day and a time of day, in the time's zone."""
    if time.zone is not None and time.zone.region:
        return in_region(date, time.nanos, time.zone.region)
    return DateTime(date, time.nanos, time.zone)


def read_duration(text: str) -> DaysDuration | MonthsDuration | None:
    """`P1DT2H` or `P1Y2M`; weeks and mixtures of both kinds are refused."""
    match = _MONTHS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return MonthsDuration(-months if match[1] == "-" else months)
    match = _DAYS.fullmatch(text)
    if match is None or not any(match.group(2, 4, 5, 7)):
        return None
    seconds = int(match[2] or 0) * 86_400 + int(match[4] or 0) * 3600 + int(match[5] or 0) * 60
    last = int(match[7] or 0) * SECOND + int((match[8] or "").ljust(9, "0"))
    nanos = seconds * SECOND + (-last if match[6] == "-" else last)
    return DaysDuration(-nanos if match[1] == "-" else nanos)


def read_temporal(text: str) -> Date | Time | DateTime | DaysDuration | MonthsDuration | None:
    """What stands behind an `@`."""
    return (
        read_date(text)
        or (read_time(text) if not text.startswith("T") else None)
        or (read_date_time(text) if "T" in text else None)
        or read_duration(text)
    )


def date_text(date: Date) -> str:
    """`2024-01-31`, from year 10000 with a sign."""
    sign = "+" if date.year > 9999 else "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def _clock_text(nanos: int, *, java: bool) -> str:
    seconds, fraction = divmod(nanos, SECOND)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if java and seconds % 60 == 0 and not fraction:
        return text
    text += f":{seconds % 60:02}"
    if not fraction:
        return text
    digits = f"{fraction:09}".rstrip("0")
    return f"{text}.{digits.ljust(-(-len(digits) // 3) * 3, '0') if java else digits}"


def _offset_text(offset: int) -> str:
    if offset == 0:
        return "Z"
    hours, rest = divmod(abs(offset), 3600)
    seconds = f":{rest % 60:02}" if rest % 60 else ""
    return f"{'-' if offset < 0 else '+'}{hours:02}:{rest // 60:02}{seconds}"


def _feel_zone(zone: Zone | None) -> str:
    if zone is None:
        return ""
    return f"@{zone.region}" if zone.region else _offset_text(zone.offset)


def time_text(time: Time) -> str:
    """FEEL's form, always with seconds."""
    return _clock_text(time.nanos, java=False) + _feel_zone(time.zone)


def time_variable_text(time: Time) -> str:
    """The form in variables: a local time as Java prints it, zero seconds left out."""
    return _clock_text(time.nanos, java=True) if time.zone is None else time_text(time)


def date_time_text(moment: DateTime) -> str:
    """FEEL's form; a region follows an `@`."""
    return f"{date_text(moment.date)}T{_clock_text(moment.nanos, java=False)}{_feel_zone(moment.zone)}"


def date_time_variable_text(moment: DateTime, *, java: bool = False) -> str:
    """The form in variables: a region in brackets behind the offset; `java` leaves out zero seconds."""
    text = f"{date_text(moment.date)}T{_clock_text(moment.nanos, java=java)}"
    if moment.zone is None:
        return text
    region = f"[{moment.zone.region}]" if moment.zone.region else ""
    return f"{text}{_offset_text(moment.zone.offset)}{region}"


def days_text(duration: DaysDuration) -> str:
    """`P1DT12H`; fractions of a second are dropped."""
    total = abs(duration.nanos) // SECOND
    if total == 0:
        return "P0D"
    days, rest = divmod(total, 86_400)
    parts = (("H", rest // 3600), ("M", rest // 60 % 60), ("S", rest % 60))
    clock = "".join(f"{count}{unit}" for unit, count in parts if count)
    day = f"{days}D" if days else ""
    return f"{'-' if duration.nanos < 0 else ''}P{day}{'T' + clock if clock else ''}"


def months_text(duration: MonthsDuration) -> str:
    """`P1Y2M`, zero is `P0Y`."""
    years, months = divmod(abs(duration.months), 12)
    if not duration.months:
        return "P0Y"
    parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return f"{'-' if duration.months < 0 else ''}P{parts}"


def days_java_text(duration: DaysDuration) -> str:
    """As Java prints a duration: hours at most, each part with its sign."""
    sign = -1 if duration.nanos < 0 else 1
    total = abs(duration.nanos)
    hours, rest = divmod(total, 3600 * SECOND)
    minutes, nanos = divmod(rest, 60 * SECOND)
    text = "PT" + (f"{sign * hours}H" if hours else "") + (f"{sign * minutes}M" if minutes else "")
    if not nanos:
        return text if total else "PT0S"
    seconds, fraction = divmod(nanos, SECOND)
    digits = f"{fraction:09}".rstrip("0")
    return f"{text}{'-' if sign < 0 else ''}{seconds}{'.' + digits if digits else ''}S"


def months_java_text(duration: MonthsDuration) -> str:
    """As Java prints a period of years and months."""
    sign = -1 if duration.months < 0 else 1
    years, months = divmod(abs(duration.months), 12)
    if not duration.months:
        return "P0D"
    return "P" + (f"{sign * years}Y" if years else "") + (f"{sign * months}M" if months else "")
