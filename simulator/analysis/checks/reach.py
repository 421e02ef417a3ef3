"""Nodes no token gets to, and nodes no token gets away from."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ProcessGraph


@check("BPMN-REACH-001", Severity.WARNING, clause="BPMN 2.0.2, 13.2")
def unreachable(subject: Subject) -> Iterator[Found]:
    """No token can get here from a start of the scope, nor over a boundary event, a link or compensation."""
    graph, forward = subject.graph, subject.ways.forward
    for node in graph.nodes():
        if not forward[node]:
            text = f"{graph.name(node)} cannot be reached from any start of its scope"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-REACH-002", Severity.ERROR, clause="BPMN 2.0.2, 13.2")
def trapped(subject: Subject) -> Iterator[Found]:
    """From this node no end can be reached, and nothing around it can end it: its instance never completes."""
    graph, ways = subject.graph, subject.ways
    for node in graph.nodes():
        if not ways.backward[node] and ways.forward[node] and not _can_be_ended(graph, node):
            text = f"no end can be reached from {graph.name(node)}, so its instance never completes"
            yield Found(graph.ids[node], graph.line(node), text)


def _can_be_ended(graph: ProcessGraph, node: int) -> bool:
    """Whether something other than the token itself may end the scope it runs in."""
    for scope in graph.ancestors(node):
        if any(graph.is_interrupting(event) for event in graph.boundary_of(scope)):
            return True
        for inner in graph.children(scope):
            if graph.kinds[inner] == "endEvent" and graph.event(inner) not in ("none", "message", "signal"):
                return True
            if graph.is_event_subprocess(inner) and any(
                graph.kinds[start] == "startEvent" and graph.is_interrupting(start)
                for start in graph.children(inner)
            ):
                return True
    return False


@check("BPMN-REACH-003", Severity.INFO, clause="BPMN 2.0.2, 13.2")
def implicit_end(subject: Subject) -> Iterator[Found]:
    """A node without outgoing flow that is no end event ends its token there, which readers may not see."""
    graph = subject.graph
    for node in graph.nodes():
        is_end = not graph.successors[node] and subject.ways.forward[node]
        if not is_end or graph.kinds[node] == "endEvent" or graph.is_handler(node):
            continue
        if graph.is_event_subprocess(node) or graph.kinds[node].endswith("Gateway"):
            continue
        if graph.kinds[graph.parents[node]] == "adHocSubProcess" or graph.event(node) in (
            "link",
            "compensate",
        ):
            continue
        yield Found(
            graph.ids[node], graph.line(node), f"{graph.name(node)} has no outgoing flow: its token ends here"
        )
