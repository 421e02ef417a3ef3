"""What Camunda 8 refuses at deployment once a process has been read whole (texts of live Camunda 8.8.21)."""

from collections import Counter
from collections.abc import Callable

from simulator.bpmn.element import Problem, Reading
from simulator.model.process import Flow, Node, Process

STARTED_TWICE = "A message cannot be referred by more than one start event"
CHOOSING = frozenset({"exclusiveGateway", "inclusiveGateway"})
BEHIND_GATEWAY = frozenset({"message", "timer", "signal"})


def validate(process: Process, reading: Reading) -> None:
    """Run every check; problems are noted in `reading`."""
    _check_starts(process, reading)
    for node in process.nodes.values():
        check = BY_KIND.get(node.kind)
        if check is not None:
            check(node, reading)
        _check_conditions(node, reading)
        _check_distinct(node, node.boundary or (), reading)


def _note(reading: Reading, message: str, element: str, line: int) -> None:
    reading.problems.append(Problem(message=message, element=element, line=line, path=element))


def _at(reading: Reading, message: str, place: Node | Flow) -> None:
    _note(reading, message, place.id, place.line)


def _check_starts(process: Process, reading: Reading) -> None:
    starts = process.root.start_events()
    if not starts:
        _at(reading, "Must have at least one start event", process.root)
    plain = [start for start in starts if start.event is None or start.event.kind == "none"]
    if len(plain) > 1:
        _at(reading, "Multiple none start events are not allowed", process.root)
    _check_distinct(process.root, starts, reading)


def _check_distinct(place: Node, events: "list[Node] | tuple[Node, ...]", reading: Reading) -> None:
    """Two events at one place must not wait for the same thing."""
    if len(events) < 2 or any(problem.message == STARTED_TWICE for problem in reading.problems):
        return
    named = Counter(
        (event.event.kind, event.event.code_text if event.event.kind == "error" else event.event.name_text)
        for event in events
        if event.event is not None and event.event.kind in ("message", "signal", "error")
    )
    for (kind, name), count in named.items():
        if count < 2:
            continue
        if kind != "error":
            text = f"Multiple {kind} event definitions with the same name '{name}' are not allowed."
        elif name:
            text = f"Multiple error catch events with the same error code '{name}' are not supported on the same scope."
        else:
            text = (
                "The same scope can not contain more than one error catch event without error code. An error catch "
                "event without error code catches all errors."
            )
        _at(reading, text, place)


def _named_flows(node: Node) -> list[Flow]:
    """The flows an element itself names as its outgoing ones."""
    flows = node.process.flows
    return [flows[name] for name in node.process.detail.outgoing.get(node.id, ()) if name in flows]


def _check_conditions(node: Node, reading: Reading) -> None:
    default = node.process.flows.get(node.process.detail.defaults.get(node.id, ""))
    if default is not None and default.source is not node:
        _at(reading, "Default flow must start at gateway", node)
    if node.kind in CHOOSING or not node.conditional:
        return
    if any(flow.condition is not None for flow in _named_flows(node)):
        message = "Conditional sequence flows are only supported at exclusive or inclusive gateway"
        _at(reading, message, node)


def _check_exclusive(node: Node, reading: Reading) -> None:
    _check_choices(node, reading, "Must have a condition or be default flow")


def _check_inclusive(node: Node, reading: Reading) -> None:
    _check_choices(node, reading, "Must have a condition")


def _check_choices(node: Node, reading: Reading, message: str) -> None:
    if len(node.process.detail.outgoing.get(node.id, ())) < 2:
        return
    for flow in node.outgoing:
        if flow.condition is None and flow is not node.default:
            _at(reading, message, flow)


def _check_event_gateway(node: Node, reading: Reading) -> None:
    flows = _named_flows(node)
    if len(flows) < 2:
        _at(reading, "Event-based gateway must have at least 2 outgoing sequence flows.", node)
    targets = [flow.target for flow in flows]
    if any(
        target.kind != "intermediateCatchEvent"
        or target.event is None
        or target.event.kind not in BEHIND_GATEWAY
        for target in targets
    ):
        message = (
            "Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal "
            "intermediate catch events."
        )
        _at(reading, message, node)
    if any(len(node.process.detail.incoming.get(target.id, ())) > 1 for target in targets):
        message = (
            "Target elements of an event gateway must not have any additional incoming sequence flows other than that "
            "from the event gateway."
        )
        _at(reading, message, node)


def _check_boundary(node: Node, reading: Reading) -> None:
    if node.attached_to is None:
        _at(reading, "Must be attached to an activity", node)
    if node.id in node.process.detail.incoming:
        _at(reading, "Cannot have incoming sequence flows", node)
    if node.id not in node.process.detail.outgoing:
        _at(reading, "Must have at least one outgoing sequence flow or association", node)
    event = node.event
    if event is None:
        return
    if event.kind == "error" and not node.interrupting:
        _at(reading, "Non-Interrupting event of this type is not allowed", node)
    if event.timer is not None and event.timer.kind == "cycle" and node.interrupting:
        _at(reading, "Interrupting timer event with time cycle is not allowed.", node)


def _check_catch(node: Node, reading: Reading) -> None:
    event = node.event
    if event is None or event.kind != "timer":
        return
    if event.timer is None or event.timer.kind == "cycle":
        message = "Intermediate timer catch event must have either a time duration or a time date."
        _at(reading, message, node)


def _check_end(node: Node, reading: Reading) -> None:
    if node.id in node.process.detail.outgoing:
        _at(reading, "End events must not have outgoing sequence flows to other elements.", node)


def _check_subprocess(node: Node, reading: Reading) -> None:
    if node.triggered_by_event:
        return
    starts = node.start_events()
    if len(starts) != 1:
        _at(reading, "Must have exactly one start event", node)
    if any(start.event is not None and start.event.kind != "none" for start in starts):
        _at(reading, "Start events in subprocesses must be of type none", node)


BY_KIND: dict[str, Callable[[Node, Reading], None]] = {
    "exclusiveGateway": _check_exclusive,
    "inclusiveGateway": _check_inclusive,
    "eventBasedGateway": _check_event_gateway,
    "boundaryEvent": _check_boundary,
    "intermediateCatchEvent": _check_catch,
    "endEvent": _check_end,
    "subProcess": _check_subprocess,
}
