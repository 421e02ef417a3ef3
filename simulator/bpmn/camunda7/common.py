"""What every element of a Camunda 7 model may carry: asynchrony, listeners, mappings, where it is attached."""

import re

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.process import Declaration, Evaluate, Flow, Mapping, Node
from simulator.model.xml import BPMN

XSI = "http://www.w3.org/2001/XMLSchema-instance"
BPMN_PREFIX = f"{{{BPMN}}}"
LOOP = f"{BPMN_PREFIX}multiInstanceLoopCharacteristics"
EXTENSIONS = f"{BPMN_PREFIX}extensionElements"
PLAIN = frozenset({"id", "name", "default", "attachedToRef"})
"""Attributes that are no extensions and are read elsewhere."""
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
NO_MAPPINGS = GATEWAYS | {"startEvent", "boundaryEvent"}


def read_common(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what the element's extension attributes and elements say."""
    if not reading.attributes.keys() <= PLAIN:
        _read_attributes(element, node, reading)
    if len(element):
        for child in element:
            tag = child.tag
            if tag == EXTENSIONS:
                _read_extensions(element, node, reading)
            elif tag == LOOP:
                reading.refuse("multi-instance activities", element)


def _read_attributes(element: etree._Element, node: Node, reading: Reading) -> None:
    attribute = reading.language.attribute
    node.async_before = _truth(attribute(element, "asyncBefore")) or _truth(attribute(element, "async"))
    node.async_after = _truth(attribute(element, "asyncAfter"))
    node.exclusive = attribute(element, "exclusive") != "false"
    priority = attribute(element, "jobPriority")
    if priority is not None and "{" not in priority and not re.fullmatch(r"[+-]?\d+", priority):
        reading.error(f"Value '{priority}' for attribute 'jobPriority' is not a valid number", element)
    node.for_compensation = element.get("isForCompensation") == "true"
    if node.for_compensation:
        reading.refuse("compensation handlers", element)


def _read_extensions(element: etree._Element, node: Node, reading: Reading) -> None:
    language = reading.language
    listeners: dict[str, tuple[Evaluate, ...]] = {}
    for listener in language.extensions(element, "executionListener"):
        event, text = listener.get("event") or "", listener.get("expression")
        if event not in ("start", "end"):
            wrong = "must be one of {start|end}" if event else "is mandatory on listener"
            reading.error(f"Attribute 'event' {wrong}", listener, owner=node.id)
        elif text is None:
            _refuse_listener(listener, node.id, reading)
        else:
            listeners[event] = (*listeners.get(event, ()), language.expression(text))
    node.listeners = listeners or None
    if language.extensions(element, "taskListener"):
        reading.refuse("task listeners", element)
    mappings = language.extension(element, "inputOutput")
    if mappings is not None:
        _read_mappings(mappings, element, node, reading)


def _refuse_listener(listener: etree._Element, owner: str, reading: Reading) -> None:
    """A listener that is no expression: one that is nothing at all the engine itself refuses."""
    if listener.get("class") is None and listener.get("delegateExpression") is None and not len(listener):
        message = "Element 'class', 'expression', 'delegateExpression' or 'script' is mandatory on executionListener"
        reading.error(message, listener, owner=owner)
    else:
        reading.refuse("listeners with Java classes, delegate beans or scripts", listener)


def _read_mappings(holder: etree._Element, element: etree._Element, node: Node, reading: Reading) -> None:
    ins = [child for child in holder if isinstance(child.tag, str) and child.tag.endswith("}inputParameter")]
    outs = [
        child for child in holder if isinstance(child.tag, str) and child.tag.endswith("}outputParameter")
    ]
    if node.kind in NO_MAPPINGS:
        reading.error(f"camunda:inputOutput mapping unsupported for element type '{node.kind}'.", element)
        return
    if outs and node.kind == "endEvent":
        reading.error("camunda:outputParameter not allowed for element type 'endEvent'.", element)
        return
    node.inputs = tuple(_mapping(child, node, reading) for child in ins)
    node.outputs = tuple(_mapping(child, node, reading) for child in outs)


def _mapping(element: etree._Element, node: Node, reading: Reading) -> Mapping:
    text = (element.text or "").strip()
    language = reading.language
    nested = [child for child in element if isinstance(child.tag, str)]
    if not element.get("name"):
        message = f"Missing attribute 'name' for {element.tag.rpartition('}')[2]}"
        reading.error(message, element, owner=node.id)
    if len(nested) > 1:
        reading.error("Nested parameter can at most have one child element", element, owner=node.id)
    if nested:
        return Mapping(element.get("name") or "", _nested(nested[0], node.id, reading), text)
    return Mapping(element.get("name") or "", language.expression(text) if text else _null, text)


def _nested(element: etree._Element, owner: str, reading: Reading) -> Evaluate:
    """A list or a map written out in the model."""
    tag = element.tag.rpartition("}")[2]
    if tag == "list":
        items = [_entry(child, reading) for child in element if isinstance(child.tag, str)]
        return lambda execution: [item(execution) for item in items]
    if tag == "map":
        for entry in element.iterchildren("{*}entry"):
            if not entry.get("key"):
                reading.error("Missing attribute 'key' for 'entry' element", entry, owner=owner)
        entries = [(e.get("key") or "", _entry(e, reading)) for e in element if isinstance(e.tag, str)]
        return lambda execution: {key: value(execution) for key, value in entries}
    if tag == "script" and (element.get("scriptFormat") or "").lower() == "juel":
        return reading.language.expression((element.text or "").strip())
    reading.refuse(f"{tag} in an input or output", element)
    return _null


def _entry(element: etree._Element, reading: Reading) -> Evaluate:
    nested = [child for child in element if isinstance(child.tag, str)]
    if nested:
        return _null_refused(nested[0], reading)
    return reading.language.expression((element.text or "").strip())


def _null_refused(element: etree._Element, reading: Reading) -> Evaluate:
    reading.refuse("lists and maps inside lists and maps", element)
    return _null


def _null(execution: object) -> None:
    """No text: the value is null."""
    return


def read_flow(element: etree._Element, flow: Flow, reading: Reading) -> None:
    """Read a flow's condition and its listeners."""
    if not len(element):
        return
    condition = element.find(f"{BPMN_PREFIX}conditionExpression")
    if condition is not None:
        kind = condition.get(f"{{{XSI}}}type")
        if kind is not None and kind.rpartition(":")[2] != "tFormalExpression":
            message = "Invalid type, only tFormalExpression is currently supported"
            reading.error(message, condition, owner=flow.id)
        elif (condition.get("language") or "juel") != "juel" or reading.language.attribute(
            condition, "resource"
        ):
            reading.refuse("conditions in a script language or from a resource", element)
        else:
            flow.condition_text = (condition.text or "").strip()
            flow.condition = reading.language.condition(flow.condition_text)
    listeners = reading.language.extensions(element, "executionListener")
    for listener in listeners:
        if listener.get("expression") is None:
            _refuse_listener(listener, flow.id, reading)
    texts = [listener.get("expression") for listener in listeners]
    flow.listeners = tuple(reading.language.expression(text) for text in texts if text is not None)


MISSING_ID = {
    "signal": "signal must have an id",
    "error": "'id' is mandatory on error definition",
    "escalation": "escalation must have an id",
}


def _check_declaration(element: etree._Element, kind: str, reading: Reading) -> None:
    """What the engine demands of declarations (texts of live Camunda 7.24)."""
    identity, name = element.get("id"), element.get("name")
    if not identity and kind in MISSING_ID:
        reading.error(MISSING_ID[kind], element)
    elif kind == "signal" and not name:
        reading.error(f"signal with id '{identity}' has no name", element)
    elif kind == "signal" and any((d.kind, d.name) == (kind, name) for d in reading.declarations.values()):
        reading.error(f"duplicate signal name '{name}'.", element)


def declare(element: etree._Element, kind: str, reading: Reading) -> Declaration:
    """Read a message, signal, error or escalation declaration."""
    identity = element.get("id") or ""
    _check_declaration(element, kind, reading)
    code = element.get(f"{kind}Code")
    return Declaration(
        id=identity,
        kind=kind,
        name=element.get("name"),
        code=code,
        message=reading.language.attribute(element, "errorMessage"),
    )


def documentation_of(element: etree._Element) -> str | None:
    """The texts of all documentations, None where there is none."""
    texts = [(child.text or "").strip() for child in element.iterfind(f"{BPMN_PREFIX}documentation")]
    return "\n\n".join(texts) if texts else None


def has_scope(node: Node) -> bool:
    """Any activity with a boundary event (compensation apart) or with mappings gets a scope of its own."""
    return bool(node.boundary) or bool(node.inputs) or bool(node.outputs)


def _truth(text: str | None) -> bool:
    return text is not None and text.strip().lower() in ("true", "on", "enabled", "active")
