"""Variables in task queries: their refusals are the engine's plain exceptions, and tasks are sorted by them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.api.v1.querying import (
    Filter,
    Getter,
    Query,
    SortByParameters,
    Test,
    engine_failure,
    null_value,
)
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variable_criteria import variables
from simulator.core.java.numeric import Long, Short
from simulator.core.java.values import Date
from simulator.core.typed_value_conversions import PRIMITIVES
from simulator.engine.process_engine import ProcessEngine

KINDS: Mapping[str, type] = {
    "String": str,
    "Boolean": bool,
    "Integer": int,
    "Short": Short,
    "Long": Long,
    "Double": float,
    "Date": Date,
}


def task_variables(name: str, get: Getter, label: str) -> Filter:
    """A filter by variables as task queries refuse them (live Camunda 7.24)."""
    plain = variables(name, get, label, not_like=True)

    def ask(query: Query, criteria: Any) -> Iterable[Test]:
        try:
            yield from plain.ask(query, criteria)
        except RestError as refusal:
            if refusal.kind != "NotValidException":
                raise
            message = refusal.message or ""
            raise null_value(message) if message == "name is null" else engine_failure(message) from None

    return Filter(plain.name, plain.form, ask)


def by_variable(held: Callable[[Any], Mapping[str, Any] | None]) -> SortByParameters:
    """Sort keys from a variable of the type that the sorting's parameters name."""

    def key(parameters: Mapping[str, Any]) -> Getter:
        name, kind = parameters.get("variable"), parameters.get("type")
        if name is None:
            raise null_value("variableName is null")
        if not isinstance(kind, str) or kind[:1].upper() + kind[1:] not in PRIMITIVES:
            raise null_value("valueType is null")
        wanted = KINDS.get(kind[:1].upper() + kind[1:])

        def value(_engine: ProcessEngine, task: Any) -> Any:
            found = (held(task) or {}).get(name)
            if wanted is None or type(found) is not wanted:
                return None
            if isinstance(found, Date):
                return found.milliseconds
            return found.upper() if isinstance(found, str) else found

        return value

    return key
