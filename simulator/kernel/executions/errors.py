"""Errors thrown by the model: who catches them, what is interrupted."""

from typing import Any

from simulator.kernel.events import InstanceEnded
from simulator.kernel.executions.cancelling import cancel, interrupted_by
from simulator.kernel.executions.moving import arrive, end
from simulator.kernel.executions.variables import set_nearest
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node


def throw(
    run: Run, execution: Execution, code: str | None, message: str | None, classes: tuple[str, ...] = ()
) -> bool:
    """Let the nearest error event catch a code (or a Java exception by its class names); answers whether one did.

    Scopes are walked outwards, and on into the callers; in one scope a definition with the code comes before one
    for all codes (BPMN 2.0.2, 10.5.6; live Camunda 7.24).
    """
    scope: Execution | None = execution
    while scope is not None:
        catching = _catching(scope.scope_node, code, classes)
        if catching is not None:
            _interrupt(run, execution, scope, catching, code, message)
            return True
        scope = scope.parent or scope.instance.caller
    return False


def _catching(scope: Node | None, code: str | None, classes: tuple[str, ...]) -> Node | None:
    errors = [
        node
        for node in (scope.boundary if scope is not None else None) or ()
        if node.event and node.event.kind == "error"
    ]
    wanted = classes or (code,)
    for node in errors:
        if node.event is not None and node.event.code_text in wanted:
            return node
    if classes:
        return None
    return next((node for node in errors if node.event is not None and not node.event.code_text), None)


def _interrupt(
    run: Run, thrower: Execution, scope: Execution, catching: Node, code: str | None, message: str | None
) -> None:
    called = thrower.instance
    while called is not scope.instance:
        if called.caller is None:
            break
        run.machine.propagate_outputs(run, called, called.caller)
        called = called.caller.instance
    parent = scope.parent
    assert parent is not None, "a boundary event lies on an activity inside a scope"
    cancel(run, scope, reason=interrupted_by(catching))
    event = catching.event
    if event is not None and event.code_variable:
        set_nearest(run, parent, event.code_variable, code)
    if event is not None and event.message_variable:
        set_nearest(run, parent, event.message_variable, message)
    run.push(start_catching, parent, catching)


def start_catching(run: Run, execution: Execution, node: Any) -> None:
    """Begin a boundary event where its activity stood."""
    arrive(run, execution, node)


def throw_failure(run: Run, execution: Execution, failure: ModelFailure) -> None:
    """Let an error event for its Java class catch a failure of what an activity does; raises it otherwise."""
    if not failure.lineage or not throw(run, execution, None, failure.message, failure.lineage):
        raise failure


def throw_or_end(run: Run, execution: Execution, effect: Any) -> None:
    """Throw an error; uncaught, the token just ends (the engine's default)."""
    if not throw(run, execution, effect.code, effect.message):
        end(run, execution)


def ended(run: Run, execution: Execution, argument: Any) -> None:
    """Nothing is left of an instance: end it, and let its caller go on."""
    instance = execution.instance
    root_node = instance.process.root
    if root_node.listeners is not None and not run.skip_listeners:
        for listener in root_node.listeners.get("end", ()):
            listener(execution)
    caller = instance.caller
    if caller is not None:
        run.machine.propagate_outputs(run, instance, caller)
    run.emit(execution.root, InstanceEnded(instance.key, "completed"))
    if caller is not None:
        run.machine.resume_caller(run, caller)
