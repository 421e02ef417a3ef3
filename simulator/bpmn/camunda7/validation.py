"""What Camunda 7 refuses at deployment, beyond what an element sees when it is read."""

from collections import Counter
from collections.abc import Callable

from simulator.bpmn.element import Problem, Reading
from simulator.model.process import Node, Process

Check = Callable[[Process, Reading], None]


def validate(process: Process, reading: Reading) -> None:
    """Run every check; problems are noted in `reading`."""
    for node in [process.root, *process.nodes.values()]:
        if node.children is not None and not node.triggered_by_event:
            _check_starts(node, process, reading)
        check = BY_KIND.get(node.kind)
        if check is not None:
            check(node, reading)
    _check_message_starts(process, reading)


def _note(
    reading: Reading, message: str, node: Node, *, line: int | None = None, warning: bool = False
) -> None:
    reading.problems.append(
        Problem(message=message, element=node.id, line=node.line if line is None else line, warning=warning)
    )


def _check_starts(scope: Node, process: Process, reading: Reading) -> None:
    starts = scope.start_events()
    if not starts:
        _note(reading, f"{scope.kind} must define a startEvent element", scope)
        return
    if scope.parent is None:
        plain = [start for start in starts if start.event is None or start.event.kind in ("none", "timer")]
        for start in plain[1:]:
            _note(
                reading,
                "multiple none start events or timer start events not supported on process definition",
                start,
            )
        return
    for start in starts[1:]:
        _note(reading, "multiple start events not supported for subprocess", start)
    for start in starts:
        if start.event is not None and start.event.kind != "none":
            what = f"{start.event.kind}EventDefinition"
            message = f"{what} is not allowed on start event within a subprocess"
            if start.event.kind == "timer":
                message = "timerEventDefinition is not allowed on start event within a subprocess"
            _note(reading, message, start)


def _check_message_starts(process: Process, reading: Reading) -> None:
    names = Counter(
        (start.event.kind, start.event.name_text)
        for start in process.root.start_events()
        if start.event is not None and start.event.kind in ("message", "signal")
    )
    for start in process.root.start_events():
        event = start.event
        if event is None or event.kind != "message":
            continue
        if "${" in (event.name_text or "") or "#{" in (event.name_text or ""):
            message = (
                f"Invalid message name '{event.name_text}' for element '{start.id}': expressions in the message "
                "start event name are not allowed!"
            )
            _note(reading, message, start)
        elif names[event.kind, event.name_text] > 1:
            message = f"Cannot have more than one message event subscription with name '{event.name_text}' for scope "
            _note(reading, f"{message}'{process.key}'", start)


def _check_exclusive(node: Node, reading: Reading) -> None:
    flows = node.outgoing
    if not flows:
        _note(reading, f"Exclusive Gateway '{node.id}' has no outgoing sequence flows.", node, line=0)
        return
    if len(flows) == 1:
        if flows[0].condition is not None:
            message = (
                f"Exclusive Gateway '{node.id}' has only one outgoing sequence flow ('{flows[0].id}'). This is not "
                "allowed to have a condition."
            )
            _note(reading, message, node, line=0)
        return
    bare = [flow for flow in flows if flow.condition is None and flow is not node.default]
    for flow in flows:
        if flow is node.default and flow.condition is not None:
            message = (
                f"Exclusive Gateway '{node.id}' has outgoing sequence flow '{flow.id}' which is the default flow but "
                "has a condition too."
            )
            _note(reading, message, node, line=0)
    for flow in bare:
        message = (
            f"Exclusive Gateway '{node.id}' has outgoing sequence flow '{flow.id}' without condition which is not the "
            "default flow."
        )
        doubtful = node.default is None and len(bare) == 1
        _note(reading, message, node, line=0, warning=doubtful)


def _check_event_gateway(node: Node, reading: Reading) -> None:
    if node.async_after:
        _note(reading, "'asyncAfter' not supported for eventBasedGateway elements.", node)
    for flow in node.outgoing:
        target = flow.target
        if target.kind != "intermediateCatchEvent":
            message = "Event based gateway can only be connected to elements of type intermediateCatchEvent."
            _note(reading, message, node)
        elif len(target.incoming) > 1:
            message = "Invalid incoming sequenceflow for intermediateCatchEvent with id '"
            _note(reading, f"{message}{target.id}' connected to an event-based gateway.", target)


def _check_boundary(node: Node, reading: Reading) -> None:
    if node.attached_to is None:
        _note(
            reading,
            "Invalid reference in boundary event. Make sure that the referenced activity is defined in the same scope as the boundary event",
            node,
        )


BY_KIND: dict[str, Callable[[Node, Reading], None]] = {
    "exclusiveGateway": _check_exclusive,
    "eventBasedGateway": _check_event_gateway,
    "boundaryEvent": _check_boundary,
}
