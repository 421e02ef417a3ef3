"""Variables in requests and answers: name to type, value and valueInfo."""

from collections.abc import Mapping
from typing import Any

from simulator.api.v1.bodies import unreadable
from simulator.api.v1.rest_error import RestError
from simulator.core.errors import Rejection
from simulator.core.typed_values import read_typed_value, show_typed_value, storable


class BadVariable(Exception):
    """A variable of a request can't be read; `refusal` says why."""

    def __init__(self, name: str, refusal: Rejection) -> None:
        super().__init__(str(refusal))
        self.name = name
        self.refusal = refusal


def read_variables(variables: Mapping[str, Any] | None) -> dict[str, Any]:
    """Read an object of variables; raises `RestError` for a wrong shape and `BadVariable` for a wrong value."""
    read: dict[str, Any] = {}
    for name, triple in (variables or {}).items():
        if triple is None:
            raise RestError(
                500, "NullPointerException", f'Cannot invoke a method because variable "{name}" is null'
            )
        read[name] = read_variable(name, triple)
    return read


def read_variable(name: str, triple: Any) -> Any:
    """Read one variable."""
    if not isinstance(triple, dict):
        raise unreadable()
    value_info = triple.get("valueInfo")
    if value_info is not None and not isinstance(value_info, dict):
        raise unreadable()
    try:
        return storable(read_typed_value(triple.get("type"), triple.get("value"), value_info))
    except Rejection as refusal:
        raise BadVariable(name, refusal) from refusal


def show_variable(value: Any, *, deserialize: bool = True) -> dict[str, Any]:
    """One variable as the triple."""
    shown = show_typed_value(value, deserialize=deserialize)
    return {"type": shown.type, "value": shown.value, "valueInfo": shown.value_info}


def show_variables(values: Mapping[str, Any], *, deserialize: bool = True) -> dict[str, Any]:
    """An object of variables."""
    return {name: show_variable(value, deserialize=deserialize) for name, value in values.items()}
