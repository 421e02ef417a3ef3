"""Errors and escalations that nobody catches."""

from collections.abc import Iterator

from simulator.analysis.calling import Caller, callers_of
from simulator.analysis.check_types import Subject, check
from simulator.analysis.declarations import code_of
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ProcessGraph

THROWING = ("endEvent", "intermediateThrowEvent")


def _catches(graph: ProcessGraph, node: int, kind: str, code: str | None) -> bool:
    """Whether an event catches an error or escalation of this code."""
    if graph.event(node) != kind:
        return False
    wanted = code_of(graph, node, kind)
    return wanted is None or wanted == code


def is_caught(graph: ProcessGraph, node: int, kind: str, code: str | None) -> bool:
    """Whether something around a node, the node's own boundary included, catches what it throws."""
    for scope in (node, *graph.ancestors(node)):
        if any(_catches(graph, event, kind, code) for event in graph.boundary_of(scope)):
            return True
        inside = graph.children(scope) if scope != node else []
        for inner in inside:
            if graph.is_event_subprocess(inner) and any(
                graph.kinds[start] == "startEvent" and _catches(graph, start, kind, code)
                for start in graph.children(inner)
            ):
                return True
    return False


def _is_caught_by_callers(subject: Subject, kind: str, code: str | None) -> bool:
    """Whether every process that calls this one catches it; none calls it: nobody does."""
    pending = callers_of(subject.models, subject.graph)
    if not pending:
        return False
    seen: set[Caller] = set()
    while pending:
        caller = pending.pop()
        if caller in seen:
            continue
        seen.add(caller)
        graph = caller.graph(subject.models)
        if is_caught(graph, caller.node, kind, code):
            continue
        further = callers_of(subject.models, graph)
        if not further:
            return False
        pending.extend(further)
    return True


def _uncaught(subject: Subject, kind: str) -> Iterator[Found]:
    graph = subject.graph
    for node in graph.nodes(*THROWING):
        if graph.event(node) != kind:
            continue
        code = code_of(graph, node, kind)
        if not is_caught(graph, node, kind, code) and not _is_caught_by_callers(subject, kind, code):
            text = f"nothing around {graph.name(node)} catches {kind} '{code or ''}', nor does a model that calls it"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-ERROR-001", Severity.WARNING, clause="BPMN 2.0.2, 10.5.6")
def error_uncaught(subject: Subject) -> Iterator[Found]:
    """An error is caught nowhere: Camunda 7 ends the token in silence, Camunda 8 raises an incident."""
    yield from _uncaught(subject, "error")


@check("BPMN-ERROR-002", Severity.INFO, clause="BPMN 2.0.2, 10.5.6")
def escalation_uncaught(subject: Subject) -> Iterator[Found]:
    """An escalation is caught nowhere, so throwing it changes nothing."""
    yield from _uncaught(subject, "escalation")
