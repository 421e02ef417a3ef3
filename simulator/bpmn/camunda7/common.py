"""What every element of a Camunda 7 model may carry: asynchrony, listeners, mappings, where it is attached."""

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.process import Declaration, Evaluate, Flow, Mapping, Node
from simulator.model.xml import BPMN

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
        for child in element.iterchildren(LOOP, EXTENSIONS):
            if child.tag == LOOP:
                reading.refuse("multi-instance activities", element)
            else:
                _read_extensions(element, node, reading)


def _read_attributes(element: etree._Element, node: Node, reading: Reading) -> None:
    attribute = reading.language.attribute
    node.async_before = _truth(attribute(element, "asyncBefore")) or _truth(attribute(element, "async"))
    node.async_after = _truth(attribute(element, "asyncAfter"))
    node.exclusive = attribute(element, "exclusive") != "false"
    node.for_compensation = element.get("isForCompensation") == "true"
    if node.for_compensation:
        reading.refuse("compensation handlers", element)


def _read_extensions(element: etree._Element, node: Node, reading: Reading) -> None:
    language = reading.language
    listeners: dict[str, tuple[Evaluate, ...]] = {}
    for listener in language.extensions(element, "executionListener"):
        event, text = listener.get("event") or "", listener.get("expression")
        if text is None:
            reading.refuse("listeners with Java classes, delegate beans or scripts", element)
        else:
            listeners[event] = (*listeners.get(event, ()), language.expression(text))
    node.listeners = listeners or None
    if language.extensions(element, "taskListener"):
        reading.refuse("task listeners", element)
    mappings = language.extension(element, "inputOutput")
    if mappings is not None:
        _read_mappings(mappings, element, node, reading)


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
    node.inputs = tuple(_mapping(child, reading) for child in ins)
    node.outputs = tuple(_mapping(child, reading) for child in outs)


def _mapping(element: etree._Element, reading: Reading) -> Mapping:
    text = (element.text or "").strip()
    language = reading.language
    nested = [child for child in element if isinstance(child.tag, str)]
    if nested:
        return Mapping(element.get("name") or "", _nested(nested[0], reading), text)
    return Mapping(element.get("name") or "", language.expression(text) if text else _null, text)


def _nested(element: etree._Element, reading: Reading) -> Evaluate:
    """A list or a map written out in the model."""
    tag = element.tag.rpartition("}")[2]
    if tag == "list":
        items = [_entry(child, reading) for child in element if isinstance(child.tag, str)]
        return lambda execution: [item(execution) for item in items]
    if tag == "map":
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
        if condition.get("language") not in (None, "", "juel") or condition.text is None:
            reading.refuse("conditions in a script language or from a resource", element)
        else:
            flow.condition_text = condition.text.strip()
            flow.condition = reading.language.condition(flow.condition_text)
    taken = [e.get("expression") for e in reading.language.extensions(element, "executionListener")]
    if None in taken:
        reading.refuse("listeners with Java classes, delegate beans or scripts", element)
    flow.listeners = tuple(reading.language.expression(text) for text in taken if text is not None)


def declare(element: etree._Element, kind: str, reading: Reading) -> Declaration:
    """Read a message, signal, error or escalation declaration."""
    identity = element.get("id") or ""
    code = element.get(f"{kind}Code")
    return Declaration(
        id=identity,
        kind=kind,
        name=element.get("name"),
        code=code,
        message=reading.language.attribute(element, "errorMessage"),
    )


def has_scope(node: Node) -> bool:
    """Any activity with a boundary event (compensation apart) or with mappings gets a scope of its own."""
    return bool(node.boundary) or bool(node.inputs) or bool(node.outputs)


def _truth(text: str | None) -> bool:
    return text is not None and text.strip().lower() in ("true", "on", "enabled", "active")
