"""Repeated timers of Camunda 7, counted here: an engine that is asked early makes the same job again.

Live Camunda 7.24 reckons the next date of a cycle from its own clock, so a job executed before its time is
followed by one with the same date and no repetition used up.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

_CYCLE = re.compile(r"R(?P<count>\d*)/(?P<duration>P[0-9DHMSTW.]+)")
_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often and how far apart; `count` is None where it goes on for ever."""

    count: int | None
    period: timedelta


def read_cycle(text: str) -> Cycle:
    """Read `R3/PT1H` (ISO 8601); what has no fixed period (cron, months, expressions) counts as happening once."""
    found = _CYCLE.fullmatch(text.strip())
    parts = None if found is None else _DURATION.fullmatch(found["duration"])
    if found is None or parts is None:
        return Cycle(1, timedelta())
    numbers = {name: float(number) for name, number in parts.groupdict().items() if number is not None}
    return Cycle(int(found["count"]) if found["count"] else None, timedelta(**numbers))


@dataclass(slots=True)
class Series:
    """One timer's repetitions: when the first was due in the run's time, and how many have happened."""

    cycle: Cycle
    first: datetime
    happened: int = 0

    def due(self) -> datetime | None:
        """When the next one is due; None where all have happened."""
        if self.cycle.count is not None and self.happened >= self.cycle.count:
            return None
        return self.first + self.happened * self.cycle.period
