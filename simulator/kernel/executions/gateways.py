"""How tokens choose and join in Camunda 7."""

from collections.abc import Sequence

from simulator.kernel.effects import Effect
from simulator.kernel.events import Placed
from simulator.kernel.executions.moving import leave_over
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Flow, Node


def _holding(node: Node, execution: Execution) -> Sequence[Flow]:
    """The flows that are unconditional or whose condition holds, else the default one, else none."""
    default = node.default
    chosen = [
        flow
        for flow in node.outgoing
        if flow is not default and (flow.condition is None or flow.condition(execution))
    ]
    return (default,) if not chosen and default is not None else chosen


def choose_flows(node: Node, execution: Execution) -> Sequence[Flow]:
    """All flows of an activity that are unconditional or whose condition holds, else the default one.

    Raises `ModelFailure` where none is left (ENGINE-02006).
    """
    chosen = _holding(node, execution)
    if chosen:
        return chosen
    raise ModelFailure(
        f"ENGINE-02006 No conditional sequence flow leaving the Flow Node '{node.id}' could be selected for "
        "continuing the process."
    )


def join(run: Run, execution: Execution, effect: Effect) -> None:
    """A token arrives at a parallel or inclusive gateway: it waits, or takes all that wait along."""
    node = execution.node
    assert node is not None, "a token joins at a node"
    waiting = _waiting(execution, node)
    if node.kind == "parallelGateway":
        fires = len(waiting) == len(node.incoming)
    else:
        fires = len(waiting) >= len(node.incoming) or not _can_still_come(execution, node, waiting)
    if not fires:
        run.emit(execution.root, Placed(execution.key, node, execution.activity, False))
        return
    flows: Sequence[Flow] = node.outgoing
    if node.kind == "inclusiveGateway":
        flows = choose_inclusive(node, execution)
    leave_over(run, execution, flows, [other for other in waiting if other is not execution])


def _waiting(execution: Execution, node: Node) -> list[Execution]:
    """The inactive tokens at a gateway under the same parent, the arriving one included."""
    siblings = execution.parent.children if execution.concurrent and execution.parent is not None else None
    return [
        other
        for other in siblings or (execution,)
        if other.node is node and (other is execution or (not other.active and not other.ended))
    ]


def choose_inclusive(node: Node, execution: Execution) -> Sequence[Flow]:
    """All flows whose condition holds or that have none, else the default one.

    Raises `ModelFailure` where none is left (ENGINE-02004).
    """
    chosen = _holding(node, execution)
    if chosen:
        return chosen
    if not node.outgoing:
        return ()
    raise stuck(node)


def stuck(node: Node) -> ModelFailure:
    """The failure of a gateway of which no flow can be taken."""
    return ModelFailure(
        f"ENGINE-02004 No outgoing sequence flow for the element with id '{node.id}' could be selected for continuing "
        "the process."
    )


def _can_still_come(execution: Execution, gateway: Node, waiting: Sequence[Execution]) -> bool:
    """Whether another token under the same scope can reach the gateway; boundary events are not followed."""
    scope = execution.parent if execution.concurrent and execution.parent is not None else execution
    arrived = set(waiting)
    for leaf in scope.subtree():
        if leaf in arrived or leaf.children or leaf.node is None:
            continue
        at = leaf.transition.target if leaf.transition is not None else leaf.node
        if _reaches(at, gateway):
            return True
    return False


def _reaches(start: Node, gateway: Node) -> bool:
    """Whether a walk over flows, outwards through ended scopes, meets the gateway."""
    seen = {start}
    stack = [start]
    while stack:
        node = stack.pop()
        if node is gateway:
            return True
        onward = [flow.target for flow in node.outgoing]
        if node.kind == "eventBasedGateway":
            onward = list(node.catches)
        elif not onward and node.parent is not None and node.parent.parent is not None:
            onward = [node.parent]
        for following in onward:
            if following not in seen:
                seen.add(following)
                stack.append(following)
    return False
