"""How Camunda 8's gateways choose; their joins are bound to what a token does before them."""

from simulator.bpmn.element import Enter
from simulator.kernel.effects import LEAVE, Effect, Stuck, Take
from simulator.kernel.element_instances.gateways import join_inclusive, join_parallel, pass_gateway
from simulator.kernel.state import Execution
from simulator.model.process import Node

STUCK = Stuck("no flow holds")


def bind_exclusive(node: Node) -> Enter | None:
    """Take the first flow whose condition holds, else the default one; a single free flow is just taken."""
    if not node.outgoing or (len(node.outgoing) == 1 and node.outgoing[0].condition is None):
        node.arrive = None if node.outgoing else pass_gateway
        return None if node.outgoing else pass_on
    node.arrive = pass_gateway
    choices = [(flow.condition, Take((flow,))) for flow in node.outgoing if flow.condition is not None]
    otherwise: Effect = STUCK if node.default is None else Take((node.default,))

    def enter(node: Node, execution: Execution) -> Effect:
        for condition, take in choices:
            if condition(execution):
                return take
        return otherwise

    return enter


def bind_inclusive(node: Node) -> Enter:
    """Take every flow whose condition holds, else the default one."""
    node.arrive = join_inclusive
    default = node.default
    if len(node.outgoing) == 1 and node.outgoing[0].condition is None:
        only = Take((node.outgoing[0],))
        return lambda _node, _execution: only
    choices = [flow for flow in node.outgoing if flow is not default and flow.condition is not None]

    def enter(node: Node, execution: Execution) -> Effect:
        chosen = tuple(flow for flow in choices if flow.condition is not None and flow.condition(execution))
        if chosen:
            return Take(chosen)
        if default is not None:
            return Take((default,))
        return STUCK if node.outgoing else Take(())

    return enter


def bind_parallel(node: Node) -> Enter | None:
    """Wait for a token on every incoming flow, then take all outgoing ones."""
    if len(node.incoming) == 1 and len(node.outgoing) == 1:
        return None
    node.arrive = join_parallel
    return pass_on


def pass_on(node: Node, execution: Execution) -> Effect:
    """Take every outgoing flow there is."""
    return Take(tuple(node.outgoing)) if node.outgoing else LEAVE
