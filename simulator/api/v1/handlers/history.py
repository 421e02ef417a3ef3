"""What has happened: process instances, activity instances and variables, running and over."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_historic_instances import HISTORIC_PROCESS_INSTANCES, candidates
from simulator.api.v1.asking_history import HISTORIC_ACTIVITY_INSTANCES, HISTORIC_VARIABLE_INSTANCES, roots
from simulator.api.v1.handlers.process_instances import is_true
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing_history import (
    show_historic_activity,
    show_historic_instance,
    show_historic_variable,
)
from simulator.engine.process_engine import ProcessEngine


@operation("listHistoricProcessInstances")
def list_historic_process_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List process instances."""
    query = HISTORIC_PROCESS_INSTANCES.read(call, engine)
    return Reply(200, [show_historic_instance(engine, found) for found in query.find(candidates(query))])


@operation("countHistoricProcessInstances")
def count_historic_process_instances(call: Call, engine: ProcessEngine) -> Reply:
    """Count process instances."""
    query = HISTORIC_PROCESS_INSTANCES.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(candidates(query))})


@operation("getHistoricProcessInstance")
def get_historic_process_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Show one process instance."""
    identity = call.path["id"]
    instance = engine.state.instances.get(read_id(identity))
    if instance is None:
        raise invalid(f"Historic process instance with id {identity} does not exist", 404)
    return Reply(200, show_historic_instance(engine, instance))


@operation("listHistoricActivityInstances")
def list_historic_activity_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List activity instances."""
    query = HISTORIC_ACTIVITY_INSTANCES.read(call, engine)
    found = query.find(engine.history.activities(roots(query)))
    return Reply(200, [show_historic_activity(engine, record) for record in found])


@operation("queryHistoricActivityInstances")
def query_historic_activity_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List activity instances by a body."""
    return list_historic_activity_instances(call, engine)


@operation("listHistoricVariableInstances")
def list_historic_variable_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List variables, deleted ones only where asked for."""
    query = HISTORIC_VARIABLE_INSTANCES.read(call, engine)
    records = engine.history.variables(roots(query))
    if not query.holds("includeDeleted"):
        records = (record for record in records if not record.deleted)
    deserialize = is_true(call, "deserializeValues", default=True)
    found = query.find(records)
    return Reply(200, [show_historic_variable(engine, record, deserialize=deserialize) for record in found])
