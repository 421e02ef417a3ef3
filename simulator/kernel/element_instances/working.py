"""Jobs and user tasks: completing, failing and throwing; resolving incidents."""

from collections.abc import Mapping
from typing import Any

from simulator.kernel.element_instances.errors import throw
from simulator.kernel.element_instances.failures import StepFailed
from simulator.kernel.element_instances.incidents import raise_incident
from simulator.kernel.element_instances.moving import begin, complete, finish, work_off
from simulator.kernel.element_instances.refusals import NoRetriesLeft, WrongState
from simulator.kernel.element_instances.stages import ACTIVATING, COMPLETING
from simulator.kernel.element_instances.variables import set_local
from simulator.kernel.events import IncidentResolved, WorkChanged, WorkClosed
from simulator.kernel.run import Run
from simulator.kernel.state import Incident, Work

OPEN = ("ACTIVATABLE", "ACTIVATED")
UNHANDLED_ERROR = "UNHANDLED_ERROR_EVENT"


def complete_job(run: Run, work: Work, variables: Mapping[str, Any]) -> None:
    """A worker is done: its element instance completes; raises `WrongState` for a failed job."""
    ensure_open(work)
    complete_work(run, work, variables)


def complete_work(run: Run, work: Work, variables: Mapping[str, Any]) -> None:
    """A person or a worker is done: the element instance completes with what was given."""
    execution = work.execution
    run.emit(execution.root, WorkClosed(work.key, "completed"))
    run.queue.append((complete, execution, dict(variables) or None))
    work_off(run)


def fail_job(
    run: Run,
    work: Work,
    retries: int,
    message: str | None,
    *,
    variables: Mapping[str, Any],
    back_off: int = 0,
) -> None:
    """A worker gave up; without retries left that is an incident. `back_off` are milliseconds until the next try.

    The variables stay at the element instance. Raises `WrongState` for a job that has failed already.
    """
    ensure_open(work)
    execution = work.execution
    state = "FAILED" if retries <= 0 or back_off else "ACTIVATABLE"
    facts = {"retries": retries, "message": message, "state": state}
    if retries > 0 and back_off:
        facts["retry_at"] = run.now + back_off
    run.emit(execution.root, WorkChanged(work.key, facts))
    set_local(run, execution, variables)
    if retries <= 0:
        raise_incident(run, execution, "JOB_NO_RETRIES", message or "No more retries left.", work)


def throw_error(run: Run, work: Work, code: str, message: str | None, variables: Mapping[str, Any]) -> None:
    """A worker throws an error; where nobody catches it that is an incident. Raises `WrongState`."""
    ensure_open(work)
    execution = work.execution
    try:
        throw(run, execution, code, message, dict(variables))
    except StepFailed as failure:
        facts = {"state": "ERROR_THROWN", "message": message, "error_code": code}
        run.emit(execution.root, WorkChanged(work.key, facts))
        raise_incident(run, execution, failure.error_type, failure.text, work)
        return
    run.emit(execution.root, WorkClosed(work.key, "error-thrown"))
    work_off(run)


def set_retries(run: Run, work: Work, retries: int) -> None:
    """Give a job retries; an incident stays until it is resolved."""
    run.emit(work.execution.root, WorkChanged(work.key, {"retries": retries}))


def ensure_open(work: Work) -> None:
    """Raise `WrongState` for a job that has failed or thrown an error."""
    state = work.facts["state"]
    if state not in OPEN:
        raise WrongState("job", work.key, state)


def resolve(run: Run, incident: Incident) -> None:
    """Resolve an incident: the step that failed is tried again, or its job is there for workers again.

    The job of an error that nobody caught stays as it is (live Camunda 8.9.0). Raises `NoRetriesLeft` for one of a
    job without retries.
    """
    execution = incident.execution
    work = run.state.work.get(incident.work)
    if work is not None and work.facts["retries"] <= 0:
        raise NoRetriesLeft(incident.key, work.key)
    run.emit(execution.root, IncidentResolved(incident.key))
    if work is not None:
        if incident.kind != UNHANDLED_ERROR:
            run.emit(execution.root, WorkChanged(work.key, {"state": "ACTIVATABLE"}))
    elif execution.stage == ACTIVATING:
        run.queue.append((begin, execution, None))
    elif execution.stage == COMPLETING:
        run.queue.append((finish, execution, None))
    work_off(run)
