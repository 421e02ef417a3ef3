"""What the Camunda 7 family calls the kinds of activities, in histories and activity trees (live Camunda 7.24)."""

from simulator.model.process import Node

BY_EVENT = {
    "startEvent": {
        "none": "startEvent",
        "message": "messageStartEvent",
        "timer": "startTimerEvent",
        "signal": "signalStartEvent",
        "conditional": "conditionalStartEvent",
        "error": "errorStartEvent",
        "escalation": "escalationStartEvent",
        "compensate": "compensationStartEvent",
    },
    "intermediateCatchEvent": {
        "message": "intermediateMessageCatch",
        "timer": "intermediateTimer",
        "signal": "intermediateSignalCatch",
        "conditional": "intermediateConditional",
        "link": "intermediateLinkCatch",
    },
    "intermediateThrowEvent": {
        "none": "intermediateNoneThrowEvent",
        "signal": "intermediateSignalThrow",
        "message": "intermediateMessageThrowEvent",
        "escalation": "intermediateEscalationThrowEvent",
        "compensate": "intermediateCompensationThrowEvent",
    },
    "boundaryEvent": {
        "message": "boundaryMessage",
        "timer": "boundaryTimer",
        "signal": "boundarySignal",
        "conditional": "boundaryConditional",
        "error": "boundaryError",
        "escalation": "boundaryEscalation",
        "cancel": "cancelBoundaryCatch",
        "compensate": "compensationBoundaryCatch",
    },
    "endEvent": {
        "none": "noneEndEvent",
        "error": "errorEndEvent",
        "signal": "signalEndEvent",
        "message": "messageEndEvent",
        "terminate": "terminateEndEvent",
        "escalation": "escalationEndEvent",
        "compensate": "compensationEndEvent",
        "cancel": "cancelEndEvent",
    },
}

UNDONE = {"intermediateThrowEvent": "intermediateNoneThrowEvent", "endEvent": "endEvent"}
"""Message events that nothing sends."""


def activity_type(node: Node) -> str:
    """The name of a node's kind; the process itself is a `processDefinition`."""
    if node.kind == "process":
        return "processDefinition"
    kinds = BY_EVENT.get(node.kind)
    if kinds is None:
        return node.kind
    event = "none" if node.event is None else node.event.kind
    if event == "message" and node.enter is None and node.kind in UNDONE:
        return UNDONE[node.kind]
    return kinds.get(event, node.kind)
