"""Human tasks: what they are opened with (CMMN 1.1, 5.4.10; live Camunda 7.24)."""

from typing import Any

from simulator.cmmn.model import Fact, plan_item
from simulator.core import iso8601
from simulator.core.java import Date, class_name, java_text
from simulator.kernel.events import WorkOpened
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node

DATES = {"due": "Due date", "follow_up": "Follow up date"}
LISTS = ("candidate_users", "candidate_groups")


def open_task(run: Run, execution: Execution, node: Node) -> None:
    """Put a task before whoever is to do it; raises `ModelFailure` for an attribute of the wrong type."""
    found = {name: _value(name, fact, execution, run.now) for name, fact in plan_item(node).facts.items()}
    dates = {name: found.pop(name) for name in DATES if name in found}
    given = {name: value for name, value in found.items() if value is not None}
    facts = run.machine.complete_facts(run, execution, "user-task", given)
    opened = WorkOpened(
        key=run.state.key(),
        execution=execution.key,
        kind="user-task",
        node=node,
        activity=0,
        facts={**facts, **dates},
    )
    run.emit(execution.root, opened)


def _value(name: str, fact: Fact, execution: Execution, now: int) -> Any:
    value = fact.value(execution)
    if name in LISTS:
        if not isinstance(value, str | list | tuple | set | frozenset):
            raise ModelFailure("Expression did not resolve to a string or collection of strings")
        return value
    if value is None:
        return None
    if name in DATES:
        return _moment(value, now, fact, DATES[name])
    if name == "priority":
        return _number(value, fact)
    if not isinstance(value, str):
        kind = class_name(value)
        where = f"({kind} and java.lang.String are in module java.base of loader 'bootstrap')"
        raise ModelFailure(
            f"class {kind} cannot be cast to class java.lang.String {where}", "ClassCastException"
        )
    return value


def _number(value: Any, fact: Fact) -> int:
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            raise ModelFailure(f"Priority does not resolve to a number: {java_text(value)}") from None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    raise ModelFailure(f"Priority expression does not resolve to a number: {fact.text}")


def _moment(value: Any, now: int, fact: Fact, words: str) -> int:
    """A date, or a text that is one or the time from now on; in milliseconds since 1970, UTC."""
    if isinstance(value, Date):
        return value.milliseconds
    if not isinstance(value, str):
        raise ModelFailure(f"{words} expression does not resolve to a Date or Date string: {fact.text}")
    try:
        if value.startswith("P"):
            return iso8601.parse_duration(value).add_to(now)
        return iso8601.parse_date(value)
    except ValueError:
        message = f"ENGINE-09027 Exception while resolving duedate '{value}': Invalid format: \"{value}\""
        raise ModelFailure(message) from None
