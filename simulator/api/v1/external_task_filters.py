"""What external task lists can be asked."""

from collections.abc import Iterable

from simulator.api.v1.filters import after, at_least, at_most, before, equals, flag, like, one_of, option
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import LONG, TEXT_SET, TRUTH
from simulator.api.v1.querying import Filter, Query, Queryable, Test
from simulator.api.v1.task_filters import (
    active,
    created,
    element,
    instance_key,
    process_id,
    process_key,
    process_name,
    suspended,
    tenant,
)
from simulator.api.v1.task_people_filters import fact
from simulator.api.v1.variable_criteria import variables
from simulator.kernel.state import Work


def _locked(query: Query, value: bool, wanted: bool) -> Iterable[Test]:
    if not value:
        return
    now = query.engine.clock.now()

    def test(task: Work) -> bool:
        until = task.facts["locked_until"]
        return (until is not None and until > now) is wanted

    yield test


EXTERNAL_TASKS = Queryable(
    filters=(
        equals("externalTaskId", lambda _engine, task: task.key, read=read_id),
        one_of("externalTaskIdIn", lambda _engine, task: task.key, read=read_id, form=TEXT_SET),
        equals("activityId", element),
        one_of("activityIdIn", element),
        before("lockExpirationBefore", fact("locked_until")),
        after("lockExpirationAfter", fact("locked_until")),
        equals("topicName", fact("topic")),
        Filter("locked", TRUTH, lambda query, value: _locked(query, value, True)),
        Filter("notLocked", TRUTH, lambda query, value: _locked(query, value, False)),
        equals("executionId", lambda _engine, task: task.execution.key, read=read_id),
        equals("processInstanceId", instance_key, read=read_id),
        one_of("processInstanceIdIn", instance_key, read=read_id),
        equals("processDefinitionKey", process_key),
        one_of("processDefinitionKeyIn", process_key),
        equals("processDefinitionId", process_id),
        equals("processDefinitionName", process_name),
        like("processDefinitionNameLike", process_name),
        active(lambda engine, task: not suspended(engine, task)),
        flag("suspended", suspended),
        flag("withRetriesLeft", lambda _engine, task: task.facts["retries"] != 0),
        flag("noRetriesLeft", lambda _engine, task: task.facts["retries"] == 0),
        equals("workerId", fact("worker")),
        one_of("tenantIdIn", tenant),
        at_least("priorityHigherThanOrEquals", fact("priority"), LONG),
        at_most("priorityLowerThanOrEquals", fact("priority"), LONG),
        variables(
            "processVariables", lambda _engine, task: task.execution.instance.execution.variables, "process "
        ),
        option("variableNamesIgnoreCase"),
        option("variableValuesIgnoreCase"),
    ),
    sorts={
        "id": lambda _engine, task: show_id(task.key),
        "lockExpirationTime": fact("locked_until"),
        "processInstanceId": lambda _engine, task: show_id(task.execution.instance.key),
        "processDefinitionId": process_id,
        "processDefinitionKey": process_key,
        "tenantId": tenant,
        "taskPriority": fact("priority"),
        "createTime": created,
    },
    identity=lambda task: task.key,
)
