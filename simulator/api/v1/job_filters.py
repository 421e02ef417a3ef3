"""What job lists can be asked."""

from collections.abc import Callable, Iterable
from typing import Any

from simulator.api.v1.bodies import unreadable
from simulator.api.v1.filters import at_least, at_most, equals, flag, nothing, one_of, option
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import DATE, LONG, TRUTH, Form, Unconvertible
from simulator.api.v1.querying import Filter, Getter, Query, Queryable, Test
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing_work import job_definition_of, show_job_definition
from simulator.api.v1.task_filters import active
from simulator.engine.jobs import Job
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.timer_starts import TimerStart
from simulator.kernel.state import Instance

COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda found, value: found > value,
    "lt": lambda found, value: found < value,
}


def fact(name: str) -> Getter:
    """An attribute of the job."""
    return lambda _engine, job: job.facts.get(name)


def instance_of(job: Job) -> Instance | None:
    """The process instance that a job belongs to, if any."""
    return None if isinstance(job, TimerStart) else job.execution.instance


def _instance_key(_engine: ProcessEngine, job: Job) -> int | None:
    instance = instance_of(job)
    return None if instance is None else instance.key


def _instance_id(_engine: ProcessEngine, job: Job) -> str | None:
    instance = instance_of(job)
    return None if instance is None else show_id(instance.key)


def _execution_key(_engine: ProcessEngine, job: Job) -> int | None:
    return None if isinstance(job, TimerStart) else job.execution.key


def _execution_id(_engine: ProcessEngine, job: Job) -> str | None:
    return None if isinstance(job, TimerStart) else show_id(job.execution.key)


def _suspended(engine: ProcessEngine, job: Job) -> bool:
    instance = instance_of(job)
    return job_definition_of(engine, job).suspended if instance is None else instance.suspended


def _tenant(engine: ProcessEngine, job: Job) -> str | None:
    return job_definition_of(engine, job).tenant


def _process_key(engine: ProcessEngine, job: Job) -> str:
    return job_definition_of(engine, job).process_key


def _process_id(engine: ProcessEngine, job: Job) -> str:
    return definition_id(job_definition_of(engine, job))


def _executable(query: Query, value: bool) -> Iterable[Test]:
    if value:
        now = query.engine.clock.now()
        yield lambda job: job.facts["retries"] > 0 and (job.facts.get("due") or 0) <= now


def _conditions_text(value: str) -> list[tuple[str, Any]]:
    conditions = []
    for part in value.split(","):
        operator, found, moment = part.partition("_")
        if not found:
            raise Unconvertible("condition query parameter has to have format OPERATOR_VALUE.")
        conditions.append((operator, moment))
    return conditions


def _conditions_json(body: Any, name: str) -> Any:
    raise unreadable()


CONDITIONS = Form(_conditions_text, _conditions_json)


def times(name: str, get: Getter, words: str) -> Filter:
    """A filter by comparisons with times, written `gt_` or `lt_` and the time."""

    def ask(query: Query, conditions: list[tuple[str, Any]]) -> Iterable[Test]:
        for operator, moment in conditions:
            try:
                value = DATE.from_text(moment)
            except Unconvertible as refusal:
                raise invalid(f"Invalid {words} format: {refusal.reason}") from None
            if operator not in COMPARISONS:
                raise invalid(f"Invalid {words} comparator specified: {operator}")
            yield _compared(query, get, COMPARISONS[operator], value)

    return Filter(name, CONDITIONS, ask)


def _compared(query: Query, get: Getter, compare: Callable[[int, int], bool], value: int) -> Test:
    engine = query.engine

    def test(job: Job) -> bool:
        found = get(engine, job)
        return found is not None and compare(found, value)

    return test


def _tenants(query: Query, values: list[str]) -> Iterable[Test]:
    wanted, engine = set(values), query.engine
    without = query.holds("includeJobsWithoutTenantId")
    yield lambda job: _tenant(engine, job) in wanted or (without and _tenant(engine, job) is None)


JOBS = Queryable(
    filters=(
        equals("activityId", lambda _engine, job: job.node.id),
        equals("failedActivityId", fact("failed_at")),
        equals("jobId", lambda _engine, job: job.key, read=read_id),
        one_of("jobIds", lambda _engine, job: job.key, read=read_id),
        equals("executionId", _execution_key, read=read_id),
        equals("processInstanceId", _instance_key, read=read_id),
        one_of("processInstanceIds", _instance_key, read=read_id),
        equals("processDefinitionId", _process_id),
        equals("processDefinitionKey", _process_key),
        flag("withRetriesLeft", lambda _engine, job: job.facts["retries"] > 0),
        flag("noRetriesLeft", lambda _engine, job: job.facts["retries"] == 0),
        Filter("executable", TRUTH, _executable),
        flag("timers", lambda _engine, job: job.kind == "timer"),
        flag("messages", lambda _engine, job: job.kind != "timer"),
        flag("withException", lambda _engine, job: job.facts.get("message") is not None),
        equals("exceptionMessage", fact("message")),
        times("dueDates", fact("due"), "due date"),
        times("createTimes", lambda _engine, job: job.time, "create time"),
        active(lambda engine, job: not _suspended(engine, job)),
        flag("suspended", _suspended),
        at_least("priorityHigherThanOrEquals", lambda _engine, job: job.facts.get("priority", 0), LONG),
        at_most("priorityLowerThanOrEquals", lambda _engine, job: job.facts.get("priority", 0), LONG),
        equals(
            "jobDefinitionId",
            lambda engine, job: show_job_definition(job_definition_of(engine, job), job),
        ),
        Filter("tenantIdIn", one_of("tenantIdIn", _tenant).form, _tenants),
        flag("withoutTenantId", lambda engine, job: _tenant(engine, job) is None),
        option("includeJobsWithoutTenantId"),
        nothing("acquired", TRUTH),
    ),
    sorts={
        "jobId": lambda _engine, job: show_id(job.key),
        "executionId": _execution_id,
        "processInstanceId": _instance_id,
        "processDefinitionId": _process_id,
        "processDefinitionKey": _process_key,
        "jobRetries": fact("retries"),
        "jobDueDate": fact("due"),
        "jobPriority": lambda _engine, job: job.facts.get("priority", 0),
        "tenantId": _tenant,
    },
    identity=lambda job: job.key,
)
