"""Send task: sends a message by software (BPMN 2.0.2, 10.3.3)."""

from lxml import etree

from simulator.bpmn.camunda7.services import bind_service, is_external, read_service
from simulator.bpmn.camunda8.tasks import bind_detail, read_either
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read who does it."""
    read_service(element, node, reading)


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read its job; one that publishes is refused."""
    if read_either(element, node, reading, "publishMessage"):
        reading.refuse("send tasks that publish", element)


ELEMENT = ElementType(
    tag="sendTask",
    camunda7=Way(read=read, bind=bind_service, scope=is_external),
    camunda8=Way(read=read_camunda8, bind=bind_detail),
)
