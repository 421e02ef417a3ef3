"""Variables of Camunda 7 (`VariableValueDto`): plain Python values to typed ones and back."""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.core.errors import UserError
from simulator.targets.values import TypedValue

SMALLEST_INTEGER, LARGEST_INTEGER = -(2**31), 2**31 - 1
"""The range of the type Integer; what is beyond is a Long."""

LIST_CLASS, MAP_CLASS = "java.util.ArrayList", "java.util.LinkedHashMap"
"""Classes of the Java library, so that expressions can step into lists and maps; live Camunda 7.24 reads back
the text it was sent."""

JSON_FORMAT = "application/json"
SERIALIZED = {"deserializeValues": False}
"""How variables are read: as they were written, since a class may be unknown to the engine."""

Written = dict[str, object]


def write_value(value: object) -> Written:
    """Turn a value into a `VariableValueDto`; raises UserError for what no variable can hold."""
    match value:
        case TypedValue(kind, inner, value_info):
            return {"type": kind, "value": inner, "valueInfo": dict(value_info)}
        case None:
            return {"type": "Null", "value": None}
        case bool():
            return {"type": "Boolean", "value": value}
        case int():
            return {
                "type": "Integer" if SMALLEST_INTEGER <= value <= LARGEST_INTEGER else "Long",
                "value": value,
            }
        case float():
            return {"type": "Double", "value": value}
        case str():
            return {"type": "String", "value": value}
        case list() | tuple():
            return _write_object(value, LIST_CLASS)
        case Mapping():
            return _write_object(value, MAP_CLASS)
        case _:
            raise UserError(f"expected a value that a variable can hold, came {type(value).__name__}")


def write_values(values: Mapping[str, object]) -> dict[str, Written]:
    """Turn named values into a map of `VariableValueDto`."""
    return {name: write_value(value) for name, value in values.items()}


def read_value(row: Mapping[str, Any]) -> object:
    """Turn a `VariableValueDto`, read serialized, into a plain value.

    What has no plain form (files, Java serialization, text that is no JSON) comes back as a TypedValue.
    """
    kind, value, value_info = row.get("type"), row.get("value"), row.get("valueInfo") or {}
    if value is None:
        return None if kind != "File" else TypedValue("File", None, value_info)
    if kind == "Json" or (kind == "Object" and value_info.get("serializationDataFormat") == JSON_FORMAT):
        return _read_json(str(kind), value, value_info)
    if kind == "Object":
        return TypedValue("Object", value, value_info)
    return value


def _write_object(value: object, java_class: str) -> Written:
    return {
        "type": "Object",
        "value": msgspec.json.encode(value).decode(),
        "valueInfo": {"objectTypeName": java_class, "serializationDataFormat": JSON_FORMAT},
    }


def _read_json(kind: str, value: object, value_info: Mapping[str, object]) -> object:
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return TypedValue(kind, value, value_info)
