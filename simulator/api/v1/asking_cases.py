"""What case definitions and case instances can be asked (GET /case-definition, GET /case-instance)."""

from collections.abc import Iterable

from simulator.api.v1.filters import equals, flag, like, nothing, one_of, option, tenants
from simulator.api.v1.finding_cases import case_definition_id, case_definition_of
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import INTEGER, TRUTH
from simulator.api.v1.querying import Filter, Query, Queryable, Test, not_valid
from simulator.api.v1.variable_criteria import variables
from simulator.cmmn.lifecycle import ACTIVE, COMPLETED, TERMINATED
from simulator.kernel.state import Instance

OTHER_THAN_KEYS = (
    "caseDefinitionId", "caseDefinitionIdIn", "name", "nameLike", "version", "deploymentId",
)  # fmt: skip
"""Filters that don't go with asking for the newest versions (live Camunda 7.24)."""


def _version(query: Query, value: int) -> Iterable[Test]:
    if value <= 0:
        raise not_valid("version is not greater than 0")
    yield lambda row: row.version == value


def _newest(name: str) -> Filter:
    def ask(query: Query, value: bool) -> Iterable[Test]:
        if not value:
            return
        if any(each in query.values for each in OTHER_THAN_KEYS):
            message = "Calling latest() can only be used in combination with key(String) and keyLike(String)"
            query.refused = query.refused or not_valid(message)
        definitions = query.engine.cases.definitions
        yield lambda row: definitions.newest(row.case_key, row.tenant) is row

    return Filter(name, TRUTH, ask)


CASE_DEFINITIONS = Queryable(
    filters=(
        equals("caseDefinitionId", lambda _engine, row: case_definition_id(row)),
        one_of("caseDefinitionIdIn", lambda _engine, row: case_definition_id(row), "caseDefinitionIds"),
        equals("category", lambda _engine, row: row.category),
        like("categoryLike", lambda _engine, row: row.category),
        equals("name", lambda _engine, row: row.case.name),
        like("nameLike", lambda _engine, row: row.case.name),
        equals("deploymentId", lambda _engine, row: row.deployment, read=read_id),
        equals("key", lambda _engine, row: row.case_key),
        like("keyLike", lambda _engine, row: row.case_key),
        equals("resourceName", lambda _engine, row: row.resource),
        like("resourceNameLike", lambda _engine, row: row.resource),
        Filter("version", INTEGER, _version),
        _newest("latestVersion"),
        _newest("latest"),
        tenants("includeCaseDefinitionsWithoutTenantId"),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        option("includeCaseDefinitionsWithoutTenantId"),
    ),
    sorts={
        "category": lambda _engine, row: row.category,
        "key": lambda _engine, row: row.case_key,
        "id": lambda _engine, row: case_definition_id(row),
        "name": lambda _engine, row: row.case.name,
        "version": lambda _engine, row: row.version,
        "deploymentId": lambda _engine, row: show_id(row.deployment),
        "tenantId": lambda _engine, row: row.tenant,
    },
    identity=lambda row: row.key,
)


def _in_state(name: str, state: str) -> Filter:
    return flag(name, lambda engine, row: engine.cases.state_of(row) == state)


CASE_INSTANCES = Queryable(
    filters=(
        equals("caseInstanceId", lambda _engine, row: row.key, read=read_id),
        equals("businessKey", lambda _engine, row: row.business_key),
        equals("caseDefinitionKey", lambda _engine, row: row.process.key),
        equals(
            "caseDefinitionId",
            lambda engine, row: case_definition_id(case_definition_of(engine, row.execution)),
        ),
        equals(
            "deploymentId",
            lambda engine, row: case_definition_of(engine, row.execution).deployment,
            read=read_id,
        ),
        nothing("superProcessInstance"),
        nothing("subProcessInstance"),
        nothing("superCaseInstance"),
        nothing("subCaseInstance"),
        tenants(),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        _in_state("active", ACTIVE),
        _in_state("completed", COMPLETED),
        _in_state("terminated", TERMINATED),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
        variables("variables", lambda _engine, row: row.execution.variables),
    ),
    sorts={
        "caseInstanceId": lambda _engine, row: row.key,
        "caseDefinitionKey": lambda _engine, row: row.process.key,
        "caseDefinitionId": lambda engine, row: case_definition_id(case_definition_of(engine, row.execution)),
        "tenantId": lambda _engine, row: row.tenant,
    },
    identity=lambda row: row.key,
)


def candidates(query: Query) -> Iterable[Instance]:
    """The case instances among which those that a query asks for are: few, where a filter is selective."""
    state, values = query.engine.cases.state, query.values
    if "caseInstanceId" in values:
        found = state.instances.get(read_id(values["caseInstanceId"]))
        return () if found is None else (found,)
    if "businessKey" in values:
        return state.business.get(values["businessKey"], {}).values()
    return state.instances.values()
