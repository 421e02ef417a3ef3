"""Human tasks: what they are opened with (CMMN 1.1, 5.4.10)."""

from typing import Any

from simulator.core import iso8601
from simulator.core.java import Date, java_text
from simulator.kernel.events import WorkOpened
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.cmmn.model import plan_item
from simulator.model.process import Node

DATES = {"due": "Due date", "follow_up": "Follow up date"}


def open_task(run: Run, execution: Execution, node: Node) -> None:
    """Put a task before whoever is to do it."""
    facts = {name: evaluate(execution) for name, evaluate in plan_item(node).facts.items()}
    if facts.get("priority") is not None:
        facts["priority"] = _number(facts["priority"])
    for name, words in DATES.items():
        if facts.get(name) is not None:
            facts[name] = _moment(facts[name], run.now, words)
    complete = run.machine.complete_facts(run, execution, "user-task", _without_null_lists(facts))
    opened = WorkOpened(
        key=run.state.key(), execution=execution.key, kind="user-task", node=node, activity=0, facts=complete
    )
    run.emit(execution.root, opened)


def _without_null_lists(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None or name != "priority"}


def _number(value: Any) -> int:
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            raise ModelFailure(f"Priority does not resolve to a number: {value}") from None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    raise ModelFailure(f"Priority expression does not resolve to a number: {java_text(value)}")


def _moment(value: Any, now: int, words: str) -> int:
    """A date, or a text that is one or the time from now on; in milliseconds since 1970, UTC."""
    if isinstance(value, Date):
        return value.milliseconds
    if not isinstance(value, str):
        raise ModelFailure(f"{words} expression does not resolve to a Date or Date string: {java_text(value)}")
    try:
        if value.startswith("P"):
            return iso8601.parse_duration(value).add_to(now)
        return iso8601.parse_date(value)
    except ValueError:
        message = f"ENGINE-09027 Exception while resolving duedate '{value}': Invalid format: \"{value}\""
        raise ModelFailure(message) from None
