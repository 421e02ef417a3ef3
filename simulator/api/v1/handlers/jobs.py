"""Jobs: asynchronous continuations and timers, listed, executed, given retries."""

from collections.abc import Iterable

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import read_object
from simulator.api.v1.errors import ANSWERED, as_rest_error
from simulator.api.v1.ids import read_id
from simulator.api.v1.job_filters import JOBS
from simulator.api.v1.query_forms import DATE, INTEGER
from simulator.api.v1.querying import Query
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_work import show_job
from simulator.engine.jobs import Job
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import NotFound


@operation("listJobs")
def list_jobs(call: Call, engine: ProcessEngine) -> Reply:
    """List jobs."""
    query = _read(call, engine, paged=True)
    return Reply(200, [show_job(engine, job) for job in query.find(_candidates(query))])


@operation("countJobs")
def count_jobs(call: Call, engine: ProcessEngine) -> Reply:
    """Count jobs."""
    query = _read(call, engine, paged=False)
    return Reply(200, {"count": query.count(_candidates(query))})


def _read(call: Call, engine: ProcessEngine, *, paged: bool) -> Query:
    query = JOBS.read(call, engine, paged=paged)
    if query.holds("timers") and query.holds("messages"):
        raise invalid("Parameter timers cannot be used together with parameter messages.")
    return query


def _candidates(query: Query) -> Iterable[Job]:
    """The jobs that may fit: those of one instance, where the query names one."""
    engine = query.engine
    wanted = query.values.get("processInstanceId")
    if wanted is None:
        return engine.jobs.open_jobs()
    instance = engine.state.instances.get(read_id(wanted))
    executions = () if instance is None or instance.ended else instance.execution.subtree()
    return [work for e in executions for work in e.work or () if work.key in engine.state.jobs]


@operation("getJob")
def get_job(call: Call, engine: ProcessEngine) -> Reply:
    """Show a job."""
    missing = f"Job with id {call.path['id']} does not exist"
    return Reply(
        200, show_job(engine, _find(call, engine, RestError(404, "InvalidRequestException", missing)))
    )


@operation("executeJob")
def execute_job(call: Call, engine: ProcessEngine) -> Reply:
    """Execute a job now; whatever the engine refuses or fails with is 404."""
    missing = f"ENGINE-14026 No job found with id '{call.path['id']}'"
    job = _find(call, engine, RestError(404, "InvalidRequestException", missing))
    try:
        engine.jobs.execute(job)
    except ANSWERED as failure:
        error = as_rest_error(failure)
        if error.code is None:
            raise RestError(500, "RestException", error.message) from failure
        raise invalid(error.message or "", 404) from failure
    return Reply(204)


@operation("setJobRetries")
def set_job_retries(call: Call, engine: ProcessEngine) -> Reply:
    """Give a job retries, and a due date where the body has one."""
    body = read_object(call)
    retries, due = INTEGER.from_json(body, "retries"), DATE.from_json(body, "dueDate")
    if retries is None:
        message = 'Cannot invoke "java.lang.Integer.intValue()" because the number of retries is null'
        raise RestError(500, "NullPointerException", message)
    if retries < 0:
        message = "The number of job retries must be a non-negative Integer, but"
        raise invalid(f"ENGINE-13054 {message} '{retries}' has been provided.", 500)
    missing = f"ENGINE-13053 No job found with id '{call.path['id']}'.'"
    job = _find(call, engine, RestError(500, "InvalidRequestException", missing))
    if "dueDate" in body:
        engine.jobs.set_retries(job, retries, due=due)
    else:
        engine.jobs.set_retries(job, retries)
    return Reply(204)


def _find(call: Call, engine: ProcessEngine, missing: RestError) -> Job:
    try:
        return engine.jobs.find(read_id(call.path["id"]))
    except NotFound:
        raise missing from None
