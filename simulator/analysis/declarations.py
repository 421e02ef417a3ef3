"""What events refer to: the messages, signals, errors and escalations a file declares."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from simulator.analysis.process_graph import PREFIX, ProcessGraph

REFERENCES = {
    "message": "messageRef",
    "signal": "signalRef",
    "error": "errorRef",
    "escalation": "escalationRef",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference from an event or a task: the attribute, what it says, and the declaration if there is one."""

    node: int
    kind: str
    written: str
    declared: etree._Element | None


def declarations(graph: ProcessGraph) -> dict[tuple[str, str], etree._Element]:
    """The declarations of the file by kind and id."""
    root = graph.elements[0].getparent()
    if root is None:
        return {}
    return {
        (kind, element.get("id") or ""): element
        for kind in REFERENCES
        for element in root.iterfind(f"{PREFIX}{kind}")
    }


def references(graph: ProcessGraph) -> Iterator[Reference]:
    """Every reference of the process's events and tasks; a prefix of an id is dropped."""
    declared = declarations(graph)
    for node in graph.nodes():
        for carrier in (graph.elements[node], *graph.definitions(node)):
            for kind, attribute in REFERENCES.items():
                written = carrier.get(attribute)
                if written is not None:
                    name = written.rpartition(":")[2]
                    found = declared.get((kind, written), declared.get((kind, name)))
                    yield Reference(node, kind, written, found)


def code_of(graph: ProcessGraph, node: int, kind: str) -> str | None:
    """The error or escalation code an event throws or catches; None where it names none (it catches all)."""
    definition = graph.elements[node].find(f"{PREFIX}{kind}EventDefinition")
    written = None if definition is None else definition.get(REFERENCES[kind])
    if written is None:
        return None
    declared = declarations(graph).get((kind, written.rpartition(":")[2]))
    return written if declared is None else declared.get(f"{kind}Code")
