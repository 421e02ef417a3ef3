"""Exclusive gateway: takes the first flow whose condition holds (BPMN 2.0.2, 13.4.2)."""

from simulator.bpmn.camunda8.gateways import bind_exclusive
from simulator.bpmn.element import ElementType, Enter, Way
from simulator.kernel.effects import Effect, Stuck, Take
from simulator.kernel.state import Execution
from simulator.model.process import Node

STUCK = Stuck("no flow holds")


def bind(node: Node) -> Enter | None:
    """Choose among several flows; a gateway with one way out or none is just passed."""
    if len(node.outgoing) < 2:
        return None
    choices = [(flow.condition, Take((flow,))) for flow in node.outgoing if flow is not node.default]
    default = None if node.default is None else Take((node.default,))

    def enter(node: Node, execution: Execution) -> Effect:
        for condition, take in choices:
            if condition is None or condition(execution):
                return take
        return STUCK if default is None else default

    return enter


ELEMENT = ElementType(tag="exclusiveGateway", camunda7=Way(bind=bind), camunda8=Way(bind=bind_exclusive))
