"""What a Camunda 7 task or external task is opened with, beyond what its model says."""

from typing import Any

from simulator.core import iso8601
from simulator.core.java import Date, java_text
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution

DATES = {"due": "Due date", "follow_up": "Follow up date"}
LISTS = ("candidate_users", "candidate_groups")
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
        return {**TASK, **_task_facts(facts, run.now)}
    return {**EXTERNAL, **facts, "priority": _number(facts.get("priority", 0), "taskPriority")}


def _task_facts(facts: dict[str, Any], now: int) -> dict[str, Any]:
    shaped = dict(facts)
    for name in LISTS:
        if name in shaped:
            shaped[name] = _names(shaped[name])
    for name in ("due", "follow_up"):
        if shaped.get(name) is not None:
            shaped[name] = _moment(shaped[name], now, DATES[name])
    if "priority" in shaped:
        shaped["priority"] = _number(shaped["priority"], "priority")
    for name in ("assignee", "owner", "name", "description", "form_key"):
        if shaped.get(name) is not None and not isinstance(shaped[name], str):
            shaped[name] = java_text(shaped[name])
    return shaped


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
        raise ModelFailure(f"ENGINE-09027 Exception while parsing expression '{value}': {error}") from error


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return tuple(java_text(item) for item in value or ())


def _number(value: Any, what: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ModelFailure(f"Priority value is not an Integer: {what}") from None
