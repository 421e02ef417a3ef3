"""Business rule task: decided by a table, or done like a service task (BPMN 2.0.2, 10.3.3)."""

from lxml import etree

from simulator.bpmn.camunda7.services import bind_service, is_external, read_service
from simulator.bpmn.camunda8.tasks import bind_detail, read_either
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read who does it; a decision is refused."""
    if reading.language.attribute(element, "decisionRef") is not None:
        reading.refuse("decisions behind a business rule task", element)
        return
    read_service(element, node, reading)


def read_camunda8(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read its job; a decision is refused."""
    if read_either(element, node, reading, "calledDecision"):
        reading.refuse("decisions behind a business rule task", element)


ELEMENT = ElementType(
    tag="businessRuleTask",
    camunda7=Way(read=read, bind=bind_service, scope=is_external),
    camunda8=Way(read=read_camunda8, bind=bind_detail),
)
