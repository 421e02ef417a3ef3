"""What the history of activities and variables can be asked (GET /history/activity-instance, /variable-instance)."""

from collections.abc import Iterable
from typing import Any

from simulator.api.v1.activity_types import activity_type
from simulator.api.v1.asking_instances import definition_of
from simulator.api.v1.filters import after, before, equals, flag, like, like_pattern, nothing, one_of, option
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_activity, show_id
from simulator.api.v1.query_forms import TEXT, TEXT_SET, TRUTH
from simulator.api.v1.querying import Filter, Query, Queryable, Test, engine_failure
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing_history import duration, show_owner, variable_id
from simulator.api.v1.variables import show_variable
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Instance, Root


def instance_of(engine: ProcessEngine, record: Any) -> Instance:
    """The process instance that a record belongs to."""
    return engine.state.instances[record.instance]


def _definition_id(engine: ProcessEngine, record: Any) -> str:
    return definition_id(definition_of(engine, instance_of(engine, record)))


def _canceled(query: Query, value: bool) -> Iterable[Test]:
    if value:
        if query.holds("completeScope"):
            raise engine_failure("Already querying for activity instance state <scopeComplete>")
        yield lambda row: row.cancelled


HISTORIC_ACTIVITY_INSTANCES = Queryable(
    filters=(
        equals("activityInstanceId", lambda _engine, row: show_activity(row.node, row.key)),
        equals("processInstanceId", lambda _engine, row: row.instance, read=read_id),
        equals("processDefinitionId", _definition_id),
        equals("executionId", lambda _engine, row: row.execution, read=read_id),
        equals("activityId", lambda _engine, row: row.node.id),
        equals("activityName", lambda _engine, row: row.node.name),
        like("activityNameLike", lambda _engine, row: row.node.name),
        equals("activityType", lambda _engine, row: activity_type(row.node)),
        equals("taskAssignee", lambda _engine, row: row.assignee),
        flag("finished", lambda _engine, row: row.ended),
        flag("unfinished", lambda _engine, row: not row.ended),
        flag("completeScope", lambda _engine, row: row.completes),
        Filter("canceled", TRUTH, _canceled),
        before("startedBefore", lambda _engine, row: row.started, inclusive=True),
        after("startedAfter", lambda _engine, row: row.started, inclusive=True),
        before("finishedBefore", lambda _engine, row: row.ended or None, inclusive=True),
        after("finishedAfter", lambda _engine, row: row.ended or None, inclusive=True),
        one_of("tenantIdIn", lambda engine, row: instance_of(engine, row).tenant, "tenantIds"),
        flag("withoutTenantId", lambda engine, row: instance_of(engine, row).tenant is None),
    ),
    sorts={
        "activityInstanceId": lambda _engine, row: show_activity(row.node, row.key),
        "instanceId": lambda _engine, row: row.instance,
        "executionId": lambda _engine, row: row.execution,
        "activityId": lambda _engine, row: row.node.id,
        "activityName": lambda _engine, row: row.node.name,
        "activityType": lambda _engine, row: activity_type(row.node),
        "startTime": lambda _engine, row: row.started,
        "endTime": lambda _engine, row: row.ended or None,
        "duration": lambda _engine, row: duration(row.started, row.ended),
        "definitionId": _definition_id,
        "occurrence": lambda _engine, row: row.key,
        "tenantId": lambda engine, row: instance_of(engine, row).tenant,
    },
    identity=lambda row: show_activity(row.node, row.key),
)


def roots(query: Query) -> Iterable[Root]:
    """The roots among whose records those that a query asks for are: one, where it names an instance."""
    state, values = query.engine.state, query.values
    wanted = values.get("processInstanceIdIn")
    if "processInstanceId" in values:
        wanted = [values["processInstanceId"]]
    if wanted is None:
        return state.roots.values()
    found = (state.instances.get(read_id(each)) for each in wanted)
    return {each.root.key: each.root for each in found if each is not None}.values()


def _named(query: Query, value: str) -> Iterable[Test]:
    if query.holds("variableNamesIgnoreCase"):
        folded = value.upper()
        yield lambda row: row.name.upper() == folded
    else:
        yield lambda row: row.name == value


def _name_like(query: Query, value: str) -> Iterable[Test]:
    folded = query.holds("variableNamesIgnoreCase")
    matches = like_pattern(value.upper() if folded else value).fullmatch
    yield lambda row: matches(row.name.upper() if folded else row.name) is not None


def _valued(query: Query, value: str) -> Iterable[Test]:
    """A value in a query parameter is a text, and needs the name beside it."""
    if "variableName" not in query.values:
        raise invalid(
            "Only a single variable value parameter specified: variable name and value are required to be able to "
            "query after a specific variable value."
        )
    folded = query.holds("variableValuesIgnoreCase")
    wanted = value.upper() if folded else value
    yield lambda row: type(row.value) is str and (row.value.upper() if folded else row.value) == wanted


def _typed(query: Query, values: list[str]) -> Iterable[Test]:
    wanted = {value[:1].lower() + value[1:] for value in values}
    yield lambda row: _type_name(row.value) in wanted


def _type_name(value: Any) -> str:
    name: str = show_variable(value, deserialize=False)["type"]
    return name[:1].lower() + name[1:]


HISTORIC_VARIABLE_INSTANCES = Queryable(
    filters=(
        equals("processInstanceId", lambda _engine, row: row.instance, read=read_id),
        equals("processDefinitionId", _definition_id),
        equals("processDefinitionKey", lambda engine, row: instance_of(engine, row).process.key),
        nothing("caseInstanceId"),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
        Filter("variableName", TEXT, _named),
        Filter("variableNameLike", TEXT, _name_like),
        Filter("variableValue", TEXT, _valued),
        Filter("variableTypeIn", TEXT_SET, _typed),
        one_of("executionIdIn", lambda _engine, row: show_id(row.execution), form=TEXT_SET),
        one_of("taskIdIn", lambda _engine, row: show_id(row.task) if row.task else None, form=TEXT_SET),
        one_of("processInstanceIdIn", lambda _engine, row: show_id(row.instance), form=TEXT_SET),
        one_of("activityInstanceIdIn", lambda _engine, row: show_owner(row.activity), form=TEXT_SET),
        nothing("caseExecutionIdIn", TEXT_SET),
        nothing("caseActivityIdIn", TEXT_SET),
        one_of("tenantIdIn", lambda engine, row: instance_of(engine, row).tenant, "tenantIds"),
        flag("withoutTenantId", lambda engine, row: instance_of(engine, row).tenant is None),
        option("includeDeleted"),
        one_of("variableNameIn", lambda _engine, row: row.name, form=TEXT_SET),
    ),
    sorts={
        "instanceId": lambda _engine, row: row.instance,
        "variableName": lambda _engine, row: row.name,
        "tenantId": lambda engine, row: instance_of(engine, row).tenant,
    },
    identity=variable_id,
)
