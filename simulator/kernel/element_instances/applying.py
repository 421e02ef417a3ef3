"""How the events of element instances change the tree."""

from simulator.kernel import events as happened
from simulator.kernel.apply import applies, uproot
from simulator.kernel.element_instances.stages import (
    ACTIVATING,
    ACTIVE,
    COMPLETED,
    COMPLETING,
    TERMINATED,
    TERMINATING,
)
from simulator.kernel.state import Execution, Root
from simulator.model.process import Flow


@applies(happened.Activating)
def begin_activating(root: Root, event: happened.Activating) -> None:
    """Add an element instance to its flow scope and use up the flows that led to it."""
    executions = root.state.executions
    scope = executions[event.scope]
    execution = Execution(event.key, scope, scope.instance, event.node)
    execution.activity = event.key
    execution.stage = ACTIVE if event.active else ACTIVATING
    if scope.children is None:
        scope.children = [execution]
    else:
        scope.children.append(execution)
    executions[event.key] = execution
    if event.joined:
        use_up(scope, event.joined)


def use_up(scope: Execution, flows: tuple[Flow, ...]) -> None:
    """Take one waiting token off each of the flows."""
    tokens = scope.tokens or {}
    for flow in flows:
        left = tokens.get(flow, 0) - 1
        if left > 0:
            tokens[flow] = left
        else:
            tokens.pop(flow, None)
    scope.tokens = tokens or None


@applies(happened.Activated)
def activate(root: Root, event: happened.Activated) -> None:
    """Let an element instance be active; a process instance's outermost one stands at the process itself."""
    execution = root.state.executions[event.key]
    execution.stage = ACTIVE
    if execution.parent is None:
        execution.node = execution.scope_node


@applies(happened.Completing)
def begin_completing(root: Root, event: happened.Completing) -> None:
    """Keep what an element instance completes with until it has."""
    execution = root.state.executions[event.key]
    execution.stage = COMPLETING
    execution.results = event.results


@applies(happened.Terminating)
def begin_terminating(root: Root, event: happened.Terminating) -> None:
    """Let an element instance wait for the end of its content."""
    root.state.executions[event.key].stage = TERMINATING


@applies(happened.Finished)
def finish(root: Root, event: happened.Finished) -> None:
    """Take an element instance out of the tree."""
    execution = root.state.executions[event.key]
    execution.stage = TERMINATED if event.terminated else COMPLETED
    uproot(root.state, execution)
    scope = execution.parent
    if scope is not None and scope.children is not None:
        scope.children.remove(execution)


@applies(happened.Passed)
def pass_through(root: Root, event: happened.Passed) -> None:
    """Use up the flows that led there; the rest is history."""
    if event.joined:
        use_up(root.state.executions[event.scope], event.joined)


@applies(happened.Triggered)
def trigger(root: Root, event: happened.Triggered) -> None:
    """Remember which event comes next."""
    root.state.executions[event.key].trigger = (event.node, event.variables)


@applies(happened.Interrupted)
def interrupt(root: Root, event: happened.Interrupted) -> None:
    """Let nothing new begin in a scope; tokens on its flows are gone."""
    execution = root.state.executions[event.key]
    execution.interrupted_by = event.node
    execution.tokens = None
