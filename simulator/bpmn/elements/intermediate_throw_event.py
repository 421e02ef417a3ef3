"""Intermediate throw event: a token passes and tells the world (BPMN 2.0.2, 10.5.4)."""

from lxml import etree

from simulator.bpmn.camunda7.events import read_event
from simulator.bpmn.camunda7.services import is_external, open_external, read_service
from simulator.bpmn.camunda8 import events as camunda8
from simulator.bpmn.camunda8.tasks import bind_detail, read_either
from simulator.bpmn.element import ElementType, Enter, Reading, Way
from simulator.kernel.effects import Broadcast
from simulator.model.process import Node

THROWN = frozenset({"none", "message", "signal"})


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it throws."""
    node.event = read_event(element, node, reading, THROWN)
    if node.event.kind == "message":
        read_service(element, node, reading, needed=False, within="messageEventDefinition")


def bind(node: Node) -> Enter | None:
    """Bind what it throws; one that throws nothing is passed."""
    event = node.event
    if event is not None and event.kind == "signal" and event.name is not None:
        signal = Broadcast(event.name)
        return lambda _node, _execution: signal
    return open_external if is_external(node) else None


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it throws; a message is sent by a worker."""
    node.event = camunda8.read_event(element, node, reading, camunda8.THROW)
    if node.event.kind == "message" and read_either(element, node, reading, "publishMessage"):
        reading.refuse("message events that publish", element)


def bind_camunda8(node: Node) -> Enter | None:
    """Bind what it throws; one that throws nothing is passed."""
    return bind(node) if node.detail is None else bind_detail(node)


ELEMENT = ElementType(
    tag="intermediateThrowEvent",
    camunda7=Way(read=read, bind=bind, scope=is_external),
    camunda8=Way(read=read_camunda8, bind=bind_camunda8),
)
