"""When Camunda 8's timers fire; a schedule is a function from now to the first due time and what repeats."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from simulator.bpmn.camunda8.language import compile_place, note
from simulator.bpmn.element import Reading
from simulator.core import iso8601
from simulator.expressions.feel import EvaluationFailed, Lookup, Surroundings, places
from simulator.expressions.feel.temporal import DateTime, DaysDuration, MonthsDuration
from simulator.model.process import Timer
from simulator.model.xml import BPMN

Schedule = Callable[[int], tuple[int, iso8601.Cycle | None]]
MILLISECOND = 1_000_000
CRON_FIELDS = 6
KINDS = {"timeDate": "date", "timeCycle": "cycle", "timeDuration": "duration"}


def read_timer(definition: etree._Element, reading: Reading, *, at_deployment: bool = False) -> Timer | None:
    """Read the one kind of timer a definition holds.

    What can be known is checked: a static text, and `at_deployment`, for a start event, every expression.
    """
    found = [child for kind in KINDS for child in definition.findall(f"{{{BPMN}}}{kind}")]
    if len(found) != 1:
        message = "Must be exactly one type of timer: timeDuration, timeDate or timeCycle"
        note(reading, message, definition)
        return None
    kind = KINDS[str(found[0].tag).rpartition("}")[2]]
    text = (found[0].text or "").strip()
    timer = Timer(kind, compile_place(reading, definition, SCHEDULES[kind], text), text)
    if kind == "cycle" and len(text.split()) == CRON_FIELDS and not text.startswith("="):
        reading.refuse("cron expressions", definition)
    elif at_deployment or not text.startswith("="):
        _check(timer, definition, reading)
    return timer


def _check(timer: Timer, definition: etree._Element, reading: Reading) -> None:
    """Note a timer whose time can't be told."""
    try:
        timer.value(None)
    except EvaluationFailed as error:
        if error.text.startswith("failed to parse"):
            return
        event = definition.getparent()
        message = f"Invalid timer {timer.kind} expression ({error})"
        note(reading, message, definition if event is None else event)


def schedule_date(source: Any, lookup: Lookup, surroundings: Surroundings | None) -> Schedule:
    """Once, at a date-time."""
    due = milliseconds(places.evaluate_date_time(source, lookup, surroundings))
    return lambda now: (due, None)


def schedule_duration(source: Any, lookup: Lookup, surroundings: Surroundings | None) -> Schedule:
    """Once, after a duration."""
    duration = plain_duration(places.evaluate_duration(source, lookup, surroundings))
    return lambda now: (duration.add_to(now), None)


def schedule_cycle(source: Any, lookup: Lookup, surroundings: Surroundings | None) -> Schedule:
    """Again and again; a cron expression is none that the simulator runs."""
    found = places.evaluate_cycle(source, lookup, surroundings)
    if found.interval is None:
        raise EvaluationFailed(f"the simulator does not run cron expressions: '{found.cron}'")
    start = None if found.start is None else milliseconds(found.start)
    cycle = iso8601.Cycle(found.repetitions, plain_duration(found.interval), start)
    return lambda now: (cycle.first(now), cycle)


def milliseconds(moment: DateTime) -> int:
    """A date-time as milliseconds since 1970, UTC."""
    return moment.instant // MILLISECOND


def plain_duration(duration: DaysDuration | MonthsDuration) -> iso8601.Duration:
    """A FEEL duration as one of ISO 8601."""
    if isinstance(duration, MonthsDuration):
        return iso8601.Duration(duration.months, 0)
    return iso8601.Duration(0, duration.nanos // MILLISECOND)


SCHEDULES: dict[str, Callable[[Any, Lookup, Surroundings | None], Schedule]] = {
    "date": schedule_date,
    "duration": schedule_duration,
    "cycle": schedule_cycle,
}
