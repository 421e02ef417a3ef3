"""What Camunda 7 refuses at deployment, beyond what an element sees when it is read (texts of live 7.24)."""

from collections.abc import Callable, Iterator

from simulator.bpmn.element import Problem, Reading
from simulator.model.process import Node, Process

SUBSCRIBED = ("message", "signal")
BETTER = "better set the default flow in your gateway."
ASSUMED = f" We assume it to be the default flow, but it is bad modeling practice, {BETTER}"
ONLY_TRIGGERED = {
    "message": "messageEventDefinition", "signal": "signalEventDefintion", "error": "errorEventDefinition"
}  # fmt: skip


def validate(process: Process, reading: Reading) -> None:
    """Run every check; problems are noted in `reading`."""
    for node in [process.root, *process.nodes.values()]:
        if node.children is not None and not node.triggered_by_event:
            _check_starts(node, reading)
        check = BY_KIND.get(node.kind)
        if check is not None:
            check(node, reading)
        if node.catches:
            _check_subscriptions(list(node.catches), node.id, reading)
        if node.async_after and any(not flow.id for flow in node.outgoing):
            message = f"Sequence flow with sourceRef='{node.id}' must have an id, activity with id '{node.id}' uses "
            _note(reading, f"{message}'asyncAfter'.", node, nowhere=True)
    _check_start_messages(process, reading)
    _check_subscriptions(process.root.start_events(), None, reading)


def _note(
    reading: Reading,
    message: str,
    node: Node,
    *,
    at: str | None = None,
    nowhere: bool = False,
    warning: bool = False,
    elements: tuple[str, ...] = (),
) -> None:
    """Note a problem at a node, at the element with another id, or at no place at all."""
    reading.problems.append(
        Problem(
            message=message,
            element=node.id,
            line=0 if nowhere else node.line,
            at=None if nowhere else at or node.id,
            warning=warning,
            elements=elements,
        )
    )


def _check_starts(scope: Node, reading: Reading) -> None:
    starts = scope.start_events()
    if not starts:
        _note(reading, f"{scope.kind} must define a startEvent element", scope)
        return
    if scope.parent is None:
        plain = [start for start in starts if start.event is None or start.event.kind in ("none", "timer")]
        for start in plain[1:]:
            message = "multiple none start events or timer start events not supported on process definition"
            _note(reading, message, start, at=scope.id, elements=(scope.id, start.id))
        return
    for start in starts[1:]:
        message = "multiple start events not supported for subprocess"
        _note(reading, message, start, at=scope.id, elements=(scope.id, start.id))
    for start in starts:
        kind = "none" if start.event is None else start.event.kind
        if kind in ONLY_TRIGGERED:
            message = (
                f"{ONLY_TRIGGERED[kind]} only allowed on start event if subprocess is an event subprocess"
            )
            _note(reading, message, start, at=_definition(start, kind))
        elif kind != "none":
            message = f"{kind}EventDefinition is not allowed on start event within a subprocess"
            _note(reading, message, start, at=_definition(start, kind))


def _definition(node: Node, kind: str) -> str:
    """The place of an event's definition."""
    return f"{node.id}/{kind}EventDefinition"


def _check_start_messages(process: Process, reading: Reading) -> None:
    for start in process.root.start_events():
        event = start.event
        name = None if event is None or event.kind != "message" else event.name_text
        if name is not None and ("${" in name or "#{" in name):
            message = (
                f"Invalid message name '{name}' for element 'messageEventDefinition': expressions in the message start "
                "event name are not allowed!"
            )
            _note(reading, message, start, at=_definition(start, "message"))


def _check_subscriptions(nodes: list[Node], scope: str | None, reading: Reading) -> None:
    """Names a scope subscribes to: there, and each only once."""
    seen: set[tuple[str, str]] = set()
    for node, kind, name in _subscribed(nodes):
        whole = kind == "message" and node.kind in ("startEvent", "receiveTask")
        twice, at = ((node.id, node.id), node.id) if whole else ((), _definition(node, kind))
        if kind == "message" and not name:
            _note(
                reading,
                "Cannot have a message event subscription with an empty or missing name",
                node,
                at=at,
                elements=twice,
            )
        elif (kind, name) in seen:
            message = f"Cannot have more than one {kind} event subscription with name '{name}' for scope "
            _note(reading, f"{message}'{'null' if scope is None else scope}'", node, at=at, elements=twice)
        seen.add((kind, name))


def _subscribed(nodes: list[Node]) -> Iterator[tuple[Node, str, str]]:
    for node in nodes:
        if node.event is not None and node.event.kind in SUBSCRIBED and node.event.name_text is not None:
            yield node, node.event.kind, node.event.name_text


def _check_exclusive(node: Node, reading: Reading) -> None:
    flows = node.outgoing
    if not flows:
        _note(reading, f"Exclusive Gateway '{node.id}' has no outgoing sequence flows.", node, nowhere=True)
        return
    if len(flows) == 1:
        if flows[0].condition is not None:
            message = (
                f"Exclusive Gateway '{node.id}' has only one outgoing sequence flow ('{flows[0].id}'). This is not "
                "allowed to have a condition."
            )
            _note(reading, message, node, nowhere=True, elements=(node.id, flows[0].id))
        return
    bare = [flow for flow in flows if flow.condition is None and flow is not node.default]
    doubtful = node.default is None and len(bare) == 1
    for flow in flows:
        message = f"Exclusive Gateway '{node.id}' has outgoing sequence flow '{flow.id}' "
        if flow is node.default and flow.condition is not None:
            message += "which is the default flow but has a condition too."
        elif flow.condition is None and flow is not node.default:
            message += "without condition which is not the default flow." + (ASSUMED if doubtful else "")
        else:
            continue
        _note(
            reading,
            message,
            node,
            nowhere=True,
            warning=flow in bare and doubtful,
            elements=(node.id, flow.id),
        )


def _check_event_gateway(node: Node, reading: Reading) -> None:
    if node.async_after:
        _note(reading, "'asyncAfter' not supported for eventBasedGateway elements.", node)
    for flow in node.outgoing:
        target = flow.target
        if target.kind != "intermediateCatchEvent":
            message = "Event based gateway can only be connected to elements of type intermediateCatchEvent"
            _note(reading, message, node)
            continue
        for other in target.incoming:
            if other.source is not node:
                message = f"Invalid incoming sequenceflow for intermediateCatchEvent with id '{target.id}' connected "
                reading.problems.append(
                    Problem(message=f"{message}to an event-based gateway.", element=other.id, line=other.line)
                )


def _check_boundary(node: Node, reading: Reading) -> None:
    if node.attached_to is None:
        message = (
            "Invalid reference in boundary event. Make sure that the referenced activity is defined in the same scope "
            "as the boundary event"
        )
        _note(reading, message, node)


BY_KIND: dict[str, Callable[[Node, Reading], None]] = {
    "exclusiveGateway": _check_exclusive,
    "eventBasedGateway": _check_event_gateway,
    "boundaryEvent": _check_boundary,
}
