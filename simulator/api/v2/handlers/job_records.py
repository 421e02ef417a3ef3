"""Looking at jobs."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import KEY, NUMBER, TEXT, TIME, TRUTH, state_filter
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.records import ORIGIN, found_in, show_origin, show_time, without_nothing
from simulator.api.v2.searching import Searchable, search
from simulator.engine.camunda8.records import WorkRecord

STATES = (
    "CREATED", "COMPLETED", "FAILED", "RETRIES_UPDATED", "TIMED_OUT", "ERROR_THROWN", "CANCELED", "MIGRATED",
)  # fmt: skip
KIND, LISTENER_EVENT = "BPMN_ELEMENT", "UNSPECIFIED"
KINDS = (KIND, "EXECUTION_LISTENER", "TASK_LISTENER", "AD_HOC_SUB_PROCESS")
LISTENER_EVENTS = (
    LISTENER_EVENT, "START", "END", "CREATING", "ASSIGNING", "UPDATING", "COMPLETING", "CANCELING",
)  # fmt: skip
SORTS = (
    "jobKey", "type", "worker", "state", "kind", "listenerEventType", "retries", "deadline", "endTime", "errorCode",
    "errorMessage", "isDenied", "deniedReason", "elementId", "elementInstanceKey", "processInstanceKey",
    "processDefinitionKey", "processDefinitionId", "tenantId",
)  # fmt: skip


def _has_failed_with_retries_left(record: WorkRecord, gateway: Gateway) -> bool:
    return record.state == "FAILED" and record.facts["retries"] > 0


def _show(record: WorkRecord, gateway: Gateway) -> dict[str, Any]:
    key, facts = gateway.show_key, record.facts
    return without_nothing(
        {
            "jobKey": key(record.key),
            "type": facts["type"],
            "worker": facts.get("worker") or "",
            "state": record.state,
            "kind": KIND,
            "listenerEventType": LISTENER_EVENT,
            "retries": facts["retries"],
            "hasFailedWithRetriesLeft": _has_failed_with_retries_left(record, gateway),
            "customHeaders": facts["headers"],
            "deadline": show_time(facts.get("deadline")),
            "endTime": show_time(record.ended),
            "errorCode": facts.get("error_code"),
            "errorMessage": facts.get("message"),
            "elementId": record.node.id,
            "elementInstanceKey": key(record.element),
            **show_origin(record.instance, gateway),
        }
    )


def _fact(name: str) -> Any:
    return lambda record, gateway: record.facts.get(name)


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[WorkRecord]:
    return found_in(gateway, wanted, lambda store: store.jobs.values(), lambda records: records.jobs)


JOBS = Searchable(
    key=lambda record: int(record.key),
    found=_found,
    read={
        **ORIGIN,
        "jobKey": lambda record, gateway: record.key,
        "type": _fact("type"),
        "worker": lambda record, gateway: record.facts.get("worker") or "",
        "state": lambda record, gateway: record.state,
        "kind": lambda record, gateway: KIND,
        "listenerEventType": lambda record, gateway: LISTENER_EVENT,
        "retries": _fact("retries"),
        "hasFailedWithRetriesLeft": _has_failed_with_retries_left,
        "deadline": _fact("deadline"),
        "endTime": lambda record, gateway: record.ended,
        "errorCode": _fact("error_code"),
        "errorMessage": _fact("message"),
        "isDenied": lambda record, gateway: None,
        "deniedReason": lambda record, gateway: None,
        "elementId": lambda record, gateway: record.node.id,
        "elementInstanceKey": lambda record, gateway: record.element,
    },
    filters={
        "jobKey": KEY,
        "type": TEXT,
        "worker": TEXT,
        "state": state_filter(STATES),
        "kind": state_filter(KINDS),
        "listenerEventType": state_filter(LISTENER_EVENTS),
        "retries": NUMBER,
        "hasFailedWithRetriesLeft": TRUTH,
        "deadline": TIME,
        "endTime": TIME,
        "errorCode": TEXT,
        "errorMessage": TEXT,
        "isDenied": TRUTH,
        "deniedReason": TEXT,
        "elementId": TEXT,
        "elementInstanceKey": KEY,
        "processInstanceKey": KEY,
        "processDefinitionKey": KEY,
        "processDefinitionId": TEXT,
        "tenantId": TEXT,
    },
    sorts=SORTS,
    show=_show,
    orders={},
)


@operation("searchJobs")
def search_jobs(call: Call, gateway: Gateway) -> Reply:
    """Search jobs."""
    return search(call, gateway, JOBS)
