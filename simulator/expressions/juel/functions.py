"""The functions that Camunda 7 gives to every expression, bound when the model is deployed."""

from collections.abc import Callable
from typing import Any, Final

from simulator.core.java import Date, SpinJson, SpinXml
from simulator.expressions.juel.errors import ExpressionSyntaxError, thrown
from simulator.expressions.juel.java_object import java_name
from simulator.expressions.juel.moments import JodaDateTime
from simulator.expressions.juel.scope import Scope
from simulator.expressions.juel.spin_json import json_of, to_node
from simulator.expressions.juel.spin_xml import xml_of

Function = Callable[..., Any]


def _refuse_null(value: Any) -> None:
    if value is None:
        raise thrown("java.lang.IllegalArgumentException", "UTILS-02001 Parameter 'parameter' is null")


def _spin(_: Scope, value: Any) -> SpinJson | SpinXml:
    _refuse_null(value)
    if isinstance(value, SpinJson | SpinXml):
        return value
    if type(value) is not str:
        message = f"SPIN-01001 Unsupported input of type '{java_name(value)}'"
        raise thrown("java.lang.IllegalArgumentException", message)
    start = value.lstrip()[:1]
    if start in ("{", "["):
        return json_of(value)
    if start == "<":
        return xml_of(value)
    message = "SPIN-01004 No matching data format detected"
    raise thrown("org.camunda.spin.spi.SpinDataFormatException", message)


def _json(_: Scope, value: Any) -> SpinJson:
    _refuse_null(value)
    if isinstance(value, SpinJson):
        return value
    return json_of(value) if type(value) is str else SpinJson(to_node(value))


def _xml(_: Scope, value: Any) -> SpinXml:
    _refuse_null(value)
    if isinstance(value, SpinXml):
        return value
    if type(value) is not str:
        message = f"SPIN-01001 Unsupported input of type '{java_name(value)}'"
        raise thrown("java.lang.IllegalArgumentException", message)
    return xml_of(value)


def _groups(scope: Scope) -> list[str] | None:
    groups = scope.groups()
    return None if groups is None else list(groups)


FUNCTIONS: Final[dict[str, tuple[int, Function]]] = {
    "now": (0, lambda scope: Date(scope.now())),
    "dateTime": (0, lambda scope: JodaDateTime(scope.now())),
    "currentUser": (0, lambda scope: scope.user()),
    "currentUserGroups": (0, _groups),
    "S": (1, _spin),
    "JSON": (1, _json),
    "XML": (1, _xml),
}


def bind(name: str, count: int) -> Function:
    """Find a function for a call with so many arguments; ExpressionSyntaxError if there is none."""
    found = FUNCTIONS.get(name)
    if found is None:
        raise ExpressionSyntaxError(f"Could not resolve function '{name}'")
    if found[0] != count:
        raise ExpressionSyntaxError(f"Parameters for function '{name}' do not match")
    return found[1]
