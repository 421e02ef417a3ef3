"""Start event: where a process or a subprocess begins (BPMN 2.0.2, 10.5.2)."""

from lxml import etree

from simulator.bpmn.camunda7.events import read_event
from simulator.bpmn.camunda7.forms import read_form
from simulator.bpmn.camunda8 import events as camunda8
from simulator.bpmn.element import ElementType, Enter, Reading, Way
from simulator.kernel.effects import LEAVE, Leave
from simulator.kernel.state import Execution
from simulator.model.process import Node

CAUGHT = frozenset({"none", "message", "timer", "signal"})


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what starts it, its form and who may start it."""
    node.event = read_event(element, node, reading, CAUGHT)
    node.detail = read_form(element, reading)


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what starts it."""
    node.event = camunda8.read_event(element, node, reading, camunda8.START)


def bind_camunda8(node: Node) -> Enter | None:
    """One inside a subprocess that boundary events are attached to subscribes to them as it completes."""
    around = node.parent
    return pass_on if around is not None and around.boundary else None


def pass_on(node: Node, execution: Execution) -> Leave:
    """Nothing to wait for."""
    return LEAVE


ELEMENT = ElementType(
    tag="startEvent", camunda7=Way(read=read), camunda8=Way(read=read_camunda8, bind=bind_camunda8)
)
