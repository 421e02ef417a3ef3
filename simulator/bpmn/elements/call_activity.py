"""Call activity: another process runs in its place (BPMN 2.0.2, 10.3.6)."""

from lxml import etree

from simulator.bpmn.camunda7.calls import read_call
from simulator.bpmn.camunda8 import calls as camunda8
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.kernel.effects import CALL, Call
from simulator.kernel.state import Execution
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what it calls and what is handed over."""
    read_call(element, node, reading)


def enter(node: Node, execution: Execution) -> Call:
    """Start what it calls."""
    return CALL


ELEMENT = ElementType(
    tag="callActivity",
    camunda7=Way(read=read, enter=enter, scope=lambda node: True),
    camunda8=Way(read=camunda8.read_call, enter=enter),
)
