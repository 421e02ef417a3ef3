"""What refusals call events and their definitions."""

from simulator.model.process import Node

EVENTS = {
    "startEvent": "start event",
    "endEvent": "end event",
    "intermediateCatchEvent": "intermediate catch event",
    "intermediateThrowEvent": "intermediate throw event",
    "boundaryEvent": "boundary event",
}


def event_words(node: Node) -> str:
    """What an event is called by its place."""
    return EVENTS[node.kind]


def kind_words(kind: str) -> str:
    """What an event is called by its definition, such as `compensation` for `compensate`."""
    return "compensation" if kind == "compensate" else kind
