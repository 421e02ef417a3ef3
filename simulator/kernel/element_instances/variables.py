"""Where a variable is written in Camunda 8: in one scope, or merged outwards (live Camunda 8.8.21)."""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.kernel.events import VariableSet
from simulator.kernel.run import Run
from simulator.kernel.state import Execution

NOTHING = object()
NESTED = (list, dict)
encode = msgspec.json.encode


def identical(left: Any, right: Any) -> bool:
    """Whether two JSON values are the same text: 1 is neither 1.0 nor true."""
    if left.__class__ is not right.__class__:
        return False
    if left.__class__ in NESTED:
        return encode(left) == encode(right)
    return bool(left == right)


def set_local(run: Run, execution: Execution, values: Mapping[str, Any]) -> None:
    """Write variables of this very scope; an equal value is no change."""
    held = execution.variables or {}
    for name, value in values.items():
        before = held.get(name, NOTHING)
        if before is NOTHING or not identical(before, value):
            run.emit(execution.root, VariableSet(execution.key, name, value))


def merge(run: Run, execution: Execution, values: Mapping[str, Any]) -> None:
    """Write variables outwards from a scope: each where its name is held with another value, else outermost.

    A scope that holds the very same value does not stop the search, so the value lands outside as well.
    """
    left = dict(values)
    scope = execution
    while scope.parent is not None and left:
        held = scope.variables
        if held:
            for name in [name for name in left if name in held and not identical(held[name], left[name])]:
                run.emit(scope.root, VariableSet(scope.key, name, left.pop(name)))
        scope = scope.parent
    if left:
        set_local(run, scope, left)
