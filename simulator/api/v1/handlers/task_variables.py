"""The variables that a task sees."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.finding_work import find_task
from simulator.api.v1.handlers.tasks import unknown_task
from simulator.api.v1.held_variables import VariableResource
from simulator.engine import tasks
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work

SEEN = VariableResource("task", lambda task: task.execution.visible())
LOCAL = VariableResource("task", lambda _task: {})


@operation("listTaskVariables")
def list_task_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the variables seen from a task, inner ones before outer ones."""
    return SEEN.show_all(call, _known(call, engine))


@operation("listTaskLocalVariables")
def list_task_local_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the task's own variables; nothing here gives it any."""
    return LOCAL.show_all(call, _known(call, engine))


@operation("getTaskVariable")
def get_task_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Show one variable seen from a task."""
    try:
        return SEEN.show_one(call, _known(call, engine))
    except ANSWERED as failure:
        raise SEEN.refused(call, "get", failure) from failure


@operation("setTaskVariable")
def set_task_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Write a variable where its name is held outwards of the task."""
    value = SEEN.read_one(call)
    try:
        tasks.change_variables(engine, _known(call, engine), {call.path["varName"]: value})
    except ANSWERED as failure:
        raise SEEN.refused(call, "put", failure) from failure
    return Reply(204)


@operation("deleteTaskVariable")
def delete_task_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Remove a variable where its name is held outwards of the task."""
    identity = call.path["id"]
    try:
        task = find_task(engine, identity, unknown_task(identity))
        tasks.change_variables(engine, task, {}, (call.path["varName"],))
    except ANSWERED as failure:
        raise SEEN.refused(call, "delete", failure) from failure
    return Reply(204)


def _known(call: Call, engine: ProcessEngine) -> Work:
    return find_task(engine, call.path["id"], SEEN.missing(call.path["id"]))
