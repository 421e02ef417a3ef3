"""Variables in requests and answers: name to type, value and valueInfo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.api.v1.bodies import unreadable
from simulator.api.v1.rest_error import RestError
from simulator.core.errors import Rejection
from simulator.core.typed_value_refusals import (
    AbstractValueType,
    JavaSerializationProhibited,
    ObjectTypeMissing,
    SerializerMissing,
)
from simulator.core.typed_values import read_transient, read_typed_value, show_typed_value, storable


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
            raise null_variable(name)
        read[name] = read_variable(name, triple)
    return read


@dataclass(slots=True)
class Given:
    """Variables of a request: their values, which are transient, and the first that can be read but not stored."""

    values: dict[str, Any] = field(default_factory=dict)
    transient: set[str] = field(default_factory=set)
    unstorable: BadVariable | None = None

    def take(self, name: str, triple: Any) -> None:
        """Read one more; raises as `read_variable` for what can't be read."""
        try:
            self.values[name] = read_variable(name, triple)
        except BadVariable as bad:
            if not isinstance(bad.refusal, UNSTORABLE):
                raise
            self.unstorable = self.unstorable or bad
        if is_transient(name, triple):
            self.transient.add(name)


UNSTORABLE = (AbstractValueType, JavaSerializationProhibited, ObjectTypeMissing, SerializerMissing)
"""Why a value that the REST layer takes is refused by the engine when it is to be stored."""


def read_given(variables: Mapping[str, Any] | None) -> Given:
    """Read an object of variables for a command that tells the REST layer's refusals from the engine's."""
    given = Given()
    for name, triple in (variables or {}).items():
        if triple is None:
            raise null_variable(name)
        given.take(name, triple)
    return given


def is_transient(name: str, triple: Mapping[str, Any]) -> bool:
    """Whether a variable goes with the end of the command; raises `BadVariable` where that is no truth."""
    try:
        return read_transient(triple.get("type"), triple.get("value"), triple.get("valueInfo"))
    except Rejection as refusal:
        raise BadVariable(name, refusal) from refusal


def null_variable(name: str) -> RestError:
    """A variable is null where a triple should be."""
    return RestError(500, "NullPointerException", f'Cannot invoke a method because variable "{name}" is null')


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
