"""The retries of an external task, given from outside."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import read_object
from simulator.api.v1.finding_work import find_external_task
from simulator.api.v1.query_forms import INTEGER
from simulator.api.v1.rest_error import RestError, invalid
from simulator.engine import external_tasks
from simulator.engine.process_engine import ProcessEngine


@operation("setExternalTaskRetries")
def set_external_task_retries(call: Call, engine: ProcessEngine) -> Reply:
    """Give a task retries; none raises an incident, some resolve it."""
    retries = INTEGER.from_json(read_object(call), "retries")
    if retries is None:
        raise invalid("The number of retries cannot be null.")
    if retries < 0:
        message = "The number of retries cannot be negative: retries is not greater than or equal to 0"
        raise RestError(400, "BadUserRequestException", message, 0)
    external_tasks.set_retries(engine, find_external_task(engine, call.path["id"]), retries)
    return Reply(204)
