"""Call activities: starting another process, and going on when it has ended."""

from typing import Any

from simulator.kernel.executions.moving import leave
from simulator.kernel.executions.starting import start_called
from simulator.kernel.executions.variables import set_all, set_local, set_nearest
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance
from simulator.model.calls import Passing


def call(run: Run, execution: Execution, effect: Any) -> None:
    """Start the process a call activity names, handing it what the `in` mappings say."""
    node = execution.node
    assert node is not None, "a call stands at its activity"
    called = node.detail
    variables: dict[str, Any] = {}
    for passing in called.inputs:
        variables.update(_pass(passing, execution))
    business_key = None if called.business_key is None else _text(run, called.business_key(execution))
    key = _text(run, called.element(execution))
    definition = run.surroundings.called_definition(run, execution, called, key or "null")
    start_called(run, execution, definition, variables, business_key)


def _text(run: Run, value: Any) -> str | None:
    """A value that has to be a text."""
    if value is None or isinstance(value, str):
        return value
    raise ModelFailure(f"Cannot cast '{run.machine.text(value)}' to String", "ClassCastException")


def _pass(passing: Passing, source: Execution) -> dict[str, Any]:
    if passing.everything:
        return dict(source.variables or {}) if passing.local else source.visible()
    if passing.source is None:
        return {}
    return {passing.target: passing.source(source)}


def propagate_outputs(run: Run, instance: Instance, caller: Execution) -> None:
    """Hand a called instance's variables back as the `out` mappings say."""
    node = caller.scope_node
    if node is None:
        return
    for passing in node.detail.outputs:
        values = _pass(passing, instance.execution)
        if passing.local:
            for name, value in values.items():
                set_local(run, caller, name, value)
        elif passing.everything:
            set_all(run, caller, values)
        else:
            for name, value in values.items():
                set_nearest(run, caller, name, value)


def resume(run: Run, caller: Execution) -> None:
    """The called instance has ended: leave the call activity."""
    run.push(leave, caller)
