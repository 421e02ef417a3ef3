"""The variables of running instances as rows of their own."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_variables import VARIABLE_INSTANCES, candidates
from simulator.api.v1.held_variable_rows import HeldVariable, held_by, show_held_variable
from simulator.api.v1.held_variables import wants_deserialized
from simulator.api.v1.rest_error import invalid
from simulator.engine.process_engine import ProcessEngine


@operation("listVariableInstances")
def list_variable_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List variables."""
    query = VARIABLE_INSTANCES.read(call, engine)
    deserialize = wants_deserialized(call, "deserializeValues")
    found = query.find(candidates(query))
    return Reply(200, [show_held_variable(row, deserialize=deserialize) for row in found])


@operation("queryVariableInstances")
def query_variable_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List variables by a body."""
    return list_variable_instances(call, engine)


@operation("countVariableInstances")
def count_variable_instances(call: Call, engine: ProcessEngine) -> Reply:
    """Count variables."""
    query = VARIABLE_INSTANCES.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(candidates(query))})


@operation("countVariableInstancesByQuery")
def count_variable_instances_by_query(call: Call, engine: ProcessEngine) -> Reply:
    """Count variables by a body."""
    return count_variable_instances(call, engine)


@operation("getVariableInstance")
def get_variable_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Show one variable."""
    row = _find(engine, call.path["id"])
    if row is None:
        raise invalid(f"Variable instance with Id '{call.path['id']}' does not exist.", 404)
    return Reply(200, show_held_variable(row, deserialize=wants_deserialized(call, "deserializeValue")))


def _find(engine: ProcessEngine, identity: str) -> HeldVariable | None:
    for state in (engine.state, engine.cases.state):
        for row in held_by(engine, state.executions.values()):
            if row.id == identity:
                return row
    return None
