"""Sequence flows that connect what may not be connected, or nothing."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.reading import link_of
from simulator.model.xml import line_of, local_name


@check("BPMN-FLOW-001", Severity.ERROR, clause="BPMN 2.0.2, 8.4.13")
def dangling(subject: Subject) -> Iterator[Found]:
    """A sequence flow lacks its source or its target, or names one that is no flow node of the process."""
    for flow in subject.graph.loose:
        if flow.crosses:
            continue
        for end, reference in (("source", flow.source), ("target", flow.target)):
            if reference is None or reference not in subject.graph.index:
                came = "none" if reference is None else f"'{reference}'"
                text = f"the flow's {end} is to be a flow node of process '{subject.graph.key}', came {came}"
                yield Found(flow.element.get("id"), line_of(flow.element), text)


@check("BPMN-FLOW-002", Severity.ERROR, clause="BPMN 2.0.2, 7.6.1")
def crosses_scope(subject: Subject) -> Iterator[Found]:
    """A sequence flow leads across the border of a subprocess."""
    for flow in subject.graph.loose:
        if flow.crosses:
            text = f"the flow leads from '{flow.source}' to '{flow.target}' across the border of a subprocess"
            yield Found(flow.element.get("id"), line_of(flow.element), text)


@check("BPMN-FLOW-003", Severity.ERROR, clause="BPMN 2.0.2, 10.5")
def wrong_way(subject: Subject) -> Iterator[Found]:
    """A flow leads into a start or boundary event, into the catching half of a link, or out of an end event."""
    graph = subject.graph
    for flow, element in enumerate(graph.flow_elements):
        source, target = graph.flow_sources[flow], graph.flow_targets[flow]
        kind = graph.kinds[target]
        if graph.kinds[source] == "endEvent":
            yield Found(element.get("id"), line_of(element), f"no flow may leave {graph.name(source)}")
        if kind in ("startEvent", "boundaryEvent") or (
            kind == "intermediateCatchEvent" and link_of(graph, target) is not None
        ):
            yield Found(element.get("id"), line_of(element), f"no flow may lead into {graph.name(target)}")


@check("BPMN-FLOW-004", Severity.ERROR, clause="BPMN 2.0.2, 8.3.1")
def id_twice(subject: Subject) -> Iterator[Found]:
    """An id is used for two elements; only the first is looked at."""
    for element in subject.graph.twice:
        identity = element.get("id")
        first = subject.graph.line(subject.graph.index[identity or ""])
        text = f"the id of this {local_name(element)} is taken by the element in line {first}"
        yield Found(identity, line_of(element), text)


@check("BPMN-FLOW-005", Severity.ERROR, clause="BPMN 2.0.2, 10.3.5")
def event_subprocess_connected(subject: Subject) -> Iterator[Found]:
    """A sequence flow leads into or out of an event subprocess, which only its start event can start."""
    graph = subject.graph
    for node in graph.nodes("subProcess"):
        if graph.is_event_subprocess(node):
            for flow in (*graph.incoming[node], *graph.outgoing[node]):
                element = graph.flow_elements[flow]
                text = f"no flow may lead into or out of event subprocess '{graph.ids[node]}'"
                yield Found(graph.flow_ids[flow], line_of(element), text)
