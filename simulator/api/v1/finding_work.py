"""Finding the tasks, jobs and executions that paths name."""

from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import RestError
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import NotFound
from simulator.kernel.state import Execution, Work


def find_task(engine: ProcessEngine, identity: str, missing: RestError) -> Work:
    """The open user task with an id; raises `missing`."""
    return _find(engine, identity, "user-task", missing)


def find_external_task(engine: ProcessEngine, identity: str) -> Work:
    """The external task with an id; raises `RestError` 404."""
    missing = RestError(404, "RestException", f"External task with id {identity} does not exist", 0)
    return _find(engine, identity, "external-task", missing)


def find_execution(engine: ProcessEngine, identity: str, missing: RestError) -> Execution:
    """The execution with an id; raises `missing`."""
    found = engine.state.executions.get(read_id(identity))
    if found is None:
        raise missing
    return found


def _find(engine: ProcessEngine, identity: str, kind: str, missing: RestError) -> Work:
    try:
        return engine.work(read_id(identity), kind)
    except NotFound:
        raise missing from None
