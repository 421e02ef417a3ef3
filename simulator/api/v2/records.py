"""What the records of a process instance have in common on the wire."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from simulator.api.frame import Call
from simulator.api.v2.conditions import key_value
from simulator.api.v2.gateway import Gateway, searched_key
from simulator.api.v2.kinds import Mismatch
from simulator.api.v2.problems import Problem
from simulator.core.civil import show_moment
from simulator.engine.camunda8.definitions import Definition
from simulator.engine.camunda8.records import InstanceRecords
from simulator.kernel.state import Instance

ENCODE = msgspec.json.Encoder().encode


def show_time(milliseconds: int | None) -> str | None:
    """A time as the API writes it, None where there is none; years beyond 9999 have more digits."""
    return None if milliseconds is None else f"{show_moment(milliseconds)}Z"


def without_nothing(shown: dict[str, Any]) -> dict[str, Any]:
    """What is answered: fields without a value are left out up to 8.8."""
    return {name: value for name, value in shown.items() if value is not None}


def definition_of(instance: Instance, gateway: Gateway) -> Definition:
    """The definition of an instance, also where it was deleted since."""
    return gateway.broker.definitions.known[instance.definition]


def show_origin(instance: Instance, gateway: Gateway) -> dict[str, Any]:
    """The fields that say which process instance something belongs to."""
    key = gateway.show_key
    return {
        "processInstanceKey": key(instance.key),
        "processDefinitionKey": key(instance.definition),
        "processDefinitionId": instance.process.key,
        "tenantId": instance.tenant,
    }


Origin = Callable[[Any, Gateway], Any]
ORIGIN: dict[str, Origin] = {
    "processInstanceKey": lambda record, gateway: record.instance.key,
    "processDefinitionKey": lambda record, gateway: record.instance.definition,
    "processDefinitionId": lambda record, gateway: record.instance.process.key,
    "tenantId": lambda record, gateway: record.instance.tenant,
}


def found_in(
    gateway: Gateway,
    wanted: Mapping[str, Any],
    everything: Callable[[Any], Iterable[Any]],
    of_instance: Callable[[InstanceRecords], Iterable[Any]],
) -> Iterable[Any]:
    """The records that could fit a filter: those of the one process instance it names, or all."""
    store = gateway.broker.store
    store.catch_up()
    named = wanted.get("processInstanceKey")
    if isinstance(named, dict):
        named = named.get("$eq") if len(named) == 1 else None
    if not isinstance(named, str):
        return everything(store)
    try:
        key = key_value(named, True)
    except Mismatch:
        return ()
    records = store.instances.get(key or 0)
    return () if records is None else of_instance(records)


def get_record(call: Call, gateway: Gateway, name: str, records: Mapping[int, Any], what: str) -> Any:
    """A record by the key in the path; raises `Problem` 404 where there is none."""
    gateway.broker.store.catch_up()
    key = searched_key(call, name)
    record = records.get(key)
    if record is None:
        raise not_found(what, key)
    return record


def not_found(what: str, key: int) -> Problem:
    """There is no such thing in the store."""
    return Problem(404, "NOT_FOUND", f"{what} with key '{key}' not found")
