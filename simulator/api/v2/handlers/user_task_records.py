"""Looking at user tasks."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import (
    NUMBER,
    PLAIN_KEY,
    PLAIN_TEXT,
    TEXT,
    TIME,
    Test,
    state_filter,
    time_value,
)
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import Kind, Mismatch
from simulator.api.v2.records import (
    ORIGIN,
    definition_of,
    found_in,
    get_record,
    show_origin,
    show_time,
    without_nothing,
)
from simulator.api.v2.searching import Searchable, search
from simulator.api.v2.variable_conditions import VARIABLES
from simulator.engine.camunda8.records import VariableRecord, WorkRecord

STATES = (
    "CREATING", "CREATED", "ASSIGNING", "UPDATING", "COMPLETING", "COMPLETED", "CANCELING", "CANCELED", "FAILED",
)  # fmt: skip
SORTS = ("name", "priority", "creationDate", "completionDate", "followUpDate", "dueDate")


def _show(record: WorkRecord, gateway: Gateway) -> dict[str, Any]:
    key, facts, node = gateway.show_key, record.facts, record.node
    definition = definition_of(record.instance, gateway)
    return without_nothing(
        {
            "userTaskKey": key(record.key),
            "name": node.name or node.id,
            "state": record.state,
            "assignee": facts.get("assignee"),
            "elementId": node.id,
            "elementInstanceKey": key(record.element),
            **show_origin(record.instance, gateway),
            "processDefinitionVersion": definition.version,
            "processName": definition.process.name,
            "candidateGroups": list(facts.get("candidate_groups") or ()),
            "candidateUsers": list(facts.get("candidate_users") or ()),
            "priority": facts["priority"],
            "creationDate": show_time(record.started),
            "completionDate": show_time(_completed(record)),
            "dueDate": show_time(_moment("due")(record, gateway)),
            "followUpDate": show_time(_moment("follow_up")(record, gateway)),
            "formKey": facts.get("form_key"),
            "externalFormReference": facts.get("external_form"),
            "customHeaders": facts.get("headers") or {},
        }
    )


def _completed(record: WorkRecord) -> int | None:
    return record.ended if record.state == "COMPLETED" else None


def _moment(name: str) -> Any:
    def read(record: WorkRecord, gateway: Gateway) -> int | None:
        try:
            return time_value(record.facts.get(name), False)
        except Mismatch:
            return None

    return read


def _any_of(kind: Kind) -> Kind:
    def read(value: Any, strict: bool) -> Test | None:
        test = kind(value, strict)
        return (
            None
            if test is None
            else lambda found: any(test(each) for each in found) or (not found and test(None))
        )

    return read


def _variables(record: WorkRecord, gateway: Gateway) -> list[VariableRecord]:
    return [
        each
        for each in gateway.broker.store.instances[record.instance.key].variables
        if each.scope == record.instance.key
    ]


def _local_variables(record: WorkRecord, gateway: Gateway) -> list[VariableRecord]:
    return [
        each
        for each in gateway.broker.store.instances[record.instance.key].variables
        if each.scope == record.element
    ]


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[WorkRecord]:
    return found_in(
        gateway, wanted, lambda store: store.user_tasks.values(), lambda records: records.user_tasks
    )


USER_TASKS = Searchable(
    key=lambda record: int(record.key),
    found=_found,
    read={
        **ORIGIN,
        "userTaskKey": lambda record, gateway: record.key,
        "name": lambda record, gateway: record.node.name or record.node.id,
        "state": lambda record, gateway: record.state,
        "assignee": lambda record, gateway: record.facts.get("assignee"),
        "priority": lambda record, gateway: record.facts["priority"],
        "elementId": lambda record, gateway: record.node.id,
        "elementInstanceKey": lambda record, gateway: record.element,
        "candidateGroup": lambda record, gateway: record.facts.get("candidate_groups") or (),
        "candidateUser": lambda record, gateway: record.facts.get("candidate_users") or (),
        "creationDate": lambda record, gateway: record.started,
        "completionDate": lambda record, gateway: _completed(record),
        "dueDate": _moment("due"),
        "followUpDate": _moment("follow_up"),
        "processInstanceVariables": _variables,
        "localVariables": _local_variables,
    },
    filters={
        "userTaskKey": PLAIN_KEY,
        "name": PLAIN_TEXT,
        "state": state_filter(STATES),
        "assignee": TEXT,
        "priority": NUMBER,
        "elementId": PLAIN_TEXT,
        "elementInstanceKey": PLAIN_KEY,
        "processInstanceKey": PLAIN_KEY,
        "processDefinitionKey": PLAIN_KEY,
        "processDefinitionId": PLAIN_TEXT,
        "candidateGroup": _any_of(TEXT),
        "candidateUser": _any_of(TEXT),
        "creationDate": TIME,
        "completionDate": TIME,
        "dueDate": TIME,
        "followUpDate": TIME,
        "processInstanceVariables": VARIABLES,
        "localVariables": VARIABLES,
        "tenantId": TEXT,
    },
    sorts=SORTS,
    show=_show,
    orders={},
)


@operation("searchUserTasks")
def search_user_tasks(call: Call, gateway: Gateway) -> Reply:
    """Search the user tasks of the engine's own."""
    return search(call, gateway, USER_TASKS)


@operation("getUserTask")
def get_user_task(call: Call, gateway: Gateway) -> Reply:
    """One user task."""
    tasks = gateway.broker.store.user_tasks
    return gateway.reply(_show(get_record(call, gateway, "userTaskKey", tasks, "User Task"), gateway))
