"""User tasks: finding, showing, completing, and who has them."""

from collections.abc import Iterable
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text, truth
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.failing import wrapped
from simulator.api.v1.finding_work import find_task
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.querying import Query
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.showing_work import show_task
from simulator.api.v1.task_filters import TASKS
from simulator.api.v1.variables import read_variables, show_variables
from simulator.cmmn.model import is_case
from simulator.engine import tasks
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import AlreadyClaimed
from simulator.kernel.state import Work


@operation("listTasks")
def list_tasks(call: Call, engine: ProcessEngine) -> Reply:
    """List open tasks."""
    return _found(TASKS.read(call, engine))


@operation("queryTasks")
def query_tasks(call: Call, engine: ProcessEngine) -> Reply:
    """List open tasks by a query in the body."""
    return _found(TASKS.read(call, engine))


@operation("countTasks")
def count_tasks(call: Call, engine: ProcessEngine) -> Reply:
    """Count open tasks."""
    query = TASKS.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(_candidates(query))})


@operation("countTasksByQuery")
def count_tasks_by_query(call: Call, engine: ProcessEngine) -> Reply:
    """Count open tasks by a query in the body."""
    return count_tasks(call, engine)


def _found(query: Query) -> Reply:
    rows = query.find(_candidates(query))
    return Reply(200, [_with_more(query.engine, task, query.values) for task in rows])


def _candidates(query: Query) -> Iterable[Work]:
    """The tasks that may fit: those of one instance, where the query names one."""
    state = query.engine.state
    wanted = query.values.get("processInstanceId")
    if wanted is None:
        return [work for work in state.work.values() if work.kind == "user-task"]
    instance = state.instances.get(read_id(wanted))
    executions = () if instance is None or instance.ended else instance.execution.subtree()
    return [work for e in executions for work in e.work or () if work.kind == "user-task"]


def _with_more(engine: ProcessEngine, task: Work, asked: dict[str, Any]) -> dict[str, Any]:
    """A task with what else was asked for."""
    shown = show_task(engine, task)
    if asked.get("withTaskVariablesInReturn") is True:
        shown["variables"] = show_variables(task.execution.visible())
    elif asked.get("withTaskLocalVariablesInReturn") is True:
        shown["variables"] = {}
    if asked.get("withCommentAttachmentInfo") is True:
        shown.update(comment=False, attachment=False)
    return shown


@operation("getTask")
def get_task(call: Call, engine: ProcessEngine) -> Reply:
    """Show one task."""
    identity = call.path["id"]
    missing = RestError(404, "InvalidRequestException", f"No matching task with id {identity}")
    task = find_task(engine, identity, missing)
    asked = {name: (call.parameter(name) or "").lower() == "true" for name in call.query}
    shown = _with_more(engine, task, asked)
    if shown.get("variables") == {} and asked.get("withTaskVariablesInReturn") is not True:
        del shown["variables"]
    return Reply(200, shown)


@operation("completeTask")
def complete_task(call: Call, engine: ProcessEngine) -> Reply:
    """Complete a task; answers with the variables where asked for."""
    body = read_object(call)
    identity = call.path["id"]
    with_variables, given = truth(body, "withVariablesInReturn"), mapping(body, "variables")
    try:
        variables = read_variables(given)
        task = find_task(engine, identity, unknown_task(identity))
        engine.complete(task, variables)
    except ANSWERED as failure:
        raise wrapped(failure, f"Cannot complete task {identity}: ") from failure
    return completed(task, with_variables)


def completed(task: Work, with_variables: bool | None) -> Reply:
    """The answer to a completion: nothing, or the process instance's variables as it left them."""
    if not with_variables:
        return Reply(204)
    if is_case(task.execution.instance.process):
        raise RestError(500, "NullPointerException", 'Cannot invoke a method because "variables" is null')
    held = task.execution.instance.execution.variables or {}
    return Reply(200, show_variables(held, deserialize=False))


@operation("claimTask")
def claim_task(call: Call, engine: ProcessEngine) -> Reply:
    """Take a task; without a user, let go of it."""
    user = text(read_object(call), "userId")
    task = find_task(engine, call.path["id"], unknown_task(call.path["id"]))
    try:
        tasks.claim(engine, task, user)
    except AlreadyClaimed:
        message = f"Task '{show_id(task.key)}' is already claimed by someone else."
        raise RestError(500, "TaskAlreadyClaimedException", message, 0) from None
    return Reply(204)


@operation("unclaimTask")
def unclaim_task(call: Call, engine: ProcessEngine) -> Reply:
    """Let go of a task."""
    tasks.assign(engine, _known(call, engine), None)
    return Reply(204)


@operation("setTaskAssignee")
def set_task_assignee(call: Call, engine: ProcessEngine) -> Reply:
    """Give a task to somebody, whoever had it."""
    user = text(read_object(call), "userId")
    tasks.assign(engine, _known(call, engine), user)
    return Reply(204)


@operation("delegateTask")
def delegate_task(call: Call, engine: ProcessEngine) -> Reply:
    """Let somebody else do a task for its owner."""
    user = text(read_object(call), "userId")
    task = find_task(engine, call.path["id"], unknown_task(call.path["id"]))
    tasks.delegate(engine, task, user)
    return Reply(204)


@operation("resolveTask")
def resolve_task(call: Call, engine: ProcessEngine) -> Reply:
    """Hand a delegated task back."""
    given = mapping(read_object(call), "variables")
    identity = call.path["id"]
    try:
        variables = read_variables(given)
    except ANSWERED as failure:
        raise wrapped(failure, f"Cannot resolve task {identity}: ") from failure
    task = find_task(engine, identity, unknown_task(identity))
    tasks.resolve(engine, task, variables)
    return Reply(204)


def _known(call: Call, engine: ProcessEngine) -> Work:
    missing = unknown_task(call.path["id"], "NotFoundException")
    missing.status = 400
    return find_task(engine, call.path["id"], missing)


def unknown_task(identity: str, kind: str = "NullValueException") -> RestError:
    """The engine's failure to find a task."""
    return RestError(500, kind, f"Cannot find task with id {identity}: task is null", 0)
