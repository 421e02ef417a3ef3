"""Parallel gateway: waits for all incoming tokens, then takes every outgoing flow (BPMN 2.0.2, 13.4.1)."""

from simulator.bpmn.camunda8.gateways import bind_parallel
from simulator.bpmn.element import ElementType, Enter, Way
from simulator.kernel.effects import JOIN, LEAVE, Effect, Join, Take
from simulator.kernel.state import Execution
from simulator.model.process import Node


def bind(node: Node) -> Enter:
    """One that only splits takes its flows at once, whatever their conditions say."""
    if len(node.incoming) > 1:
        return join
    flows = Take(tuple(node.outgoing))
    return (lambda _node, _execution: flows) if node.outgoing else pass_on


def join(node: Node, execution: Execution) -> Join:
    """Ask to be joined with the others."""
    return JOIN


def pass_on(node: Node, execution: Execution) -> Effect:
    """Nothing to wait for."""
    return LEAVE


ELEMENT = ElementType(tag="parallelGateway", camunda7=Way(bind=bind), camunda8=Way(bind=bind_parallel))
