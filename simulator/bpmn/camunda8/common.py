"""What every element and flow of a Camunda 8 model may carry."""

from lxml import etree

from simulator.bpmn.camunda8.language import compile_formula, note
from simulator.bpmn.camunda8.mappings import read_mappings
from simulator.bpmn.element import Reading
from simulator.expressions.feel.places import evaluate_boolean
from simulator.model.process import Flow, Node
from simulator.model.xml import BPMN

PREFIX = f"{{{BPMN}}}"
LOOP = f"{PREFIX}multiInstanceLoopCharacteristics"
EXTENSIONS = f"{PREFIX}extensionElements"
INCOMING = f"{PREFIX}incoming"
OUTGOING = f"{PREFIX}outgoing"
LISTENERS = {"executionListeners": "execution listeners", "taskListeners": "task listeners"}


class References:
    """What elements name by its id, by their own id: flows that come in and go out, the default flow, processes called.

    Deployment checks go by these, execution by the flows themselves (live Camunda 8.8.21). `started` are the
    messages that start the process.
    """

    __slots__ = ("called", "defaults", "incoming", "outgoing", "started")

    def __init__(self) -> None:
        self.incoming: dict[str, list[str]] = {}
        self.outgoing: dict[str, list[str]] = {}
        self.defaults: dict[str, str] = {}
        self.called: dict[str, str] = {}
        self.started: set[str] = set()


def read_common(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read mappings and the flows an element names; refuse what only the engine runs."""
    if reading.attributes.get("isForCompensation") == "true":
        node.for_compensation = True
        reading.refuse("compensation handlers", element)
    references: References = node.process.detail
    if "id" not in reading.attributes:
        note(reading, "Element id must be present and not empty.", element)
    if "default" in reading.attributes:
        references.defaults[node.id] = reading.attributes["default"]
    if not len(element):
        return
    for child in element.iterchildren(LOOP, EXTENSIONS, INCOMING, OUTGOING):
        tag = child.tag
        if tag == OUTGOING:
            references.outgoing.setdefault(node.id, []).append((child.text or "").strip())
        elif tag == INCOMING:
            references.incoming.setdefault(node.id, []).append((child.text or "").strip())
        elif tag == LOOP:
            reading.refuse("multi-instance activities", element)
        else:
            _read_extensions(element, node, reading)


def _read_extensions(element: etree._Element, node: Node, reading: Reading) -> None:
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
