"""When Camunda 7's timers fire."""

from collections.abc import Mapping
from typing import Any

from simulator.core import iso8601
from simulator.core.java import Date, java_text
from simulator.kernel.events import WorkOpened
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node, Timer


def schedule(timer: Timer, execution: Execution, now: int) -> tuple[int, Any]:
    """Due time and repetitions of a timer that starts now; raises `ModelFailure` for a text that is no time."""
    value = timer.value(execution)
    if isinstance(value, Date):
        return value.milliseconds, None
    text = java_text(value)
    try:
        if timer.kind == "cycle":
            cycle = iso8601.parse_cycle(text)
            return cycle.first(now), cycle
        if timer.kind == "duration":
            return iso8601.parse_duration(text).add_to(now), None
        return iso8601.parse_date(text), None
    except ValueError as error:
        raise ModelFailure(f"ENGINE-09027 Exception while resolving duedate '{text}': {error}") from error


def repeat_timer(run: Run, execution: Execution, node: Node, facts: Mapping[str, Any]) -> None:
    """Open the next job of a cycle, one period after the last one was due."""
    following = facts["repeat"].next(facts["due"])
    if following is None:
        return
    due, repeat = following
    again = {**facts, "due": due, "repeat": repeat, "retries": run.machine.default_retries}
    run.emit(
        execution.root,
        WorkOpened(
            key=run.state.key(),
            execution=execution.key,
            kind="timer",
            node=node,
            activity=execution.activity,
            facts=again,
        ),
    )
