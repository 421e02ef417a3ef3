"""Running process instances: finding, showing, ending, suspending."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_instances import PROCESS_INSTANCES, candidates
from simulator.api.v1.bodies import read_object, truth
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing import show_instance
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import NotFound
from simulator.kernel.state import Instance


@operation("listProcessInstances")
def list_process_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List running instances by query parameters."""
    query = PROCESS_INSTANCES.read(call, engine)
    return Reply(200, [show_instance(engine, found) for found in query.find(candidates(query))])


@operation("queryProcessInstances")
def query_process_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List running instances by a body."""
    return list_process_instances(call, engine)


@operation("countProcessInstances")
def count_process_instances(call: Call, engine: ProcessEngine) -> Reply:
    """Count running instances by query parameters."""
    query = PROCESS_INSTANCES.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(candidates(query))})


@operation("countProcessInstancesByQuery")
def count_process_instances_by_query(call: Call, engine: ProcessEngine) -> Reply:
    """Count running instances by a body."""
    return count_process_instances(call, engine)


@operation("getProcessInstance")
def get_process_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Show one running instance."""
    return Reply(200, show_instance(engine, find_instance(call, engine)))


@operation("deleteProcessInstance")
def delete_process_instance(call: Call, engine: ProcessEngine) -> Reply:
    """End an instance, with those that called it and those it called."""
    identity = call.path["id"]
    try:
        instance = engine.instance(read_id(identity))
    except NotFound:
        if not is_true(call, "failIfNotExists", default=True):
            return Reply(204)
        message = f"No process instance found for id '{identity}': processInstance is null"
        raise RestError(404, "InvalidRequestException", message, 0) from None
    engine.delete(
        instance,
        None,
        skip_listeners=is_true(call, "skipCustomListeners"),
        skip_mappings=is_true(call, "skipIoMappings"),
        skip_called=is_true(call, "skipSubprocesses"),
    )
    return Reply(204)


@operation("setProcessInstanceSuspension")
def set_process_instance_suspension(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate an instance; an unknown one is no error."""
    suspended = truth(read_object(call), "suspended") or False
    instance = engine.state.instances.get(read_id(call.path["id"]))
    if instance is not None and not instance.ended:
        engine.suspend(instance, suspended)
    return Reply(204)


def find_instance(call: Call, engine: ProcessEngine) -> Instance:
    """The running instance that a path names; raises `RestError` 404."""
    identity = call.path["id"]
    try:
        return engine.instance(read_id(identity))
    except NotFound:
        raise invalid(f"Process instance with id {identity} does not exist", 404) from None


def is_true(call: Call, name: str, *, default: bool = False) -> bool:
    """A boolean query parameter: any other word than `true` is false."""
    given = (call.query.get(name) or [""])[0]
    return given.lower() == "true" if given else default
