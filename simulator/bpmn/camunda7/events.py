"""Event definitions as Camunda 7 reads them."""

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.bpmn.event_words import event_words, kind_words
from simulator.model.process import EventDefinition, Node, Timer
from simulator.model.xml import BPMN

PREFIX = f"{{{BPMN}}}"
SUFFIX = "EventDefinition"
UNSUPPORTED = {
    "intermediateCatchEvent": ("error", "escalation", "cancel", "compensate", "terminate"),
    "boundaryEvent": ("link", "terminate"),
}
"""What the engine itself does not take there."""
NONE = EventDefinition(kind="none")
TERMINATE = EventDefinition(kind="terminate")


def read_event(
    element: etree._Element, node: Node, reading: Reading, known: frozenset[str]
) -> EventDefinition:
    """Read the event definition of an event; one that this simulator does not run there is refused by name."""
    found = [child for child in element if isinstance(child.tag, str) and child.tag.endswith(SUFFIX)]
    if not found:
        if "none" not in known:
            reading.error(f"Unsupported {event_words(node)} type", element)
        return NONE
    definition = found[0]
    kind = definition.tag[len(PREFIX) : -len(SUFFIX)]
    if len(found) == 1 and kind in UNSUPPORTED.get(node.kind, ()):
        reading.error(f"Unsupported {event_words(node)} type", element)
        return NONE
    if kind not in known or len(found) > 1:
        shown = kind_words(kind) if len(found) == 1 else "multiple"
        reading.refuse(f"{shown} {event_words(node)}s", element)
        return NONE
    return READERS[kind](definition, element, node, reading)


def message_event(element: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    """Read a message event from the element that carries `messageRef`."""
    reference = element.get("messageRef")
    if reference is None:
        return EventDefinition(kind="message")
    declaration = reading.declaration(reference)
    if declaration is None:
        twice = (node.id, node.id) if node.kind == "receiveTask" else ()
        message = f"Invalid 'messageRef': no message with id '{reference}' found."
        reading.error(message, element, owner=node.id, elements=twice)
        return NONE
    return _named("message", declaration.name or "", reading)


def _named(kind: str, name: str, reading: Reading) -> EventDefinition:
    return EventDefinition(kind=kind, name=reading.language.expression(name), name_text=name)


def _message(
    definition: etree._Element, element: etree._Element, node: Node, reading: Reading
) -> EventDefinition:
    if node.kind in ("endEvent", "intermediateThrowEvent"):
        return EventDefinition(kind="message")
    if definition.get("messageRef") is None:
        reading.error("attribute 'messageRef' is required", definition, owner=node.id)
        reading.error("Invalid 'messageRef': no message with id 'null' found.", definition, owner=node.id)
        return NONE
    return message_event(definition, node, reading)


def _signal(
    definition: etree._Element, element: etree._Element, node: Node, reading: Reading
) -> EventDefinition:
    reference = definition.get("signalRef")
    declaration = reading.declaration(reference)
    if reference is None:
        reading.error(
            "signalEventDefinition does not have required property 'signalRef'", definition, owner=node.id
        )
        return NONE
    if declaration is None or declaration.name is None:
        reading.error(f"Could not find signal with id '{reference}'", definition, owner=node.id)
        return NONE
    return _named("signal", declaration.name or "", reading)


def _error(
    definition: etree._Element, element: etree._Element, node: Node, reading: Reading
) -> EventDefinition:
    reference = definition.get("errorRef")
    declaration = reading.declaration(reference)
    code = reference if declaration is None else declaration.code
    if node.kind == "endEvent" and not code:
        message = (
            "'errorRef' attribute is mandatory on error end event"
            if reference is None
            else "'errorCode' is mandatory on errors referenced by throwing error event definitions, but the error "
            f"'{reference}' does not define one."
        )
        reading.error(message, definition, owner=node.id)
    language = reading.language
    return EventDefinition(
        kind="error",
        code_text=code,
        message_text=None if declaration is None else declaration.message,
        code_variable=language.attribute(definition, "errorCodeVariable"),
        message_variable=language.attribute(definition, "errorMessageVariable"),
    )


def _terminate(
    definition: etree._Element, element: etree._Element, node: Node, reading: Reading
) -> EventDefinition:
    return TERMINATE


def _timer(
    definition: etree._Element, element: etree._Element, node: Node, reading: Reading
) -> EventDefinition:
    for kind in ("timeDate", "timeCycle", "timeDuration"):
        child = definition.find(PREFIX + kind)
        if child is not None:
            text = (child.text or "").strip()
            timer = Timer(kind[4:].lower(), reading.language.expression(text), text)
            return EventDefinition(kind="timer", timer=timer)
    message = "Timer needs configuration (either timeDate, timeCycle or timeDuration is needed)."
    reading.error(message, definition, owner=node.id)
    return NONE


READERS = {"message": _message, "signal": _signal, "error": _error, "terminate": _terminate, "timer": _timer}
