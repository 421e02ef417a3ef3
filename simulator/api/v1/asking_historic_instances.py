"""What the history of process instances can be asked (GET /history/process-instance)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.api.v1.asking_instances import definition_of, ids
from simulator.api.v1.filters import after, before, equals, flag, like, like_pattern, nothing, one_of, option
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import DATE, TEXT, TEXT_SET, TEXTS, TRUTH, Form
from simulator.api.v1.querying import Filter, Query, Queryable, Test
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variable_criteria import CRITERIA, Criterion, compare
from simulator.engine.history import state_of
from simulator.engine.history_records import ActivityRecord, IncidentRecord
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Instance

STATES = {
    "active": "ACTIVE",
    "suspended": "SUSPENDED",
    "completed": "COMPLETED",
    "externallyTerminated": "EXTERNALLY_TERMINATED",
    "internallyTerminated": "INTERNALLY_TERMINATED",
}


def _key(engine: ProcessEngine, row: Instance) -> str | None:
    """The key of an instance's definition, None once that is deleted."""
    definition = definition_of(engine, row)
    return None if definition.deleted else definition.process_key


def _name(engine: ProcessEngine, row: Instance) -> str | None:
    definition = definition_of(engine, row)
    return None if definition.deleted else definition.process.name


def _version(engine: ProcessEngine, row: Instance) -> int | None:
    definition = definition_of(engine, row)
    return None if definition.deleted else definition.version


def _keys_not_in(query: Query, values: list[str]) -> Iterable[Test]:
    """Keys are compared as LIKE patterns; a list without any breaks the engine's SQL."""
    patterns = [like_pattern(value).fullmatch for value in values]
    if not patterns:
        message = (
            "An exception occurred in the persistence layer. Please check the server logs for a detailed message and "
            "the entire exception stack trace."
        )
        raise RestError(500, "ProcessEnginePersistenceException", message, 0)
    engine = query.engine

    def test(row: Instance) -> bool:
        key = _key(engine, row)
        return key is not None and not any(matches(key) for matches in patterns)

    yield test


def _state(name: str) -> Filter:
    """One of the states, of which a query may ask one only."""

    def ask(query: Query, value: bool) -> Iterable[Test]:
        if not value:
            return
        earlier = [each for each in STATES if query.holds(each)]
        if earlier[0] != name:
            message = (
                f"Already querying for historic process instance with another state: {STATES[earlier[0]]}"
            )
            raise RestError(400, "BadUserRequestException", f"{message} is not empty", 0)
        yield lambda row: state_of(row) == STATES[name]

    return Filter(name, TRUTH, ask)


def _called_by(query: Query, value: str) -> Iterable[Test]:
    if query.holds("rootProcessInstances"):
        message = "Invalid query usage: cannot set both rootProcessInstances and superProcessInstanceId"
        raise RestError(400, "BadUserRequestException", message, 0)
    wanted = read_id(value)
    yield lambda row: row.caller is not None and row.caller.instance.key == wanted


def caller_of(engine: ProcessEngine, value: str) -> Instance | None:
    """The instance that called the one of an id, running or over."""
    called = engine.state.instances.get(read_id(value))
    return None if called is None or called.caller is None else called.caller.instance


def _caller_of(query: Query, value: str) -> Iterable[Test]:
    wanted = caller_of(query.engine, value)
    yield lambda row: row is wanted


def _activities(engine: ProcessEngine, instance: Instance) -> Iterable[ActivityRecord]:
    records = engine.history.of(instance.root).activities.values()
    return (record for record in records if record.instance == instance.key)


def _incidents(engine: ProcessEngine, instance: Instance) -> Iterable[IncidentRecord]:
    records = engine.history.of(instance.root).incidents.values()
    return (record for record in records if record.instance == instance.key)


def _ran(name: str, form: Form, fits: Callable[[Any], Callable[[ActivityRecord], bool]]) -> Filter:
    """A filter that asks whether there is an activity instance of some kind."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        if value == []:
            return
        test, engine = fits(value), query.engine
        yield lambda row: any(map(test, _activities(engine, row)))

    return Filter(name, form, ask)


def _at_or_stuck(query: Query, values: list[str]) -> Iterable[Test]:
    """At an activity now, or with an open incident there."""
    if values:
        wanted, engine = frozenset(values), query.engine
        yield (
            lambda row: (
                any(not each.ended and each.node.id in wanted for each in _activities(engine, row))
                or any(each.status == "open" and each.node.id in wanted for each in _incidents(engine, row))
            )
        )


def _job_executed(name: str, fits: Callable[[int, int], bool]) -> Filter:
    def ask(query: Query, value: int) -> Iterable[Test]:
        engine = query.engine
        yield lambda row: any(
            instance == row.key and fits(time, value)
            for instance, time in engine.history.of(row.root).jobs_executed
        )

    return Filter(name, DATE, ask)


def _retrying(engine: ProcessEngine, row: Instance) -> bool:
    jobs = engine.state.jobs
    return any(
        work.key in jobs and work.facts["retries"] > 0 and work.facts.get("message") is not None
        for execution in row.execution.subtree()
        for work in execution.work or ()
    )


INCIDENT_TESTS: Mapping[str, Callable[[Any], Test]] = {
    "withIncidents": lambda _value: lambda _incident: True,
    "withRootIncidents": lambda _value: lambda incident: incident.root_cause,
    "incidentStatus": lambda value: lambda incident: incident.status == value,
    "incidentType": lambda value: lambda incident: incident.kind == value,
    "incidentMessage": lambda value: lambda incident: incident.message == value,
    "incidentMessageLike": lambda value: (
        lambda incident: (
            incident.message is not None and like_pattern(value).fullmatch(incident.message) is not None
        )
    ),
    "incidentIdIn": lambda value: lambda incident: show_id(incident.key) in value,
}
FLAGS = ("withIncidents", "withRootIncidents")


def _about_incidents(name: str) -> Filter:
    """One of the filters by incidents; the first that a query has asks one incident for them all."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        given = [each for each in INCIDENT_TESTS if query.values.get(each) not in (None, False, [])]
        if given and given[0] == name:
            tests, engine = [INCIDENT_TESTS[each](query.values[each]) for each in given], query.engine
            yield lambda row: any(all(test(each) for test in tests) for each in _incidents(engine, row))

    return Filter(name, TRUTH if name in FLAGS else TEXTS if name == "incidentIdIn" else TEXT, ask)


def _variables(query: Query, criteria: list[Criterion | None]) -> Iterable[Test]:
    """Variables of any scope of the instance count, those that were deleted too."""
    engine, folded = query.engine, query.holds("variableNamesIgnoreCase")
    for criterion in criteria:
        if criterion is None:
            raise RestError(500, "NullPointerException", 'Cannot invoke a method because "variable" is null')
        matches = compare(query, criterion)
        name = criterion.name or ""
        yield _variable_test(engine, name.upper() if folded else name, matches, folded=folded)


def _variable_test(engine: ProcessEngine, name: str, matches: Test, *, folded: bool) -> Test:
    return lambda row: any(
        record.instance == row.key
        and (record.name.upper() if folded else record.name) == name
        and matches(record.value)
        for record in engine.history.of(row.root).variables
    )


HISTORIC_PROCESS_INSTANCES = Queryable(
    filters=(
        equals("processInstanceId", lambda _engine, row: row.key, read=read_id),
        Filter("processInstanceIds", TEXT_SET, ids),
        one_of("processInstanceIdNotIn", lambda _engine, row: show_id(row.key), inverted=True),
        equals("rootProcessInstanceId", lambda _engine, row: row.root.key, read=read_id),
        equals("processDefinitionId", lambda engine, row: definition_id(definition_of(engine, row))),
        equals("processDefinitionKey", _key),
        one_of("processDefinitionKeyIn", _key, "processDefinitionKeys"),
        equals("processDefinitionName", _name),
        like("processDefinitionNameLike", _name),
        Filter("processDefinitionKeyNotIn", TEXTS, _keys_not_in),
        equals("processInstanceBusinessKey", lambda _engine, row: row.business_key),
        one_of("processInstanceBusinessKeyIn", lambda _engine, row: row.business_key, "businessKeyIn"),
        like("processInstanceBusinessKeyLike", lambda _engine, row: row.business_key),
        flag("rootProcessInstances", lambda _engine, row: row.caller is None),
        flag("finished", lambda _engine, row: row.ended),
        flag("unfinished", lambda _engine, row: not row.ended),
        flag("withJobsRetrying", _retrying),
        *map(_about_incidents, INCIDENT_TESTS),
        before("startedBefore", lambda _engine, row: row.started, inclusive=True),
        after("startedAfter", lambda _engine, row: row.started, inclusive=True),
        before("finishedBefore", lambda _engine, row: row.ended or None, inclusive=True),
        after("finishedAfter", lambda _engine, row: row.ended or None, inclusive=True),
        nothing("startedBy"),
        Filter("superProcessInstanceId", TEXT, _called_by),
        Filter("subProcessInstanceId", TEXT, _caller_of),
        nothing("superCaseInstanceId"),
        nothing("subCaseInstanceId"),
        equals("caseInstanceId", lambda _engine, row: row.case_instance),
        one_of("tenantIdIn", lambda _engine, row: row.tenant, "tenantIds"),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        _ran("executedActivityAfter", DATE, lambda value: lambda record: record.ended >= value),
        _ran("executedActivityBefore", DATE, lambda value: lambda record: 0 < record.ended <= value),
        _ran(
            "executedActivityIdIn",
            TEXTS,
            lambda value: lambda record: bool(record.ended) and record.node.id in value,
        ),
        _ran(
            "activeActivityIdIn",
            TEXTS,
            lambda value: lambda record: not record.ended and record.node.id in value,
        ),
        Filter("activityIdIn", TEXTS, _at_or_stuck),
        _job_executed("executedJobAfter", lambda time, value: time >= value),
        _job_executed("executedJobBefore", lambda time, value: time <= value),
        *map(_state, STATES),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
        Filter("variables", CRITERIA, _variables),
    ),
    sorts={
        "instanceId": lambda _engine, row: row.key,
        "definitionId": lambda engine, row: definition_id(definition_of(engine, row)),
        "definitionKey": _key,
        "definitionName": _name,
        "definitionVersion": _version,
        "businessKey": lambda _engine, row: row.business_key,
        "startTime": lambda _engine, row: row.started,
        "endTime": lambda _engine, row: row.ended or None,
        "duration": lambda _engine, row: row.ended - row.started if row.ended else None,
        "tenantId": lambda _engine, row: row.tenant,
    },
    identity=lambda row: row.key,
)


def candidates(query: Query) -> Iterable[Instance]:
    """The instances, running or over, among which those that a query asks for are."""
    state, values = query.engine.state, query.values
    if "processInstanceId" in values:
        found = state.instances.get(read_id(values["processInstanceId"]))
        return () if found is None else (found,)
    if "processInstanceIds" in values:
        keys = {read_id(value) for value in values["processInstanceIds"] if value is not None}
        return [state.instances[key] for key in keys if key in state.instances]
    if "subProcessInstanceId" in values:
        caller = caller_of(query.engine, values["subProcessInstanceId"])
        return () if caller is None else (caller,)
    if "superProcessInstanceId" in values:
        found = state.instances.get(read_id(values["superProcessInstanceId"]))
        return () if found is None else found.root.instances
    if "rootProcessInstanceId" in values:
        root = state.roots.get(read_id(values["rootProcessInstanceId"]))
        return () if root is None else root.instances
    return state.instances.values()
