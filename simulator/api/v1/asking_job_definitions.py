"""What lists of job definitions can be asked (GET and POST /job-definition)."""

from collections.abc import Iterable

from simulator.api.v1.filters import ensure_no_null, equals, flag, one_of, option
from simulator.api.v1.finding import definition_id
from simulator.api.v1.job_declarations import JobDefinition, declared_jobs
from simulator.api.v1.query_forms import TEXT_SET, TEXTS, TRUTH
from simulator.api.v1.querying import Filter, Query, Queryable, Test
from simulator.api.v1.task_filters import active
from simulator.engine.process_engine import ProcessEngine


def _process_id(_engine: ProcessEngine, row: JobDefinition) -> str:
    return definition_id(row.definition)


def _process_key(_engine: ProcessEngine, row: JobDefinition) -> str:
    return row.definition.process_key


def _tenant(_engine: ProcessEngine, row: JobDefinition) -> str | None:
    return row.definition.tenant


def _overriding(_query: Query, value: bool) -> Iterable[Test]:
    if value:
        yield lambda _row: False


def _tenants(query: Query, values: list[str]) -> Iterable[Test]:
    """One of some tenants; `withoutTenantId` beside it has the last word."""
    ensure_no_null(values, "tenantIds")
    if values and not query.holds("withoutTenantId"):
        wanted = {*values, None} if query.holds("includeJobDefinitionsWithoutTenantId") else set(values)
        yield lambda row: row.definition.tenant in wanted


JOB_DEFINITIONS = Queryable(
    filters=(
        equals("jobDefinitionId", lambda _engine, row: row.id),
        one_of("activityIdIn", lambda _engine, row: row.node.id, "Activity ids", form=TEXT_SET),
        equals("processDefinitionId", _process_id),
        equals("processDefinitionKey", _process_key),
        equals("jobType", lambda _engine, row: row.kind),
        equals("jobConfiguration", lambda _engine, row: row.configuration),
        active(lambda _engine, row: not row.definition.suspended),
        flag("suspended", lambda _engine, row: row.definition.suspended),
        Filter("withOverridingJobPriority", TRUTH, _overriding),
        Filter("tenantIdIn", TEXTS, _tenants),
        flag("withoutTenantId", lambda _engine, row: row.definition.tenant is None),
        option("includeJobDefinitionsWithoutTenantId"),
    ),
    sorts={
        "jobDefinitionId": lambda _engine, row: (row.definition.key, row.rank),
        "activityId": lambda _engine, row: row.node.id,
        "processDefinitionId": _process_id,
        "processDefinitionKey": _process_key,
        "jobType": lambda _engine, row: row.kind,
        "jobConfiguration": lambda _engine, row: row.configuration,
        "tenantId": _tenant,
    },
    identity=lambda row: (row.definition.key, row.rank),
)


def candidates(query: Query) -> Iterable[JobDefinition]:
    """The job definitions of all process definitions that are deployed."""
    for definition in query.engine.deployments.present():
        yield from declared_jobs(definition)
