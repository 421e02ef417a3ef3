"""User tasks: finding, showing, completing."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, truth
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing import show_task
from simulator.api.v1.variables import read_variables, show_variables
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import NotFound
from simulator.kernel.state import Work


@operation("listTasks")
def list_tasks(call: Call, engine: ProcessEngine) -> Reply:
    """List open tasks."""
    wanted = call.parameter("processInstanceId")
    if wanted is None:
        found = [work for work in engine.state.work.values() if work.kind == "user-task"]
    else:
        instance = engine.state.instances.get(read_id(wanted))
        executions = () if instance is None or instance.ended else instance.execution.subtree()
        found = [work for e in executions for work in e.work or () if work.kind == "user-task"]
    return Reply(200, [show_task(engine, work) for work in found])


@operation("getTask")
def get_task(call: Call, engine: ProcessEngine) -> Reply:
    """Show one task."""
    return Reply(200, show_task(engine, find_task(call, engine, "No matching task with id {}", 404)))


@operation("completeTask")
def complete_task(call: Call, engine: ProcessEngine) -> Reply:
    """Complete a task; answers with the variables where asked for."""
    body = read_object(call)
    variables = read_variables(mapping(body, "variables"))
    task = find_task(
        call, engine, "Cannot complete task {0}: Cannot find task with id {0}: task is null", 500
    )
    execution = task.execution
    engine.complete(task, variables)
    if truth(body, "withVariablesInReturn"):
        return Reply(200, show_variables(execution.visible()))
    return Reply(204)


def find_task(call: Call, engine: ProcessEngine, missing: str, status: int) -> Work:
    """The task a path names."""
    identity = call.path["id"]
    try:
        return engine.work(read_id(identity), "user-task")
    except NotFound:
        raise invalid(missing.format(identity), status) from None
