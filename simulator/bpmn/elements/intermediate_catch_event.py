"""Intermediate catch event: a token waits here for what it names (BPMN 2.0.2, 10.5.4)."""

from lxml import etree

from simulator.bpmn.camunda7.events import read_event
from simulator.bpmn.camunda8 import events as camunda8
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.kernel.effects import STAY, Stay
from simulator.kernel.state import Execution
from simulator.model.process import Node

CAUGHT = frozenset({"message", "timer", "signal"})


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it catches."""
    node.event = read_event(element, node, reading, CAUGHT)


def enter(node: Node, execution: Execution) -> Stay:
    """Wait."""
    return STAY


def has_scope(node: Node) -> bool:
    """Behind an event-based gateway it is no wait state of its own."""
    return node.behind_gateway is None


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it catches."""
    node.event = camunda8.read_event(element, node, reading, camunda8.CATCH)


ELEMENT = ElementType(
    tag="intermediateCatchEvent",
    camunda7=Way(read=read, enter=enter, scope=has_scope),
    camunda8=Way(read=read_camunda8, enter=enter),
)
