"""External tasks: fetched and locked by workers, who complete them, report failures or throw errors."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.engine.jobs import raise_incident
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import WrongWorker
from simulator.kernel.effects import Throw
from simulator.kernel.executions import errors, tree
from simulator.kernel.executions.changing import change, setting
from simulator.kernel.state import Work

LONGEST_MESSAGE = 666


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a worker asks for: tasks of a topic that fit, locked for some milliseconds."""

    topic: str
    lock: int
    fits: Callable[[Work], bool] = field(default=lambda task: True)


def open_tasks(engine: ProcessEngine) -> Iterable[Work]:
    """All external tasks, in the order of their making."""
    return [work for work in engine.state.work.values() if work.kind == "external-task"]


def fetch(
    engine: ProcessEngine,
    worker: str,
    most: int,
    wishes: Iterable[Wish],
    order: Callable[[Work], Any] | None = None,
) -> list[tuple[Work, Wish]]:
    """Lock and answer up to `most` tasks that nobody holds and that have retries left, each with its wish."""
    now = engine.clock.now()
    wanted = list(wishes)
    found = []
    for task in open_tasks(engine):
        wish = next((w for w in wanted if w.topic == task.facts["topic"] and w.fits(task)), None)
        if wish is not None and _is_free(task, now):
            found.append((task, wish))
    if order is not None:
        found.sort(key=lambda pair: order(pair[0]))
    taken = found[:most]
    if taken:
        with engine.command() as run:
            for task, wish in taken:
                change(run, task, {"worker": worker, "locked_until": now + wish.lock})
    return taken


def _is_free(task: Work, now: int) -> bool:
    facts = task.facts
    if facts["locked_until"] is not None and facts["locked_until"] > now:
        return False
    return facts["retries"] != 0 and not task.execution.instance.suspended


def complete(
    engine: ProcessEngine, task: Work, worker: str, variables: Mapping[str, Any], local: Mapping[str, Any]
) -> None:
    """Complete a task its worker holds; raises `WrongWorker`, `InstanceSuspended`."""
    _ensure_held(engine, task, worker)
    engine.complete(task, variables, local)


def fail(
    engine: ProcessEngine,
    task: Work,
    worker: str,
    *,
    message: str | None,
    details: str | None,
    retries: int,
    timeout: int,
    variables: Mapping[str, Any],
    local: Mapping[str, Any],
) -> None:
    """Report a failure; without retries left an incident is raised, with some an older one is resolved."""
    _ensure_held(engine, task, worker)
    message = None if message is None else message[:LONGEST_MESSAGE]
    facts = {
        "message": message,
        "details": task.facts["details"] if details is None else details,
        "retries": retries,
        "locked_until": engine.clock.now() + timeout,
    }
    with engine.command() as run:
        setting(run, task.execution, variables, local=False)
        setting(run, task.execution, local, local=True)
        change(run, task, facts)
        if retries > 0 and task.incident is not None:
            tree.drop_incident(run, task.incident, deleted=False)
        elif retries == 0 and task.incident is None:
            raise_incident(run, task, "failedExternalTask", message)


def set_retries(engine: ProcessEngine, task: Work, retries: int) -> None:
    """Give a task retries, whoever holds it; that resolves its incident, and none raises one."""
    with engine.command() as run:
        change(run, task, {"retries": retries})
        if retries > 0 and task.incident is not None:
            tree.drop_incident(run, task.incident, deleted=False)
        elif retries == 0 and task.incident is None:
            raise_incident(run, task, "failedExternalTask", task.facts["message"])


def throw_error(
    engine: ProcessEngine,
    task: Work,
    worker: str,
    code: str,
    message: str | None,
    variables: Mapping[str, Any],
) -> None:
    """Throw a BPMN error from a task; uncaught, its token ends."""
    _ensure_held(engine, task, worker)
    with engine.command() as run:
        setting(run, task.execution, variables, local=False)
        execution = task.execution
        tree.close_work(run, task.key, execution, "cancelled")
        errors.throw_or_end(run, execution, Throw(code, message))


def unlock(engine: ProcessEngine, task: Work) -> None:
    """Let a task be fetched again at once."""
    engine.change_work(task, {"worker": None, "locked_until": None})


def _ensure_held(engine: ProcessEngine, task: Work, worker: str) -> None:
    if task.facts["worker"] != worker:
        raise WrongWorker(task.key, worker, task.facts["worker"])
    engine.ensure_active(task.execution.instance, "ExternalTask", task.key)
