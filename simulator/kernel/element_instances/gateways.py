"""How tokens join and choose in Camunda 8; what a token does before a gateway is bound to the gateway's node."""

from simulator.kernel.effects import Take
from simulator.kernel.element_instances.failures import FAILURES
from simulator.kernel.element_instances.moving import activate, leave_behind
from simulator.kernel.events import Passed
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Flow, Node


def pass_gateway(run: Run, scope: Execution, flow: Flow) -> None:
    """Choose and go on in one step."""
    _decide(run, scope, flow, (flow,))


def join_parallel(run: Run, scope: Execution, flow: Flow) -> None:
    """Fire once every incoming flow was taken, using up one token on each; else the token waits on its flow."""
    node = flow.target
    tokens = scope.tokens or {}
    for incoming in node.incoming:
        if incoming not in tokens:
            return
    run.emit(scope.root, Passed(run.state.key(), scope.key, node, flow, tuple(node.incoming)))
    leave_behind(run, scope, node, node.outgoing)


def join_inclusive(run: Run, scope: Execution, flow: Flow) -> None:
    """Fire once no other token of the scope can still come over a flow that was not taken yet."""
    node = flow.target
    tokens = scope.tokens or {}
    taken = tuple(incoming for incoming in node.incoming if incoming in tokens)
    if not taken or (len(taken) < len(node.incoming) and _can_still_come(scope, node, frozenset(taken))):
        return
    _decide(run, scope, flow, taken)


def _decide(run: Run, scope: Execution, flow: Flow, joined: tuple[Flow, ...]) -> None:
    """Take what the gateway chooses; what fails is left to an element instance, which keeps the incident."""
    node = flow.target
    try:
        effect = node.enter(node, scope)
    except FAILURES:
        effect = None
    if effect.__class__ is Take:
        run.emit(scope.root, Passed(run.state.key(), scope.key, node, flow, joined))
        leave_behind(run, scope, node, effect.flows)
    else:
        activate(run, scope, node, flow, joined)


def _can_still_come(scope: Execution, gateway: Node, taken: frozenset[Flow]) -> bool:
    """Whether an element instance or a token on a flow has a way to the gateway (live Camunda 8.8.21).

    Ways lead over boundary events too, not over the gateway's flows that were taken already, whatever the
    conditions say.
    """
    stack = [child.node for child in scope.children or () if child.node is not None]
    stack.extend(flow.target for flow in scope.tokens or () if flow not in taken)
    seen = set(stack)
    while stack:
        node = stack.pop()
        onward = [flow.target for flow in node.outgoing if flow not in taken]
        onward.extend(node.boundary or ())
        for following in onward:
            if following is gateway:
                return True
            if following not in seen:
                seen.add(following)
                stack.append(following)
    return False
