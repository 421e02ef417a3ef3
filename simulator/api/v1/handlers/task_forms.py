"""Forms of user tasks: the variables of their fields, and completing a task by a form."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, truth
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.failing import wrapped
from simulator.api.v1.finding_work import find_task
from simulator.api.v1.handlers.tasks import completed, unknown_task
from simulator.api.v1.held_variables import show_form_variables
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variables import read_variables
from simulator.bpmn.camunda7.form_values import form_variables, submitted
from simulator.engine.process_engine import ProcessEngine


@operation("getTaskFormVariables")
def get_task_form_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the form's fields as variables, and all other variables that the task sees."""
    identity = call.path["id"]
    missing = f"Cannot find task with id '{identity}'.: task is null"
    task = find_task(engine, identity, RestError(400, "BadUserRequestException", missing, 0))
    return show_form_variables(call, form_variables(task.node.detail.form, task.execution))


@operation("submitTaskForm")
def submit_task_form(call: Call, engine: ProcessEngine) -> Reply:
    """Complete a task with the values of its form."""
    body = read_object(call)
    identity = call.path["id"]
    with_variables, given = truth(body, "withVariablesInReturn"), mapping(body, "variables")
    try:
        variables = read_variables(given)
        task = find_task(engine, identity, unknown_task(identity))
        engine.ensure_active(task.execution.instance, "task", task.key)
        engine.complete(task, submitted(task.node.detail.form, variables, task.execution))
    except ANSWERED as failure:
        raise wrapped(failure, f"Cannot submit task form {identity}: ") from failure
    return completed(task, with_variables)
