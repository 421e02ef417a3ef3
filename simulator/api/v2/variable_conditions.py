"""Filters by variables: each named one has to have a value that fits, as JSON text."""

from collections.abc import Iterable
from typing import Any

from simulator.api.v2.conditions import TEXT, Test
from simulator.api.v2.kinds import Kind, Mismatch, Unknown, text
from simulator.api.v2.records import ENCODE
from simulator.engine.camunda8.records import VariableRecord


def json_text(value: Any) -> str:
    """A value as the store keeps it."""
    return ENCODE(value).decode()


def read_variables(value: Any, strict: bool) -> Test | None:
    """A list of variables by name, each with a condition for its value."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise Mismatch
    wanted = [_variable(each, strict) for each in value]
    return lambda variables: all(_has(variables, name, test) for name, test in wanted)


def _variable(value: Any, strict: bool) -> tuple[str | None, Test]:
    if not isinstance(value, dict):
        raise Mismatch(None)
    for name in value:
        if name not in ("name", "value"):
            raise Unknown(None, name)
    test = TEXT(value.get("value"), strict)
    return text(value.get("name"), strict), test or (lambda found: True)


def _has(variables: Iterable[VariableRecord], name: str | None, test: Test) -> bool:
    return any(each.name == name and test(json_text(each.value)) for each in variables)


VARIABLES: Kind = read_variables
