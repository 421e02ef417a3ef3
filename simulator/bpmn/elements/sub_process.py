"""Embedded subprocess: a scope with a content of its own (BPMN 2.0.2, 10.3.5)."""

from lxml import etree

from simulator.bpmn.element import ElementType, Reading, Way
from simulator.kernel.effects import LEAVE, Descend, Effect
from simulator.kernel.state import Execution
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read whether an event triggers it; one that does is not run."""
    node.triggered_by_event = element.get("triggeredByEvent") == "true"
    if node.triggered_by_event:
        reading.refuse("event subprocesses", element)


def enter(node: Node, execution: Execution) -> Effect:
    """Begin with its start event."""
    return LEAVE if node.start is None else Descend(node.start)


ELEMENT = ElementType(
    tag="subProcess",
    camunda7=Way(read=read, enter=enter, scope=lambda node: True),
    camunda8=Way(read=read, enter=enter),
)
