"""What people do with a user task before it is completed: claiming, assigning, delegating, resolving."""

from collections.abc import Mapping
from typing import Any

from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import AlreadyClaimed
from simulator.kernel.executions.changing import change, setting
from simulator.kernel.run import Run
from simulator.kernel.state import Work


def assign(engine: ProcessEngine, task: Work, user: str | None) -> None:
    """Give a task to somebody, or (None) to nobody."""
    ensure_active(engine, task)
    with engine.command() as run:
        update(run, task, {"assignee": user})


def claim(engine: ProcessEngine, task: Work, user: str | None) -> None:
    """Take a task; raises `AlreadyClaimed` where somebody else has it."""
    ensure_active(engine, task)
    held = task.facts["assignee"]
    if user is not None and held not in (None, user):
        raise AlreadyClaimed(task.key, held)
    with engine.command() as run:
        update(run, task, {"assignee": user})


def delegate(engine: ProcessEngine, task: Work, user: str | None) -> None:
    """Ask somebody else to work on a task; who had it becomes its owner."""
    ensure_active(engine, task)
    facts = task.facts
    owner = facts["assignee"] if facts["owner"] is None else facts["owner"]
    with engine.command() as run:
        update(run, task, {"delegation": "PENDING", "owner": owner, "assignee": user})


def resolve(engine: ProcessEngine, task: Work, variables: Mapping[str, Any]) -> None:
    """Hand a delegated task back to its owner."""
    ensure_active(engine, task)
    with engine.command() as run:
        if engine.cases.owns(task.execution):
            engine.cases.write(run, task.execution, variables)
        else:
            setting(run, task.execution, variables, local=False)
        update(run, task, {"delegation": "RESOLVED", "assignee": task.facts["owner"]})


def change_variables(
    engine: ProcessEngine, task: Work, values: Mapping[str, Any], removed: tuple[str, ...] = ()
) -> None:
    """Set and remove variables seen from a task, each at its nearest holder."""
    engine.change_variables(task.execution, values, removed, local=False)


def update(run: Run, task: Work, facts: dict[str, Any]) -> None:
    """Change a task's attributes and note that it was changed."""
    change(run, task, {**facts, "updated": run.now, "state": "Updated"})


def ensure_active(engine: ProcessEngine, task: Work) -> None:
    """Raise `InstanceSuspended` where nothing may be done with the task."""
    engine.ensure_active(task.execution.instance, "task", task.key)
