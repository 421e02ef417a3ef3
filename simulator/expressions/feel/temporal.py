"""FEEL's dates, times, date-times and durations, to the nanosecond and without limits on the year."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND = 1_000_000_000
DAY = 86_400 * SECOND
_CYCLE_DAYS = 146_097
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def days_in_month(year: int, month: int) -> int:
    """The length of a month of the proleptic Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar day."""

    year: int
    month: int
    day: int

    @property
    def epoch_day(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, of_era = divmod(year, 400)
        of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * _CYCLE_DAYS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468

    @property
    def weekday(self) -> int:
        """Monday is 1, Sunday is 7."""
        return (self.epoch_day + 3) % 7 + 1

    @classmethod
    def from_epoch_day(cls, count: int) -> "Date":
        """The day that many days after 1970-01-01."""
        era, of_era = divmod(count + 719_468, _CYCLE_DAYS)
        year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
        of_year = of_era - (365 * year + year // 4 - year // 100)
        shifted = (5 * of_year + 2) // 153
        month = shifted + 3 if shifted < 10 else shifted - 9
        return cls(year + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)

    def plus_months(self, months: int) -> "Date":
        """The same day some months later, clipped to the month's end."""
        year, index = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date(year, index + 1, min(self.day, days_in_month(year, index + 1)))


@dataclass(frozen=True, slots=True)
class Zone:
    """An offset from UTC in seconds, with the region's name where it comes from one."""

    offset: int
    region: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day in nanoseconds, local where it has no zone."""

    nanos: int
    zone: Zone | None = None

    @property
    def instant(self) -> int:
        """Nanoseconds since midnight in UTC (of local time where there is no zone)."""
        return self.nanos - (self.zone.offset * SECOND if self.zone else 0)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A day and a time of day, local where it has no zone."""

    date: Date
    nanos: int
    zone: Zone | None = None

    @property
    def local(self) -> int:
        """Nanoseconds since 1970-01-01T00:00 on this clock."""
        return self.date.epoch_day * DAY + self.nanos

    @property
    def instant(self) -> int:
        """Nanoseconds since 1970-01-01T00:00Z (of local time where there is no zone)."""
        return self.local - (self.zone.offset * SECOND if self.zone else 0)


@dataclass(frozen=True, slots=True)
class DaysDuration:
    """A days and time duration in nanoseconds."""

    nanos: int


@dataclass(frozen=True, slots=True)
class MonthsDuration:
    """A years and months duration in months."""

    months: int


@lru_cache(maxsize=256)
def _region(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def is_region(name: str) -> bool:
    """Whether the time zone database knows the name."""
    try:
        _region(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _offset(moment: datetime) -> int:
    offset = moment.utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def standard_offset(name: str) -> int:
    """A region's offset in winter, in seconds, for times of no particular day."""
    moment = datetime(2024, 1, 1, tzinfo=_region(name))
    return _offset(moment) - int((moment.dst() or timedelta()).total_seconds())


def local_date_time(local: int, zone: Zone | None = None) -> DateTime:
    """The date-time of nanoseconds since 1970-01-01T00:00 on a clock."""
    day, nanos = divmod(local, DAY)
    return DateTime(Date.from_epoch_day(day), nanos, zone)


def at_instant(instant: int, zone: Zone) -> DateTime:
    """The date-time of an instant in a zone; a region's offset is looked up."""
    offset = zone.offset
    if zone.region:
        seconds = instant // SECOND % (_CYCLE_DAYS * 86_400)
        offset = _offset((_EPOCH + timedelta(seconds=seconds)).astimezone(_region(zone.region)))
        if 0 <= instant // SECOND < 253_000_000_000:
            moment = _EPOCH + timedelta(seconds=instant // SECOND)
            offset = _offset(moment.astimezone(_region(zone.region)))
    return local_date_time(instant + offset * SECOND, Zone(offset, zone.region))


def in_region(date: Date, nanos: int, region: str) -> DateTime:
    """A local date-time in a region: in a gap moved on by it, in an overlap the earlier one."""
    year = date.year if 1 < date.year < 9999 else 2000 + date.year % 400
    seconds = nanos // SECOND
    clock = datetime(year, date.month, date.day, tzinfo=_region(region)) + timedelta(seconds=seconds)
    instant = date.epoch_day * DAY + nanos - _offset(clock) * SECOND
    return at_instant(instant, Zone(0, region))


def shift(moment: DateTime, nanos: int) -> DateTime:
    """A date-time some nanoseconds later, counted on the time-line."""
    if moment.zone is None:
        return local_date_time(moment.local + nanos)
    return at_instant(moment.instant + nanos, moment.zone)


def shift_months(moment: DateTime, months: int) -> DateTime:
    """A date-time some months later, at the same time of day where that exists."""
    date = moment.date.plus_months(months)
    if moment.zone is not None and moment.zone.region:
        return in_region(date, moment.nanos, moment.zone.region)
    return DateTime(date, moment.nanos, moment.zone)
