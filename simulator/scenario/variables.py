"""Variables as scenarios write them: plain values, or with a Camunda 7 type."""

from collections.abc import Mapping

from simulator.scenario.play import as_mapping
from simulator.targets.values import TypedValue

TYPE = "$type"


def variables(written: Mapping[str, object]) -> dict[str, object]:
    """Turn `{$type: Integer, value: 1, valueInfo: {…}}` into typed values; anything else stays as it is."""
    return {name: _variable(value) for name, value in written.items()}


def _variable(value: object) -> object:
    if not isinstance(value, Mapping) or TYPE not in value:
        return value
    return TypedValue(str(value[TYPE]), value.get("value"), as_mapping(value.get("valueInfo")))
