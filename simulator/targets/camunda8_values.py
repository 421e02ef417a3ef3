"""Variables of Camunda 8: JSON values on the wire, JSON text in what its searches show."""

from collections.abc import Mapping

import msgspec

from simulator.targets.values import TypedValue


def write_values(values: Mapping[str, object]) -> dict[str, object]:
    """Turn named values into JSON ones; of a typed value only its content is taken."""
    return {name: _write(value) for name, value in values.items()}


def read_value(text: object) -> object:
    """Turn the JSON text of a variable search into a value; text that is no JSON (cut short) stays."""
    if not isinstance(text, str):
        return text
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _write(value: object) -> object:
    if not isinstance(value, TypedValue):
        return value
    is_json = value.type == "Json" or value.value_info.get("serializationDataFormat") == "application/json"
    return read_value(value.value) if is_json else value.value
