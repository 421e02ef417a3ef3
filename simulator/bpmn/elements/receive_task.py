"""Receive task: waits for its message, or without one for a trigger from outside (BPMN 2.0.2, 10.3.3)."""

from lxml import etree

from simulator.bpmn.camunda7.events import message_event
from simulator.bpmn.camunda8 import events as camunda8
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.kernel.effects import STAY, Stay
from simulator.kernel.state import Execution
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read which message it waits for."""
    if element.get("messageRef") is not None:
        node.event = message_event(element, node, reading)


def enter(node: Node, execution: Execution) -> Stay:
    """Wait."""
    return STAY


def has_scope(node: Node) -> bool:
    """A subscription needs a scope to hang on."""
    return node.event is not None


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read which message it waits for; there must be one."""
    node.event = camunda8.message_event(element, node, reading)


ELEMENT = ElementType(
    tag="receiveTask",
    camunda7=Way(read=read, enter=enter, scope=has_scope),
    camunda8=Way(read=read_camunda8, enter=enter),
)
