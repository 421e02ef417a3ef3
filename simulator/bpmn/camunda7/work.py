"""What a Camunda 7 task or external task is opened with, beyond what its model says."""

from collections.abc import Callable
from typing import Any

from simulator.core import iso8601
from simulator.core.java import Date, JavaSet, class_name, java_text
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution

NO_NUMBER = ": Priority value is not an Integer"
TASK = {
    "name": None, "assignee": None, "owner": None, "due": None, "follow_up": None, "description": None,
    "priority": 50, "form_key": None, "delegation": None, "candidate_users": (), "candidate_groups": (),
}  # fmt: skip
EXTERNAL = {
    "topic": None, "priority": 0, "retries": None, "worker": None, "locked_until": None, "message": None,
    "details": None,
}  # fmt: skip


def complete_facts(run: Run, execution: Execution, kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Bring the evaluated attributes into their form, and add those the model is silent about."""
    if kind == "user-task":
        return _task_facts(facts, run.now) if facts else TASK
    facts = {**facts, "topic": _text(facts.get("topic"))}
    return {**EXTERNAL, **facts, "priority": _number(facts.get("priority", 0), NO_NUMBER)}


def _task_facts(facts: dict[str, Any], now: int) -> dict[str, Any]:
    """All attributes of a task; the first that is wrong, in the order of `SHAPES`, fails."""
    shaped = {**TASK, **facts}
    for name in facts if len(facts) == 1 else SHAPES:
        if name in facts:
            shaped[name] = SHAPES[name](facts[name], now)
    return shaped


def _priority(value: Any, now: int) -> int:
    return _number(value, f"Priority does not resolve to a number: {java_text(value)}")


def _text(value: Any) -> str | None:
    """A value that has to be a text; the engine's own cast refuses others."""
    if value is None or isinstance(value, str):
        return value
    there = class_name(value)
    message = (
        f"class {there} cannot be cast to class java.lang.String ({there} and java.lang.String are in module"
    )
    raise ModelFailure(f"{message} java.base of loader 'bootstrap')", "ClassCastException")


def _moment(value: Any, now: int, words: str) -> int:
    """A date, or a text that is one or the time from now on; in milliseconds since 1970, UTC."""
    if isinstance(value, Date):
        return value.milliseconds
    if not isinstance(value, str):
        raise ModelFailure(
            f"{words} expression does not resolve to a Date or Date string: {java_text(value)}"
        )
    try:
        return (
            iso8601.parse_duration(value).add_to(now) if value.startswith("P") else iso8601.parse_date(value)
        )
    except ValueError as error:
        raise ModelFailure(
            f"ENGINE-09027 Exception while resolving duedate '{value}': Invalid format: \"{value}\""
        ) from error


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    if isinstance(value, JavaSet):
        value = value.elements
    if not isinstance(value, list):
        raise ModelFailure("Expression did not resolve to a string or collection of strings")
    return tuple(java_text(item) for item in value)


def _number(value: Any, refusal: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ModelFailure(refusal) from None


SHAPES: dict[str, Callable[[Any, int], Any]] = {
    "candidate_users": lambda value, now: _names(value),
    "candidate_groups": lambda value, now: _names(value),
    "due": lambda value, now: None if value is None else _moment(value, now, "Due date"),
    "follow_up": lambda value, now: None if value is None else _moment(value, now, "Follow up date"),
    "priority": _priority,
    "assignee": lambda value, now: _text(value),
    "owner": lambda value, now: _text(value),
    "name": lambda value, now: _text(value),
    "description": lambda value, now: _text(value),
    "form_key": lambda value, now: value if value is None or isinstance(value, str) else java_text(value),
}
"""How each attribute of a task is brought into its form, at the time of the command."""
