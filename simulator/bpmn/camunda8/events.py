"""Event definitions as Camunda 8 reads and checks them."""

from dataclasses import dataclass

from lxml import etree

from simulator.bpmn.camunda8.language import NOT_FOUND, compile_formula, compile_text, feel_of, note
from simulator.bpmn.camunda8.timers import read_timer
from simulator.bpmn.element import Reading
from simulator.bpmn.event_words import event_words, kind_words
from simulator.expressions.feel import EvaluationFailed, ExpressionSyntaxError, type_name
from simulator.expressions.feel.places import evaluate_correlation_key, evaluate_string
from simulator.model.process import Declaration, Evaluate, EventDefinition, Node
from simulator.model.xml import BPMN, ZEEBE

PREFIX = f"{{{BPMN}}}"
SUFFIX = "EventDefinition"
SUBSCRIPTION = f"{PREFIX}extensionElements/{{{ZEEBE}}}subscription"
NONE = EventDefinition(kind="none")
TERMINATE = EventDefinition(kind="terminate")
UNKNOWN = "Event definition of this type is not supported"
NAME_MISSING = "Name must be present and not empty"


@dataclass(frozen=True, slots=True)
class Catching:
    """Which events of a kind of element are run, which Camunda 8 runs beyond them, and its text for all others."""

    run: frozenset[str]
    refused: frozenset[str]
    otherwise: str


START = Catching(
    frozenset({"none", "message", "timer", "signal"}),
    frozenset({"error", "escalation", "compensate"}),
    "Start event must be one of: none, message, timer, signal",
)
CATCH = Catching(
    frozenset({"message", "timer", "signal"}),
    frozenset({"link"}),
    "Event definition must be one of: message, timer, signal, or link",
)
BOUNDARY = Catching(
    frozenset({"message", "timer", "signal", "error"}),
    frozenset({"escalation", "compensate"}),
    "Boundary events must be one of: timer, message, error, signal, escalation",
)
THROW = Catching(
    frozenset({"none", "message", "signal"}),
    frozenset({"link", "escalation", "compensate", "timer", "error"}),
    "Intermediate throw event must be one of: none, message, signal, escalation, link or compensation",
)
END = Catching(
    frozenset({"none", "message", "signal", "error", "terminate"}),
    frozenset({"escalation", "compensate"}),
    "End events must be one of: none, error, message, terminate, signal, escalation or compensation",
)


def read_event(element: etree._Element, node: Node, reading: Reading, catching: Catching) -> EventDefinition:
    """Read the event definition of an event; one that only the simulator lacks is refused by name."""
    found = [child for child in element if isinstance(child.tag, str) and child.tag.endswith(SUFFIX)]
    if len(found) > 1 or (not found and "none" not in catching.run):
        if node.kind == "intermediateThrowEvent":
            reading.refuse("throw events with several event definitions", element)
            return NONE
        note(reading, COUNTS.get(node.kind, "Must have exactly one event definition"), element)
        return NONE
    if not found:
        return NONE
    definition = found[0]
    kind = definition.tag[len(PREFIX) : -len(SUFFIX)]
    if kind in catching.refused:
        reading.refuse(f"{kind_words(kind)} {event_words(node)}s", element)
        return NONE
    if kind not in catching.run:
        if kind in ("conditional", "cancel"):
            note(reading, UNKNOWN, definition)
        note(reading, catching.otherwise, element)
        return NONE
    return READERS[kind](definition, node, reading)


COUNTS = {
    "startEvent": "Start event can't have more than one type",
    "endEvent": "Must have at most one event definition",
}


def declare(element: etree._Element, kind: str, reading: Reading) -> Declaration:
    """Read a message, signal, error or escalation declaration."""
    key: Evaluate | None = None
    subscriptions = element.findall(SUBSCRIPTION) if kind == "message" else []
    if len(subscriptions) == 1:
        text = subscriptions[0].get("correlationKey")
        if not text:
            note(reading, NOT_FOUND, subscriptions[0])
        else:
            key = compile_formula(reading, subscriptions[0], evaluate_correlation_key, text)
    return Declaration(
        id=element.get("id") or "",
        kind=kind,
        name=element.get("name"),
        code=element.get(f"{kind}Code"),
        correlation_key=key,
    )


def message_event(holder: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    """Read a message event from the element that carries `messageRef`."""
    declaration = reading.declaration(holder.get("messageRef"))
    if declaration is None:
        note(reading, "Must reference a message", holder)
        return NONE
    element = declared(holder, declaration)
    starts = node.kind == "startEvent" and node.parent is not None and node.parent.parent is None
    if not declaration.name:
        note_once(reading, NAME_MISSING, element)
        return NONE
    if starts:
        if declaration.id in node.process.detail.started:
            note_once(reading, "A message cannot be referred by more than one start event", element)
        node.process.detail.started.add(declaration.id)
        return _constant("message", declaration.name, holder, reading)
    if declaration.correlation_key is None and element.find(SUBSCRIPTION) is None:
        note_once(reading, "Must have exactly one zeebe:subscription extension element", element)
    return EventDefinition(
        kind="message",
        name=compile_text(reading, element, evaluate_string, declaration.name),
        name_text=declaration.name,
        correlation_key=declaration.correlation_key,
    )


def _constant(kind: str, name: str, definition: etree._Element, reading: Reading) -> EventDefinition:
    """A start event's message or signal, whose name is known at deployment."""
    found = name
    if name.startswith("=") and len(name) > 1:
        event = definition.getparent()
        try:
            value = feel_of(reading).expression(name)(None)
        except (EvaluationFailed, ExpressionSyntaxError) as error:
            message = f"Expected constant expression but found '{name}', which could not be evaluated without context"
            note(reading, f"{message}: {error}", definition if event is None else event)
            return NONE
        if not isinstance(value, str):
            wanted = f"Expected constant expression of type String for {kind} name '{name}'"
            message = f"{wanted}, but was {type_name(value)}"
            note(reading, message, definition if event is None else event)
            return NONE
        found = value
    return EventDefinition(kind=kind, name=lambda execution: found, name_text=found)


def declared(at: etree._Element, declaration: Declaration) -> etree._Element:
    """The element a declaration was read from."""
    root = at.getroottree().getroot()
    tag = f"{PREFIX}{declaration.kind}"
    return next(element for element in root.iterfind(tag) if element.get("id") == declaration.id)


def note_once(reading: Reading, message: str, element: etree._Element) -> None:
    """Note an error of a declaration that several events may refer to."""
    identity = element.get("id")
    if not any(problem.message == message and problem.element == identity for problem in reading.problems):
        note(reading, message, element)


def _message(definition: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    if node.kind in ("endEvent", "intermediateThrowEvent"):
        return EventDefinition(kind="message")
    return message_event(definition, node, reading)


def _signal(definition: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    declaration = reading.declaration(definition.get("signalRef"))
    if declaration is None:
        note(reading, "Must reference a signal", definition)
        return NONE
    element = declared(definition, declaration)
    if not declaration.name:
        note_once(reading, NAME_MISSING, element)
        return NONE
    if node.kind == "startEvent":
        return _constant("signal", declaration.name, definition, reading)
    name = compile_text(reading, element, evaluate_string, declaration.name)
    return EventDefinition(kind="signal", name=name, name_text=declaration.name)


def _error(definition: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    declaration = reading.declaration(definition.get("errorRef"))
    throws = node.kind == "endEvent"
    if declaration is None:
        if throws:
            note(reading, "Must reference an error", definition)
        return EventDefinition(kind="error")
    element = declared(definition, declaration)
    code = declaration.code
    if not code:
        if throws:
            note(reading, "ErrorCode must be present and not empty", definition)
        return EventDefinition(kind="error")
    if throws:
        value = compile_text_code(reading, element, code)
        return EventDefinition(kind="error", code=value, code_text=code)
    if code.startswith("="):
        message = "The errorCode of the error catch event is not allowed to be an expression"
        note(reading, message, definition)
    return EventDefinition(kind="error", code_text=code)


def compile_text_code(reading: Reading, element: etree._Element, code: str) -> Evaluate:
    """An error code: any static text, also a number; an expression that does not parse is found out late."""
    if not code.startswith("="):
        return lambda execution: code
    return compile_text(reading, element, evaluate_string, code, late=True)


def _terminate(definition: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    return TERMINATE


def _timer(definition: etree._Element, node: Node, reading: Reading) -> EventDefinition:
    timer = read_timer(definition, reading, at_deployment=node.kind == "startEvent")
    return EventDefinition(kind="timer", timer=timer)


READERS = {"message": _message, "signal": _signal, "error": _error, "terminate": _terminate, "timer": _timer}
