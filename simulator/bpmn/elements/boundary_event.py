"""Boundary event: catches while its activity runs, interrupting it or not (BPMN 2.0.2, 10.5.4)."""

from lxml import etree

from simulator.bpmn.camunda7.events import read_event
from simulator.bpmn.camunda8 import events as camunda8
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.model.process import Node

CAUGHT = frozenset({"message", "timer", "signal", "error"})


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it catches, and where it sits."""
    if element.get("attachedToRef") is None:
        reading.error("AttachedToRef is required when using a timerEventDefinition", element)
    node.event = read_event(element, node, reading, CAUGHT)
    node.interrupting = element.get("cancelActivity") != "false" or node.event.kind == "error"


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it catches; one that does not interrupt may not catch an error."""
    node.event = camunda8.read_event(element, node, reading, camunda8.BOUNDARY)
    node.interrupting = element.get("cancelActivity") != "false"


ELEMENT = ElementType(tag="boundaryEvent", camunda7=Way(read=read), camunda8=Way(read=read_camunda8))
