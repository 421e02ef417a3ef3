"""Work done by software: expressions at once, external tasks by workers; Java classes are refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from simulator.bpmn.element import Enter, Reading
from simulator.kernel.effects import Effect, Open, Result
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate, Node
from simulator.model.xml import BPMN

REFUSED_TYPES = ("mail", "shell")
REGISTERED = "make sure the connect process engine plugin is registered with the process engine."
CONNECTOR = f" If you are using a connector, {REGISTERED}"
JAVA = ("class", "delegateExpression")


@dataclass(frozen=True, slots=True)
class External:
    """An external task: the topic workers ask for, what it is opened with, the properties of its element."""

    topic: Evaluate
    work: Open
    properties: Mapping[str, str | None]


def read_service(
    element: etree._Element, node: Node, reading: Reading, *, needed: bool = True, within: str | None = None
) -> None:
    """Read how a service-like element is done; `within` names the child that carries the attributes."""
    carrier = element if within is None else element.find(f"{{{BPMN}}}{within}")
    if carrier is None:
        return
    language = reading.language
    kind, expression = language.attribute(carrier, "type"), language.attribute(carrier, "expression")
    if any(language.attribute(carrier, name) is not None for name in JAVA):
        reading.refuse("Java classes and delegate beans", element)
    elif kind == "external":
        _read_external(carrier, element, node, reading)
    elif kind in REFUSED_TYPES:
        reading.refuse(f"service tasks of type '{kind}'", element)
    elif kind is not None:
        reading.error(f"Invalid usage of type attribute on {node.kind}: '{kind}'", element)
        reading.error(_mandatory(node), element)
    elif expression:
        name = language.attribute(carrier, "resultVariable") or language.attribute(
            carrier, "resultVariableName"
        )
        node.detail = Result(name, language.expression(expression))
    elif language.extension(carrier, "connector") is not None:
        reading.refuse("connectors", element)
    elif needed:
        reading.error(_mandatory(node), element)


def _mandatory(node: Node) -> str:
    """What is said of a task that nothing does (live Camunda 7.24)."""
    message = "One of the attributes 'class', 'delegateExpression', 'type', or 'expression' is mandatory on "
    return f"{message}{node.kind}.{'' if node.kind == 'sendTask' else CONNECTOR}"


def _read_external(carrier: etree._Element, element: etree._Element, node: Node, reading: Reading) -> None:
    language = reading.language
    topic, priority = language.attribute(carrier, "topic"), language.attribute(carrier, "taskPriority")
    if topic is None:
        reading.error("External tasks must specify a 'topic' attribute in the camunda namespace", carrier)
        return
    facts = {"topic": language.expression(topic)}
    if priority is not None:
        facts["priority"] = language.expression(priority)
    if language.extension(carrier, "errorEventDefinition") is not None:
        reading.refuse("error event definitions of external tasks", carrier)
    holder = language.extension(element, "properties")
    listed = () if holder is None else holder.iterfind("{*}property")
    properties = {each.get("name") or "": each.get("value") for each in listed}
    node.detail = External(facts["topic"], Open("external-task", facts), properties)


def is_external(node: Node) -> bool:
    """Whether a worker does it: then it has a scope of its own."""
    return node.detail.__class__ is External


def open_external(node: Node, execution: Execution) -> Effect:
    """Open an external task."""
    work: Open = node.detail.work
    return work


def bind_service(node: Node) -> Enter | None:
    """Choose between a worker's task and an expression evaluated at once."""
    if is_external(node):
        return open_external
    result = node.detail
    return None if result is None else lambda _node, _execution: result
