"""Compensation: throws with nothing to undo, handlers that nothing leads to."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity


@check("BPMN-COMP-001", Severity.WARNING, clause="BPMN 2.0.2, 10.7.1")
def nothing_to_compensate(subject: Subject) -> Iterator[Found]:
    """Compensation is thrown, but nothing in the scope or inside of it has a handler."""
    graph = subject.graph
    handled = [edge.source for edge in graph.edges if edge.kind == "compensation"]
    for node in graph.nodes("endEvent", "intermediateThrowEvent"):
        if graph.event(node) != "compensate":
            continue
        scope = graph.parents[node]
        if graph.is_event_subprocess(scope):
            scope = graph.parents[scope]
        if not any(scope in graph.ancestors(event) for event in handled) and not _has_handler(subject, scope):
            text = f"{graph.name(node)} throws compensation, and no activity of its scope has a handler"
            yield Found(graph.ids[node], graph.line(node), text)


def _has_handler(subject: Subject, scope: int) -> bool:
    """Whether an event subprocess for compensation lies inside a scope."""
    graph = subject.graph
    return any(
        graph.event(start) == "compensate" and scope in graph.ancestors(start)
        for start in graph.nodes("startEvent")
    )


@check("BPMN-COMP-002", Severity.WARNING, clause="BPMN 2.0.2, 10.7.1")
def event_without_handler(subject: Subject) -> Iterator[Found]:
    """A compensation boundary event has no association with a handler, so nothing is undone."""
    graph = subject.graph
    associated = {edge.source for edge in graph.edges if edge.kind == "compensation"}
    for node in graph.nodes("boundaryEvent"):
        if graph.event(node) == "compensate" and node not in associated:
            text = f"{graph.name(node)} has no association with a compensation handler"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-COMP-003", Severity.WARNING, clause="BPMN 2.0.2, 10.7.1")
def handler_misused(subject: Subject) -> Iterator[Found]:
    """A compensation handler has sequence flows, or an association leads to an activity that is none."""
    graph = subject.graph
    for node in graph.nodes():
        if graph.is_handler(node) and (graph.incoming[node] or graph.outgoing[node]):
            text = f"compensation handler '{graph.ids[node]}' is to have no sequence flow"
            yield Found(graph.ids[node], graph.line(node), text)
    for edge in graph.edges:
        if edge.kind == "compensation" and not graph.is_handler(edge.target):
            text = f"{graph.name(edge.target)} is associated as a handler, but not marked `isForCompensation`"
            yield Found(graph.ids[edge.target], graph.line(edge.target), text)
