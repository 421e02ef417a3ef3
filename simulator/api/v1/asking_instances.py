"""What running process instances can be asked (GET and POST /process-instance)."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any

from simulator.api.v1.filters import (
    ensure_no_null,
    equals,
    flag,
    like,
    like_pattern,
    nothing,
    one_of,
    option,
    tenants,
)
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import TEXT, TEXT_SET, TEXTS, TRUTH, Form
from simulator.api.v1.querying import Filter, Query, Queryable, Test, engine_failure
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variable_criteria import variables
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Incident, Instance


def definition_of(engine: ProcessEngine, instance: Instance) -> Definition:
    """The definition that an instance runs."""
    return engine.deployments.definitions[instance.definition]


def ids(query: Query, values: list[Any]) -> Iterable[Test]:
    """The ids of process instances; an empty list of them is refused."""
    if not values:
        raise engine_failure("Set of process instance ids is empty")
    wanted = {read_id(value) for value in values if value is not None}
    yield lambda row: row.key in wanted


def _called_by(query: Query, value: str) -> Iterable[Test]:
    if query.holds("rootProcessInstances"):
        raise engine_failure(
            "Invalid query usage: cannot set both rootProcessInstances and superProcessInstanceId"
        )
    wanted = read_id(value)
    yield lambda row: row.caller is not None and row.caller.instance.key == wanted


def _caller_of(query: Query, value: str) -> Iterable[Test]:
    if query.holds("leafProcessInstances"):
        raise engine_failure(
            "Invalid query usage: cannot set both leafProcessInstances and subProcessInstanceId"
        )
    wanted = caller_of(query.engine, value)
    yield lambda row: row is wanted


def caller_of(engine: ProcessEngine, value: str) -> Instance | None:
    """The instance that called the running one of an id."""
    called = engine.state.instances.get(read_id(value))
    caller = None if called is None or called.ended else called.caller
    return None if caller is None else caller.instance


def _leaves(query: Query, value: bool) -> Iterable[Test]:
    """Has called nobody; inside `orQueries` too this must hold, whatever else does (live Camunda 7.24)."""
    if not value:
        return ()
    tests: list[Test] = [lambda row: not any(each.called for each in row.execution.subtree())]
    if query.within_or:
        query.always.extend(tests)
        return ()
    return tests


def _no_parameter(value: str) -> None:
    raise RestError(500, "IllegalArgumentException", "argument type mismatch")


def _active(query: Query, value: bool) -> Iterable[Test]:
    if value and not query.holds("suspended"):
        yield lambda row: not row.suspended


def _activities(query: Query, values: list[str | None]) -> Iterable[Test]:
    ensure_no_null(values, "activity ids")
    if values:
        wanted = frozenset(values)
        yield lambda row: any(
            each.node is not None and each.node.id in wanted for each in row.execution.subtree()
        )


def incidents_of(instance: Instance) -> Iterable[Incident]:
    """The open incidents of a running instance, those of instances it called apart."""
    return chain.from_iterable(each.incidents or () for each in instance.execution.subtree())


def _has_incident(tests: list[Test]) -> Test:
    return lambda row: any(all(test(incident) for test in tests) for incident in incidents_of(row))


def _message_like(value: str) -> Test:
    matches = like_pattern(value).fullmatch
    return lambda incident: incident.message is not None and matches(incident.message) is not None


INCIDENT_TESTS: Mapping[str, Callable[[Any], Test]] = {
    "withIncident": lambda _value: lambda _incident: True,
    "incidentId": lambda value: lambda incident: show_id(incident.key) == value,
    "incidentType": lambda value: lambda incident: incident.kind == value,
    "incidentMessage": lambda value: lambda incident: incident.message == value,
    "incidentMessageLike": _message_like,
}


def about_incidents(name: str) -> Filter:
    """One of the filters by incidents; the first that a query has asks for them all."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        given = [
            (each, query.values[each])
            for each in INCIDENT_TESTS
            if query.values.get(each) not in (None, False)
        ]
        if query.within_or:
            return [_has_incident([INCIDENT_TESTS[name](value)])] if value is not False else []
        if not given or given[0][0] != name:
            return []
        return [_has_incident([INCIDENT_TESTS[each](asked) for each, asked in given])]

    return Filter(name, TRUTH if name == "withIncident" else TEXT, ask)


PROCESS_INSTANCES = Queryable(
    filters=(
        option("orQueries", Form(_no_parameter, lambda _body, _name: None)),
        Filter("processInstanceIds", TEXT_SET, ids),
        equals("processDefinitionKey", lambda _engine, row: row.process.key),
        one_of("processDefinitionKeyIn", lambda _engine, row: row.process.key, "processDefinitionKeys"),
        one_of("processDefinitionKeyNotIn", lambda _engine, row: row.process.key, inverted=True),
        equals("deploymentId", lambda engine, row: definition_of(engine, row).deployment, read=read_id),
        equals("processDefinitionId", lambda engine, row: definition_id(definition_of(engine, row))),
        equals("businessKey", lambda _engine, row: row.business_key),
        like("businessKeyLike", lambda _engine, row: row.business_key),
        equals("caseInstanceId", lambda _engine, row: row.case_instance),
        nothing("superCaseInstance"),
        nothing("subCaseInstance"),
        Filter("active", TRUTH, _active),
        flag("suspended", lambda _engine, row: row.suspended),
        *map(about_incidents, INCIDENT_TESTS),
        tenants(),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        flag(
            "processDefinitionWithoutTenantId", lambda engine, row: definition_of(engine, row).tenant is None
        ),
        Filter("activityIdIn", TEXTS, _activities),
        flag("rootProcessInstances", lambda _engine, row: row.caller is None),
        Filter("superProcessInstance", TEXT, _called_by),
        Filter("leafProcessInstances", TRUTH, _leaves),
        Filter("subProcessInstance", TEXT, _caller_of),
        equals("rootProcessInstanceId", lambda _engine, row: row.root.key, read=read_id),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
        variables("variables", lambda _engine, row: row.execution.variables),
    ),
    sorts={
        "instanceId": lambda _engine, row: row.key,
        "definitionKey": lambda _engine, row: row.process.key,
        "definitionId": lambda engine, row: definition_id(definition_of(engine, row)),
        "tenantId": lambda _engine, row: row.tenant,
        "businessKey": lambda _engine, row: row.business_key,
    },
    identity=lambda row: row.key,
)


def candidates(query: Query) -> Iterable[Instance]:
    """The running instances among which those that a query asks for are: few, where a filter is selective."""
    state, values = query.engine.state, query.values
    if "processInstanceIds" in values:
        keys = {read_id(value) for value in values["processInstanceIds"] if value is not None}
        return running(query.engine, keys)
    if "subProcessInstance" in values:
        caller = caller_of(query.engine, values["subProcessInstance"])
        return () if caller is None else (caller,)
    if "superProcessInstance" in values:
        callers = running(query.engine, [read_id(values["superProcessInstance"])])
        return [
            each.called
            for caller in callers
            for each in caller.execution.subtree()
            if each.called is not None
        ]
    if "rootProcessInstanceId" in values:
        root = state.roots.get(read_id(values["rootProcessInstanceId"]))
        return () if root is None else [each for each in root.instances if not each.ended]
    if "businessKey" in values:
        return state.business.get(values["businessKey"], {}).values()
    if any(values.get(name) not in (None, False) for name in INCIDENT_TESTS):
        return {
            each.execution.instance.key: each.execution.instance for each in state.incidents.values()
        }.values()
    return chain.from_iterable(state.running.get(key, {}).values() for key in _definitions(query))


def running(engine: ProcessEngine, keys: Iterable[int]) -> list[Instance]:
    """The instances with these keys that have not ended."""
    found = (engine.state.instances.get(key) for key in keys)
    return [each for each in found if each is not None and not each.ended]


def _definitions(query: Query) -> Iterable[int]:
    """The keys of the definitions that a query leaves open."""
    values, store = query.values, query.engine.deployments
    if "processDefinitionId" in values:
        return (read_id(values["processDefinitionId"].rpartition(":")[2]),)
    if "processDefinitionKey" in values:
        wanted = values["processDefinitionKey"]
        places = [place for place in store.versions if place[0] == wanted]
        return [definition.key for place in places for definition in store.versions[place]]
    return list(query.engine.state.running)
