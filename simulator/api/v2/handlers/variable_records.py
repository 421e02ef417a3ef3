"""Looking at variables."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import KEY, PLAIN_TEXT, TEXT, TRUTH
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.problems import bad_request
from simulator.api.v2.records import ORIGIN, found_in, get_record
from simulator.api.v2.searching import Searchable, search
from simulator.api.v2.variable_conditions import json_text
from simulator.engine.camunda8.records import VariableRecord

LONGEST_PREVIEW = 8191
SORTS = ("variableKey", "name", "value", "scopeKey", "processInstanceKey", "tenantId")
WORDS = {"true": True, "false": False}


def _show(record: VariableRecord, gateway: Gateway) -> dict[str, Any]:
    key, instance = gateway.show_key, record.instance
    return {
        "variableKey": key(record.key),
        "name": record.name,
        "value": json_text(record.value),
        "scopeKey": key(record.scope),
        "processInstanceKey": key(instance.key),
        "tenantId": instance.tenant,
    }


def _show_whole(record: VariableRecord, gateway: Gateway) -> dict[str, Any]:
    return {**_show(record, gateway), "isTruncated": False}


def _show_cut(record: VariableRecord, gateway: Gateway) -> dict[str, Any]:
    shown = _show(record, gateway)
    shown["isTruncated"] = len(shown["value"]) > LONGEST_PREVIEW
    shown["value"] = shown["value"][:LONGEST_PREVIEW]
    return shown


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[VariableRecord]:
    return found_in(
        gateway, wanted, lambda store: store.variables.values(), lambda records: records.variables
    )


def _searchable(show: Any) -> Searchable:
    return Searchable(
        key=lambda record: int(record.key),
        found=_found,
        read={
            **ORIGIN,
            "variableKey": lambda record, gateway: record.key,
            "name": lambda record, gateway: record.name,
            "value": lambda record, gateway: json_text(record.value),
            "isTruncated": lambda record, gateway: len(json_text(record.value)) > LONGEST_PREVIEW,
            "scopeKey": lambda record, gateway: record.scope,
        },
        filters={
            "variableKey": KEY,
            "name": TEXT,
            "value": TEXT,
            "isTruncated": TRUTH,
            "scopeKey": KEY,
            "processInstanceKey": KEY,
            "tenantId": PLAIN_TEXT,
        },
        sorts=SORTS,
        show=show,
        orders={},
    )


CUT, WHOLE = _searchable(_show_cut), _searchable(_show_whole)


@operation("searchVariables")
def search_variables(call: Call, gateway: Gateway) -> Reply:
    """Search variables; long values are cut unless the query says otherwise."""
    asked = call.parameter("truncateValues") or "true"
    cut = WORDS.get(asked.lower())
    if cut is None:
        raise bad_request(f"Failed to convert 'truncateValues' with value: '{asked}'")
    return search(call, gateway, CUT if cut else WHOLE)


@operation("getVariable")
def get_variable(call: Call, gateway: Gateway) -> Reply:
    """One variable with its whole value."""
    variables = gateway.broker.store.variables
    return gateway.reply(_show(get_record(call, gateway, "variableKey", variables, "Variable"), gateway))
