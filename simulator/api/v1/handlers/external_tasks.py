"""External tasks: listed, fetched and locked by workers, completed, failed, ended by an error, unlocked."""

from simulator.api.frame import Call, Later, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text
from simulator.api.v1.external_task_filters import EXTERNAL_TASKS
from simulator.api.v1.fetching import Fetching, read_fetching
from simulator.api.v1.finding_work import find_external_task
from simulator.api.v1.ids import show_id
from simulator.api.v1.query_forms import INTEGER, LONG
from simulator.api.v1.querying import null_value
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.showing_work import show_external_task
from simulator.api.v1.variables import read_variables
from simulator.engine import external_tasks
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import InstanceSuspended, WrongWorker

REFUSALS = {
    "complete": "External Task {task} cannot be completed by worker '{worker}'.",
    "failure": "Failure of External Task {task} cannot be reported by worker '{worker}'.",
    "error": "Bpmn error of External Task {task} cannot be reported by worker '{worker}'.",
}


@operation("listExternalTasks")
def list_external_tasks(call: Call, engine: ProcessEngine) -> Reply:
    """List external tasks."""
    found = EXTERNAL_TASKS.read(call, engine).find(external_tasks.open_tasks(engine))
    return Reply(200, [show_external_task(engine, task) for task in found])


@operation("fetchAndLockExternalTasks")
def fetch_and_lock_external_tasks(call: Call, engine: ProcessEngine) -> Reply | Later:
    """Lock tasks for a worker; where there is none, wait as long as the worker wants."""
    wanted = read_fetching(read_object(call), engine)
    taken = _fetch(engine, wanted)
    if taken is not None or wanted.timeout <= 0:
        return taken or Reply(200, [])
    return Later(lambda: _fetch(engine, wanted), wanted.timeout / 1000, lambda: Reply(200, []))


def _fetch(engine: ProcessEngine, wanted: Fetching) -> Reply | None:
    taken = external_tasks.fetch(engine, wanted.worker, wanted.most, wanted.wishes, wanted.order)
    return Reply(200, [wanted.show(engine, task, wish) for task, wish in taken]) if taken else None


@operation("completeExternalTask")
def complete_external_task(call: Call, engine: ProcessEngine) -> Reply:
    """Complete a task that the worker holds."""
    body = read_object(call)
    worker = text(body, "workerId")
    variables = read_variables(mapping(body, "variables"))
    local = read_variables(mapping(body, "localVariables"))
    worker = _given(worker, "workerId")
    task = find_external_task(engine, call.path["id"])
    try:
        external_tasks.complete(engine, task, worker, variables, local)
    except (WrongWorker, InstanceSuspended) as refusal:
        raise _refused(refusal, "complete") from refusal
    return Reply(204)


@operation("failExternalTask")
def fail_external_task(call: Call, engine: ProcessEngine) -> Reply:
    """Report that a task failed."""
    body = read_object(call)
    worker, message, details = text(body, "workerId"), text(body, "errorMessage"), text(body, "errorDetails")
    retries, timeout = INTEGER.from_json(body, "retries") or 0, LONG.from_json(body, "retryTimeout") or 0
    variables = read_variables(mapping(body, "variables"))
    local = read_variables(mapping(body, "localVariables"))
    worker = _given(worker, "workerId")
    for name, number in (("retries", retries), ("retryDuration", timeout)):
        if number < 0:
            message = f"{name} is not greater than or equal to 0"
            raise RestError(500, "ProcessEngineException", message, 0)
    task = find_external_task(engine, call.path["id"])
    try:
        external_tasks.fail(
            engine,
            task,
            worker,
            message=message,
            details=details,
            retries=retries,
            timeout=timeout,
            variables=variables,
            local=local,
        )
    except (WrongWorker, InstanceSuspended) as refusal:
        raise _refused(refusal, "failure") from refusal
    return Reply(204)


@operation("raiseExternalTaskBpmnError")
def raise_external_task_bpmn_error(call: Call, engine: ProcessEngine) -> Reply:
    """Throw a BPMN error from a task."""
    body = read_object(call)
    worker, code, message = text(body, "workerId"), text(body, "errorCode"), text(body, "errorMessage")
    variables = read_variables(mapping(body, "variables"))
    worker, code = _given(worker, "workerId"), _given(code, "errorCode")
    task = find_external_task(engine, call.path["id"])
    try:
        external_tasks.throw_error(engine, task, worker, code, message, variables)
    except (WrongWorker, InstanceSuspended) as refusal:
        raise _refused(refusal, "error") from refusal
    return Reply(204)


@operation("unlockExternalTask")
def unlock_external_task(call: Call, engine: ProcessEngine) -> Reply:
    """Let a task be fetched again at once."""
    external_tasks.unlock(engine, find_external_task(engine, call.path["id"]))
    return Reply(204)


def _given(value: str | None, name: str) -> str:
    if value is None:
        raise null_value(f"{name} is null")
    return value


def _refused(refusal: WrongWorker | InstanceSuspended, doing: str) -> RestError:
    if isinstance(refusal, InstanceSuspended):
        message = f"ENGINE-03043 {refusal.what} with id '{show_id(refusal.key)}' is suspended."
    else:
        holder = "null" if refusal.holder is None else refusal.holder
        said = REFUSALS[doing].format(task=show_id(refusal.task), worker=refusal.worker)
        message = f"{said} It is locked by worker '{holder}'."
    return RestError(400, "RestException", message, 0)
