"""Events: what they refer to, what they are attached to, links and timers."""

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from simulator.analysis.check_types import Subject, check
from simulator.analysis.declarations import references
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ACTIVITIES, PREFIX, ProcessGraph
from simulator.analysis.reading import link_of
from simulator.core.iso8601 import parse_cycle, parse_date, parse_duration
from simulator.model.xml import line_of

READERS: dict[str, Callable[[str], Any]] = {
    "timeDate": parse_date,
    "timeDuration": parse_duration,
    "timeCycle": parse_cycle,
}


@check("BPMN-EVENT-001", Severity.ERROR, clause="BPMN 2.0.2, 10.5.4")
def boundary_unattached(subject: Subject) -> Iterator[Found]:
    """A boundary event is attached to nothing, or to something that is no activity of its scope."""
    graph = subject.graph
    for node in graph.nodes("boundaryEvent"):
        written = graph.attribute(node, "attachedToRef")
        activity = graph.index.get(written or "")
        if (
            activity is None
            or graph.parents[activity] != graph.parents[node]
            or graph.kinds[activity] not in ACTIVITIES
        ):
            came = "nothing" if written is None else f"'{written}'"
            text = f"{graph.name(node)} is to be attached to an activity of its scope, came {came}"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-EVENT-002", Severity.ERROR, clause="BPMN 2.0.2, 10.5.5")
def unknown_reference(subject: Subject) -> Iterator[Found]:
    """An event or task refers to a message, signal, error or escalation that the file does not declare."""
    graph = subject.graph
    for reference in references(graph):
        if reference.declared is None:
            text = f"{graph.name(reference.node)} refers to {reference.kind} '{reference.written}', not declared here"
            yield Found(graph.ids[reference.node], graph.line(reference.node), text)


def _links(graph: ProcessGraph, kind: str) -> Iterator[tuple[int, tuple[int, str | None]]]:
    for node in graph.nodes(kind):
        link = link_of(graph, node)
        if link is not None:
            yield node, (graph.parents[node], link.get("name"))


@check("BPMN-EVENT-003", Severity.ERROR, clause="BPMN 2.0.2, 10.5.5")
def link_without_partner(subject: Subject) -> Iterator[Found]:
    """A link's throwing half has no catching half of its name in its scope, or several; or nobody throws it."""
    graph = subject.graph
    catching = list(_links(graph, "intermediateCatchEvent"))
    throwing = list(_links(graph, "intermediateThrowEvent"))
    for node, name in throwing:
        count = sum(other == name for _, other in catching)
        if count != 1:
            came = "none" if not count else str(count)
            text = f"link '{name[1] or ''}' is to have one catching event in its scope, came {came}"
            yield Found(graph.ids[node], graph.line(node), text)
    thrown = {name for _, name in throwing}
    for node, name in catching:
        if name not in thrown:
            text = f"no event throws link '{name[1] or ''}' in this scope"
            yield Found(graph.ids[node], graph.line(node), text, Severity.WARNING)


def _timers(graph: ProcessGraph, node: int) -> Iterator[tuple[str, etree._Element]]:
    for definition in graph.definitions(node):
        for child in definition:
            kind = str(child.tag).removeprefix(PREFIX)
            if kind in READERS:
                yield kind, child


@check("BPMN-EVENT-004", Severity.ERROR, clause="ISO 8601; BPMN 2.0.2, 10.5.5")
def unreadable_timer(subject: Subject) -> Iterator[Found]:
    """A timer's date, duration or cycle is neither an expression nor in ISO 8601."""
    graph = subject.graph
    for node in graph.nodes():
        for kind, child in _timers(graph, node):
            text = (child.text or "").strip()
            if not _is_readable(kind, text):
                wanted = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}[kind]
                sentence = f"expected a {wanted} as ISO 8601 writes it (or an expression), came '{text}'"
                yield Found(graph.ids[node], line_of(child), sentence)


def _is_readable(kind: str, text: str) -> bool:
    if text.startswith("=") or "${" in text or "#{" in text:
        return True
    if kind == "timeCycle" and len(text.split()) in (6, 7):
        return True  # a cron expression, which both engines take
    try:
        READERS[kind](text)
    except ValueError:
        return False
    return True


@check("BPMN-EVENT-005", Severity.WARNING, clause="BPMN 2.0.2, 10.5.5")
def cycle_on_single_event(subject: Subject) -> Iterator[Found]:
    """A timer that can fire only once has a cycle; Camunda 8 refuses it."""
    graph = subject.graph
    for node in graph.nodes("boundaryEvent", "intermediateCatchEvent"):
        if graph.kinds[node] == "boundaryEvent" and not graph.is_interrupting(node):
            continue
        for kind, child in _timers(graph, node):
            if kind == "timeCycle":
                text = f"{graph.name(node)} fires once, so its cycle never comes round"
                yield Found(graph.ids[node], line_of(child), text, subject.rules.interrupting_cycle)


@check("BPMN-EVENT-006", Severity.WARNING, clause="BPMN 2.0.2, 10.5.6")
def awaited_twice(subject: Subject) -> Iterator[Found]:
    """Two events waited for together, behind a gateway or at an activity, catch the same message or signal."""
    graph = subject.graph
    caught = {
        reference.node: (reference.kind, reference.written)
        for reference in references(graph)
        if reference.kind in ("message", "signal")
    }
    groups = [graph.successors[node] for node in graph.nodes("eventBasedGateway")]
    for group in (*groups, *graph.attached.values()):
        seen: dict[tuple[str, str], int] = {}
        for node in group:
            awaited = caught.get(node)
            if awaited is not None and (first := seen.setdefault(awaited, node)) != node:
                text = f"{graph.name(node)} waits for the same {awaited[0]} as '{graph.ids[first]}' beside it"
                yield Found(graph.ids[node], graph.line(node), text)
