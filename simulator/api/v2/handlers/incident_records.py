"""Looking at incidents."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import PLAIN_KEY, PLAIN_TEXT, TIME, name_filter
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.records import (
    ORIGIN,
    found_in,
    get_record,
    show_origin,
    show_time,
    without_nothing,
)
from simulator.api.v2.searching import Searchable, search
from simulator.engine.camunda8.records import IncidentRecord

STATES = ("ACTIVE", "MIGRATED", "PENDING", "RESOLVED")
ERROR_TYPES = (
    "UNSPECIFIED", "UNKNOWN", "IO_MAPPING_ERROR", "JOB_NO_RETRIES", "EXECUTION_LISTENER_NO_RETRIES",
    "TASK_LISTENER_NO_RETRIES", "AD_HOC_SUB_PROCESS_NO_RETRIES", "CONDITION_ERROR", "EXTRACT_VALUE_ERROR",
    "CALLED_ELEMENT_ERROR", "UNHANDLED_ERROR_EVENT", "MESSAGE_SIZE_EXCEEDED", "CALLED_DECISION_ERROR",
    "DECISION_EVALUATION_ERROR", "FORM_NOT_FOUND", "RESOURCE_NOT_FOUND",
)  # fmt: skip
SORTS = (
    "incidentKey", "errorType", "errorMessage", "state", "creationTime", "jobKey", "elementId", "elementInstanceKey",
    "processInstanceKey", "processDefinitionKey", "processDefinitionId", "tenantId",
)  # fmt: skip


def _state(record: IncidentRecord, gateway: Gateway) -> str:
    return "RESOLVED" if record.resolved else "ACTIVE"


def _show(record: IncidentRecord, gateway: Gateway) -> dict[str, Any]:
    key = gateway.show_key
    return without_nothing(
        {
            "incidentKey": key(record.key),
            "errorType": record.kind,
            "errorMessage": record.message,
            "state": _state(record, gateway),
            "creationTime": show_time(record.started),
            "jobKey": None if record.work is None else key(record.work),
            "elementId": record.node.id,
            "elementInstanceKey": key(record.element),
            **show_origin(record.instance, gateway),
        }
    )


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[IncidentRecord]:
    return found_in(
        gateway, wanted, lambda store: store.incidents.values(), lambda records: records.incidents
    )


INCIDENTS = Searchable(
    key=lambda record: int(record.key),
    found=_found,
    read={
        **ORIGIN,
        "incidentKey": lambda record, gateway: record.key,
        "errorType": lambda record, gateway: record.kind,
        "errorMessage": lambda record, gateway: record.message,
        "state": _state,
        "creationTime": lambda record, gateway: record.started,
        "jobKey": lambda record, gateway: record.work,
        "elementId": lambda record, gateway: record.node.id,
        "elementInstanceKey": lambda record, gateway: record.element,
    },
    filters={
        "incidentKey": PLAIN_KEY,
        "errorType": name_filter(ERROR_TYPES),
        "errorMessage": PLAIN_TEXT,
        "state": name_filter(STATES),
        "creationTime": TIME,
        "jobKey": PLAIN_KEY,
        "elementId": PLAIN_TEXT,
        "elementInstanceKey": PLAIN_KEY,
        "processInstanceKey": PLAIN_KEY,
        "processDefinitionKey": PLAIN_KEY,
        "processDefinitionId": PLAIN_TEXT,
        "tenantId": PLAIN_TEXT,
    },
    sorts=SORTS,
    show=_show,
    orders={},
)


@operation("searchIncidents")
def search_incidents(call: Call, gateway: Gateway) -> Reply:
    """Search incidents."""
    return search(call, gateway, INCIDENTS)


@operation("getIncident")
def get_incident(call: Call, gateway: Gateway) -> Reply:
    """One incident."""
    incidents = gateway.broker.store.incidents
    return gateway.reply(_show(get_record(call, gateway, "incidentKey", incidents, "Incident"), gateway))
