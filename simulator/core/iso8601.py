"""Times as BPMN timers write them: durations, dates and repeating intervals of ISO 8601."""

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

DURATION = re.compile(
    r"([+-]?)P(?!$)(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?"
    r"(?:T(?!$)(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:\.(\d{1,9}))?S)?)?"
)
DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[([^\]]+)\])?"
)
REPEATING = re.compile(r"R(\d*|-1)/(.+)")


class Duration(msgspec.Struct, frozen=True):
    """A length of time: whole months, and milliseconds beyond them; both carry the sign."""

    months: int
    milliseconds: int

    def add_to(self, moment: int) -> int:
        """A time (milliseconds since 1970, UTC) so much later; a day beyond the month's end becomes its last."""
        if self.months:
            at = datetime.fromtimestamp(moment / 1000, UTC)
            month = at.year * 12 + at.month - 1 + self.months
            year, index = divmod(month, 12)
            day = min(at.day, monthrange(year, index + 1)[1])
            shifted = at.replace(year=year, month=index + 1, day=day, microsecond=0)
            moment = int(shifted.timestamp()) * 1000 + moment % 1000
        return moment + self.milliseconds


class Cycle(msgspec.Struct, frozen=True):
    """A repeating interval: how often (-1: for ever, 0 as 1), how far apart, from when (None: from the start on)."""

    repetitions: int
    every: Duration
    start: int | None = None

    def first(self, now: int) -> int:
        """When it is due for the first time."""
        if self.start is not None:
            return max(self.start, now) if self.start < now else self.start
        return self.every.add_to(now)

    def next(self, due: int) -> "tuple[int, Cycle] | None":
        """The due time after one at `due`, with what is left of the cycle; None where it is over."""
        if self.repetitions in (0, 1):
            return None
        left = self.repetitions - 1 if self.repetitions > 0 else self.repetitions
        return self.every.add_to(due), Cycle(left, self.every)


def parse_duration(text: str) -> Duration:
    """Read `P1Y2M3DT4H5M6.7S`; raises ValueError."""
    found = DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:8]):
        raise ValueError(f"Invalid duration format '{text}'")
    sign = -1 if found[1] == "-" else 1
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:8])
    fraction = int((found[9] or "0").ljust(3, "0")[:3])
    if (found[8] or "").startswith("-"):
        fraction = -fraction
    whole = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    return Duration(sign * (years * 12 + months), sign * (whole * 1000 + fraction))


def parse_date(text: str, *, zoned: bool = False) -> int:
    """Read a date, with a time and an offset where given (UTC without), as milliseconds since 1970, UTC.

    Raises ValueError, with `zoned` also where there is no offset.
    """
    found = DATE.fullmatch(text)
    if found is None or (zoned and found[8] is None and found[9] is None):
        raise ValueError(f"Invalid date-time format '{text}'")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    fraction = int((found[7] or "0").ljust(3, "0")[:3])
    moment = datetime(year, month, day, hour, minute, second, tzinfo=_zone(found[8], found[9]))
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1) + fraction


def _zone(offset: str | None, region: str | None) -> timezone | ZoneInfo:
    if offset is not None and offset != "Z":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
    if region is not None and offset is None:
        try:
            return ZoneInfo(region)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"unknown time zone '{region}'") from error
    return UTC


def parse_cycle(text: str) -> Cycle:
    """Read `R3/PT10S`, `R/PT1H`, `R3/2026-01-01T00:00:00Z/PT1H`; raises ValueError."""
    found = REPEATING.fullmatch(text)
    if found is None:
        raise ValueError(f"Invalid repeating interval format '{text}'")
    repetitions = int(found[1]) if found[1] else -1
    first, slash, second = found[2].partition("/")
    if not slash:
        return Cycle(repetitions, parse_duration(first))
    if second.startswith(("P", "-P", "+P")):
        return Cycle(repetitions, parse_duration(second), parse_date(first))
    every = parse_duration(first)
    return Cycle(repetitions, every, parse_date(second))
