"""Event-based gateway: waits until the first of the events behind it happens (BPMN 2.0.2, 13.4.4)."""

from simulator.bpmn.element import ElementType, Way
from simulator.kernel.effects import STAY, Stay
from simulator.kernel.state import Execution
from simulator.model.process import Node


def enter(node: Node, execution: Execution) -> Stay:
    """Wait for the events it is subscribed to."""
    return STAY


ELEMENT = ElementType(
    tag="eventBasedGateway", camunda7=Way(enter=enter, scope=lambda node: True), camunda8=Way(enter=enter)
)
