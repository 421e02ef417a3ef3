"""Looking at process instances."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import KEY, NUMBER, TEXT, TIME, TRUTH, state_filter
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import Kind, Mismatch, listing, text
from simulator.api.v2.records import (
    ORIGIN,
    definition_of,
    found_in,
    get_record,
    show_origin,
    show_time,
    without_nothing,
)
from simulator.api.v2.searching import Searchable, fits, search
from simulator.api.v2.variable_conditions import VARIABLES
from simulator.engine.camunda8.records import InstanceRecords

STATES = ("ACTIVE", "COMPLETED", "TERMINATED")
ENDED = {"completed": "COMPLETED", None: "ACTIVE"}


def _state(records: InstanceRecords, gateway: Gateway) -> str:
    return ENDED.get(records.instance.how, "TERMINATED")


def _has_incident(records: InstanceRecords, gateway: Gateway) -> bool:
    """An incident in a called instance counts for those that lead to it."""
    if records.open_incidents:
        return True
    store = gateway.broker.store
    for instance in records.instance.root.instances:
        called = store.instances.get(instance.key)
        if called is None or not called.open_incidents:
            continue
        caller = instance.caller
        while caller is not None:
            if caller.instance is records.instance:
                return True
            caller = caller.instance.caller
    return False


def _show(records: InstanceRecords, gateway: Gateway) -> dict[str, Any]:
    key, instance = gateway.show_key, records.instance
    caller = instance.caller
    definition = definition_of(instance, gateway)
    return without_nothing(
        {
            **show_origin(instance, gateway),
            "processDefinitionName": definition.process.name,
            "processDefinitionVersion": definition.version,
            "processDefinitionVersionTag": definition.process.version_tag,
            "startDate": show_time(instance.started),
            "endDate": show_time(instance.ended or None),
            "state": _state(records, gateway),
            "hasIncident": _has_incident(records, gateway),
            "parentProcessInstanceKey": None if caller is None else key(caller.instance.key),
            "parentElementInstanceKey": None if caller is None else key(caller.key),
            "tags": list(instance.tags),
        }
    )


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[InstanceRecords]:
    return found_in(gateway, wanted, lambda store: store.instances.values(), lambda records: [records])


def _tests(value: Any, strict: bool) -> Any:
    """The members of `$or`, each a filter of its own."""
    if not isinstance(value, list):
        raise Mismatch
    from_each = []
    for member in value:
        if not isinstance(member, dict):
            raise Mismatch(None)
        read = {name: CONDITIONS[name](each, strict) for name, each in member.items() if name in CONDITIONS}
        if len(read) < len(member):
            raise Mismatch(None, next(name for name in member if name not in CONDITIONS))
        from_each.append({name: test for name, test in read.items() if test is not None})
    return lambda pair: any(fits(pair[0], tests, READ, pair[1]) for tests in from_each)


def _tags(value: Any, strict: bool) -> Any:
    wanted = frozenset(listing(text)(value, strict) or ())
    return lambda found: wanted.issubset(found)


def _elements(test: Any) -> Any:
    return lambda found: any(test(each) for each in found)


def _of_elements(kind: Kind) -> Kind:
    return lambda value, strict: _elements(kind(value, strict))


CONDITIONS: dict[str, Kind] = {
    "processInstanceKey": KEY,
    "processDefinitionKey": KEY,
    "processDefinitionId": TEXT,
    "processDefinitionName": TEXT,
    "processDefinitionVersion": NUMBER,
    "processDefinitionVersionTag": TEXT,
    "parentProcessInstanceKey": KEY,
    "parentElementInstanceKey": KEY,
    "startDate": TIME,
    "endDate": TIME,
    "state": state_filter(STATES),
    "hasIncident": TRUTH,
    "tenantId": TEXT,
    "variables": VARIABLES,
    "errorMessage": _of_elements(TEXT),
    "hasRetriesLeft": TRUTH,
    "elementId": _of_elements(TEXT),
    "elementInstanceState": _of_elements(state_filter(STATES)),
    "hasElementInstanceIncident": TRUTH,
    "incidentErrorHashCode": _of_elements(NUMBER),
    "batchOperationId": TEXT,
    "tags": _tags,
}
HASH_FACTOR, HASH_BITS = 31, 32


def error_hash(message: str) -> int:
    """The hash code of an incident's message, as Java counts it."""
    found = 0
    for unit in memoryview(message.encode("utf-16-le")).cast("H"):
        found = (HASH_FACTOR * found + unit) & (2**HASH_BITS - 1)
    return found - 2**HASH_BITS if found >= 2 ** (HASH_BITS - 1) else found


def _caller_key(records: InstanceRecords, gateway: Gateway) -> int | None:
    caller = records.instance.caller
    return None if caller is None else caller.instance.key


def _caller_element(records: InstanceRecords, gateway: Gateway) -> int | None:
    caller = records.instance.caller
    return None if caller is None else caller.key


READ: dict[str, Any] = {
    **ORIGIN,
    "processDefinitionName": lambda records, gateway: records.instance.process.name,
    "processDefinitionVersion": lambda records, gateway: definition_of(records.instance, gateway).version,
    "processDefinitionVersionTag": lambda records, gateway: records.instance.process.version_tag,
    "parentProcessInstanceKey": _caller_key,
    "parentElementInstanceKey": _caller_element,
    "startDate": lambda records, gateway: records.instance.started,
    "endDate": lambda records, gateway: records.instance.ended or None,
    "state": _state,
    "hasIncident": _has_incident,
    "variables": lambda records, gateway: records.variables,
    "errorMessage": lambda records, gateway: [
        each.message for each in records.incidents if not each.resolved
    ],
    "hasRetriesLeft": lambda records, gateway: any(
        job.state == "FAILED" and job.facts["retries"] > 0 for job in records.jobs
    ),
    "elementId": lambda records, gateway: [each.node.id for each in records.elements],
    "elementInstanceState": lambda records, gateway: [each.state for each in records.elements],
    "hasElementInstanceIncident": lambda records, gateway: any(
        each.incident is not None for each in records.elements
    ),
    "incidentErrorHashCode": lambda records, gateway: [
        error_hash(each.message) for each in records.incidents if not each.resolved
    ],
    "batchOperationId": lambda records, gateway: None,
    "tags": lambda records, gateway: records.instance.tags,
    "$or": lambda records, gateway: (records, gateway),
}
SORTS = (
    "processInstanceKey", "processDefinitionKey", "processDefinitionId", "processDefinitionName",
    "processDefinitionVersion", "processDefinitionVersionTag", "parentProcessInstanceKey",
    "parentElementInstanceKey", "startDate", "endDate", "state", "hasIncident", "tenantId",
)  # fmt: skip

PROCESS_INSTANCES = Searchable(
    key=lambda records: int(records.instance.key),
    found=_found,
    read=READ,
    filters={**CONDITIONS, "$or": _tests},
    sorts=SORTS,
    show=_show,
    orders={},
)


@operation("searchProcessInstances")
def search_process_instances(call: Call, gateway: Gateway) -> Reply:
    """Search process instances."""
    return search(call, gateway, PROCESS_INSTANCES)


@operation("getProcessInstance")
def get_process_instance(call: Call, gateway: Gateway) -> Reply:
    """One process instance."""
    instances = gateway.broker.store.instances
    return gateway.reply(
        _show(get_record(call, gateway, "processInstanceKey", instances, "Process Instance"), gateway)
    )
