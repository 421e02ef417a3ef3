"""When Camunda 8's timers fire; a schedule is a function from now to the first due time and what repeats."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from simulator.bpmn.camunda8.language import compile_place, note
from simulator.bpmn.element import Reading
from simulator.core import iso8601
from simulator.expressions.feel import EvaluationFailed, Lookup, Surroundings, places
from simulator.expressions.feel.places import StaticText
from simulator.expressions.feel.temporal import DateTime, DaysDuration, MonthsDuration
from simulator.model.process import Timer
from simulator.model.xml import BPMN

Schedule = Callable[[int], tuple[int, iso8601.Cycle | None]]
MILLISECOND = 1_000_000
CRON_FIELDS = 6
KINDS = {"timeDate": "date", "timeCycle": "cycle", "timeDuration": "duration"}


def read_timer(definition: etree._Element, reading: Reading) -> Timer | None:
    """Read the one kind of timer a definition holds; a static text is checked at once."""
    found = [child for kind in KINDS for child in definition.findall(f"{{{BPMN}}}{kind}")]
    if len(found) != 1:
        message = "Must be exactly one type of timer: timeDuration, timeDate or timeCycle"
        note(reading, message, definition)
        return None
    holder = found[0]
    kind = KINDS[str(holder.tag).rpartition("}")[2]]
    text = (holder.text or "").strip()
    if not _is_usable(text, kind, holder, reading):
        return None
    return Timer(kind, compile_place(reading, holder, SCHEDULES[kind], text), text)


def _is_usable(text: str, kind: str, holder: etree._Element, reading: Reading) -> bool:
    """Whether a static text is a time; an expression is found out when the timer starts."""
    if text.startswith("=") and len(text) > 1:
        return True
    if kind == "cycle" and len(text.split()) == CRON_FIELDS:
        reading.refuse("cron expressions", holder)
        return False
    try:
        SCHEDULES[kind](StaticText(text), _nowhere, None)
    except EvaluationFailed as error:
        definition = holder.getparent()
        event = None if definition is None else definition.getparent()
        note(reading, f"Invalid timer {kind} expression ({error})", holder if event is None else event)
        return False
    return True


def _nowhere(name: str) -> Any:
    raise LookupError(name)


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
