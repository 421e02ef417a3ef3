"""When Camunda 7's timers fire, and fire again."""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.core import iso8601
from simulator.core.java import Date
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Execution
from simulator.model.process import Timer

SECOND = 1000


class Repeat(msgspec.Struct, frozen=True):
    """A cycle with the time it counts from, in whole seconds."""

    start: int
    cycle: iso8601.Cycle


def schedule(timer: Timer, execution: Execution, now: int, owner: str) -> tuple[int, Repeat | None]:
    """Due time and repetitions of a timer that starts now; raises `ModelFailure` for a text that is no time."""
    value = timer.value(execution)
    if isinstance(value, Date):
        return value.milliseconds, None
    if not isinstance(value, str):
        message = f"Timer '{owner}' was not configured with a valid duration/time, either hand in a java.util.Date or"
        raise ModelFailure(f"{message} a String in format 'yyyy-MM-dd'T'hh:mm:ss'")
    if timer.kind == "cycle" and not value.startswith("R"):
        message = f"ENGINE-09026 Exception while parsing cycle expression '{value}'"
        parts = len(value.split())
        raise ModelFailure(f"{message}: Cron expression contains {parts} parts but we expect one of [6]")
    try:
        if timer.kind == "cycle":
            return _first(iso8601.parse_cycle(value), now)
        if timer.kind == "duration" or value.startswith("P"):
            return iso8601.parse_duration(value).add_to(now), None
        return iso8601.parse_date(value), None
    except ValueError as error:
        why = value if value.startswith("P") else f'Invalid format: "{value}"'
        raise ModelFailure(f"ENGINE-09027 Exception while resolving duedate '{value}': {why}") from error


def _first(cycle: iso8601.Cycle, now: int) -> tuple[int, Repeat]:
    if cycle.start is None:
        return cycle.every.add_to(now), Repeat(now // SECOND * SECOND, cycle)
    repeat = Repeat(cycle.start, cycle)
    due = cycle.start if cycle.start > now else _next(repeat, now)
    return now if due is None else due, repeat


def following(facts: Mapping[str, Any], now: int) -> dict[str, Any] | None:
    """The attributes of the next job of a cycle after one that is executed now; None where there is none.

    It counts by due times: one executed early is followed by one due at the same time (live Camunda 7.24).
    """
    repeat: Repeat | None = facts.get("repeat")
    due = None if repeat is None else _next(repeat, now)
    return None if due is None else {"due": due, "repeat": repeat, "exclusive": facts["exclusive"]}


def _next(repeat: Repeat, now: int) -> int | None:
    """The first time after now, from the start on in steps of the period, within the repetitions."""
    every, start = repeat.cycle.every, repeat.start
    most = repeat.cycle.repetitions
    if every.months == 0 and every.milliseconds > 0:
        steps = max(1, (now - start) // every.milliseconds + 1)
        return None if 0 <= most < steps else start + steps * every.milliseconds
    due, steps = every.add_to(start), 1
    while due <= now and (most < 0 or steps < most) and every.months > 0:
        due, steps = every.add_to(due), steps + 1
    return due if due > now else None
