"""Looking at element instances."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import PLAIN_KEY, PLAIN_TEXT, TIME, TRUTH, name_filter, state_filter
from simulator.api.v2.element_types import ELEMENT_TYPES, element_type
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
from simulator.engine.camunda8.records import ElementRecord

STATES = ("ACTIVE", "COMPLETED", "TERMINATED")
SORTS = (
    "elementInstanceKey", "elementId", "elementName", "type", "state", "startDate", "endDate", "incidentKey",
    "processInstanceKey", "processDefinitionKey", "processDefinitionId", "tenantId",
)  # fmt: skip


def _show(record: ElementRecord, gateway: Gateway) -> dict[str, Any]:
    key, node = gateway.show_key, record.node
    return without_nothing(
        {
            "elementInstanceKey": key(record.key),
            "elementId": node.id,
            "elementName": node.name or node.id,
            "type": element_type(node),
            "state": record.state,
            "startDate": show_time(record.started),
            "endDate": show_time(record.ended),
            "hasIncident": record.incident is not None,
            "incidentKey": None if record.incident is None else key(record.incident),
            **show_origin(record.instance, gateway),
        }
    )


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[ElementRecord]:
    return found_in(gateway, wanted, lambda store: store.elements.values(), lambda records: records.elements)


ELEMENTS = Searchable(
    key=lambda record: int(record.key),
    found=_found,
    read={
        **ORIGIN,
        "elementInstanceKey": lambda record, gateway: record.key,
        "elementId": lambda record, gateway: record.node.id,
        "elementName": lambda record, gateway: record.node.name or record.node.id,
        "type": lambda record, gateway: element_type(record.node),
        "state": lambda record, gateway: record.state,
        "startDate": lambda record, gateway: record.started,
        "endDate": lambda record, gateway: record.ended,
        "hasIncident": lambda record, gateway: record.incident is not None,
        "incidentKey": lambda record, gateway: record.incident,
        "elementInstanceScopeKey": lambda record, gateway: record.scope,
    },
    filters={
        "elementInstanceKey": PLAIN_KEY,
        "elementId": PLAIN_TEXT,
        "elementName": PLAIN_TEXT,
        "type": name_filter(ELEMENT_TYPES),
        "state": state_filter(STATES),
        "startDate": TIME,
        "endDate": TIME,
        "hasIncident": TRUTH,
        "incidentKey": PLAIN_KEY,
        "processInstanceKey": PLAIN_KEY,
        "processDefinitionKey": PLAIN_KEY,
        "processDefinitionId": PLAIN_TEXT,
        "elementInstanceScopeKey": PLAIN_KEY,
        "tenantId": PLAIN_TEXT,
    },
    sorts=SORTS,
    show=_show,
    orders={"endDate": lambda record, gateway: record.order or None},
)
"""What ended within one millisecond keeps the order in which it ended."""


@operation("searchElementInstances")
def search_element_instances(call: Call, gateway: Gateway) -> Reply:
    """Search element instances."""
    return search(call, gateway, ELEMENTS)


@operation("getElementInstance")
def get_element_instance(call: Call, gateway: Gateway) -> Reply:
    """One element instance."""
    elements = gateway.broker.store.elements
    return gateway.reply(
        _show(get_record(call, gateway, "elementInstanceKey", elements, "Element Instance"), gateway)
    )
