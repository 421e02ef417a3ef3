"""What every element and flow of a Camunda 8 model may carry."""

from lxml import etree

from simulator.bpmn.camunda8.language import compile_formula
from simulator.bpmn.camunda8.mappings import read_mappings
from simulator.bpmn.element import Reading
from simulator.expressions.feel.places import evaluate_boolean
from simulator.model.process import Flow, Node
from simulator.model.xml import BPMN

PREFIX = f"{{{BPMN}}}"
LISTENERS = {"executionListeners": "execution listeners", "taskListeners": "task listeners"}


def read_common(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read mappings; refuse what only the engine runs."""
    if element.get("isForCompensation") == "true":
        node.for_compensation = True
        reading.refuse("compensation handlers", element)
    if not len(element):
        return
    if element.find(f"{PREFIX}multiInstanceLoopCharacteristics") is not None:
        reading.refuse("multi-instance activities", element)
    if element.find(f"{PREFIX}extensionElements") is None:
        return
    for tag, words in LISTENERS.items():
        if reading.language.extension(element, tag) is not None:
            reading.refuse(words, element)
    read_mappings(element, node, reading)


def read_flow(element: etree._Element, flow: Flow, reading: Reading) -> None:
    """Read a flow's condition."""
    condition = element.find(f"{PREFIX}conditionExpression")
    if condition is not None:
        flow.condition_text = (condition.text or "").strip()
        flow.condition = compile_formula(reading, condition, evaluate_boolean, flow.condition_text)
