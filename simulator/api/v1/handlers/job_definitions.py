"""Job definitions: which jobs process definitions may bring about."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_job_definitions import JOB_DEFINITIONS, candidates
from simulator.api.v1.job_declarations import find_job_definition, show_declared_job
from simulator.api.v1.rest_error import invalid
from simulator.engine.process_engine import ProcessEngine


@operation("listJobDefinitions")
def list_job_definitions(call: Call, engine: ProcessEngine) -> Reply:
    """List job definitions."""
    query = JOB_DEFINITIONS.read(call, engine)
    return Reply(200, [show_declared_job(each) for each in query.find(candidates(query))])


@operation("countJobDefinitions")
def count_job_definitions(call: Call, engine: ProcessEngine) -> Reply:
    """Count job definitions."""
    query = JOB_DEFINITIONS.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(candidates(query))})


@operation("getJobDefinition")
def get_job_definition(call: Call, engine: ProcessEngine) -> Reply:
    """Show one job definition."""
    declared = find_job_definition(engine, call.path["id"])
    if declared is None:
        raise invalid(f"Job Definition with id {call.path['id']} does not exist", 404)
    return Reply(200, show_declared_job(declared))
