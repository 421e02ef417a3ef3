"""Boundary event: catches while its activity runs, interrupting it or not (BPMN 2.0.2, 10.5.4)."""

from lxml import etree

from simulator.bpmn.camunda7.events import read_event
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.model.process import Node

CAUGHT = frozenset({"message", "timer", "signal", "error"})


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it catches, and where it sits."""
    node.event = read_event(element, node, reading, CAUGHT)
    node.interrupting = element.get("cancelActivity") != "false" or node.event.kind == "error"


ELEMENT = ElementType(tag="boundaryEvent", camunda7=Way(read=read))
