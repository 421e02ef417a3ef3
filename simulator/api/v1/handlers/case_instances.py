"""Case instances: listing, counting, showing."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_cases import CASE_INSTANCES, candidates
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing_cases import show_case_instance
from simulator.engine.process_engine import ProcessEngine


@operation("listCaseInstances")
def list_case_instances(call: Call, engine: ProcessEngine) -> Reply:
    """List case instances, those that are over and not closed too."""
    query = CASE_INSTANCES.read(call, engine)
    return Reply(200, [show_case_instance(engine, found) for found in query.find(candidates(query))])


@operation("countCaseInstances")
def count_case_instances(call: Call, engine: ProcessEngine) -> Reply:
    """Count case instances."""
    query = CASE_INSTANCES.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(candidates(query))})


@operation("getCaseInstance")
def get_case_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Show one case instance."""
    identity = call.path["id"]
    instance = engine.cases.state.instances.get(read_id(identity))
    if instance is None:
        raise invalid(f"Case instance with id {identity} does not exist.", 404)
    return Reply(200, show_case_instance(engine, instance))
