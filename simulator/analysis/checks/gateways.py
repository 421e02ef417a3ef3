"""Gateways: their ways out, conditions and defaults."""

import re
from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ACTIVITIES, GATEWAYS, ProcessGraph
from simulator.model.xml import line_of

CHOOSING = ("exclusiveGateway", "inclusiveGateway")
OPPOSITES = {"==": "!=", "!=": "==", "=": "!=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
COMPARISON = re.compile(r"(?P<left>[^=<>!&|]+?)(?P<sign>==|!=|<=|>=|=|<|>)(?P<right>[^=<>!&|]+)")


def _at(graph: ProcessGraph, node: int, text: str, severity: Severity | None = None) -> Found:
    return Found(graph.ids[node], graph.line(node), text, severity)


def _at_flow(graph: ProcessGraph, flow: int, text: str, severity: Severity | None = None) -> Found:
    return Found(graph.flow_ids[flow], line_of(graph.flow_elements[flow]), text, severity)


@check("BPMN-GW-001", Severity.WARNING, clause="BPMN 2.0.2, 13.2")
def no_way_out(subject: Subject) -> Iterator[Found]:
    """A gateway without outgoing flow: what gets there ends there; Camunda 7 refuses an exclusive one."""
    graph = subject.graph
    for node in graph.nodes(*GATEWAYS):
        if not graph.outgoing[node]:
            exclusive = graph.kinds[node] == "exclusiveGateway"
            severity = subject.rules.dead_end_at_exclusive if exclusive else None
            yield _at(graph, node, f"{graph.name(node)} has no outgoing flow", severity)


@check("BPMN-GW-002", Severity.WARNING, clause="BPMN 2.0.2, 13.4.2 and 13.4.3")
def may_get_stuck(subject: Subject) -> Iterator[Found]:
    """Every flow of an exclusive or inclusive split has a condition, and no default takes what is left."""
    graph = subject.graph
    for node in graph.nodes(*CHOOSING):
        flows = graph.outgoing[node]
        if len(flows) < 2 or graph.default(node) is not None:
            continue
        conditions = [graph.condition(flow) for flow in flows]
        texts = [condition.text or "" for condition in conditions if condition is not None]
        if len(texts) == len(flows) and not cover_everything(texts):
            text = f"{graph.name(node)} has no default flow: where no condition holds, its token is stuck"
            yield _at(graph, node, text)


def cover_everything(conditions: list[str]) -> bool:
    """Whether one of the conditions is always true, or two of them are each other's opposite as written."""
    bare = [re.sub(r"\s+|^\s*[$#]\{|\}\s*$|^\s*=", "", condition) for condition in conditions]
    for text in bare:
        if text == "true" or {f"!{text}", f"!({text})", f"not({text})"} & set(bare):
            return True
        match = COMPARISON.fullmatch(text)
        if match is None:
            continue
        opposite = f"{match['left']}{OPPOSITES[match['sign']]}{match['right']}"
        if opposite in bare:
            return True
    return False


@check("BPMN-GW-003", Severity.WARNING, clause="BPMN 2.0.2, 10.6.2")
def default_is_only_exit(subject: Subject) -> Iterator[Found]:
    """A gateway with one way out needs no default flow."""
    graph = subject.graph
    for node in graph.nodes(*CHOOSING):
        default = graph.default(node)
        if default is not None and len(graph.outgoing[node]) == 1:
            yield _at_flow(graph, default, f"the default flow is the only way out of {graph.name(node)}")


@check("BPMN-GW-004", Severity.WARNING, clause="BPMN 2.0.2, 13.4.2")
def hidden_flow(subject: Subject) -> Iterator[Found]:
    """Among an exclusive gateway's flows, one without condition is always taken, so those behind it never are."""
    graph = subject.graph
    for node in graph.nodes("exclusiveGateway"):
        flows, default = graph.outgoing[node], graph.default(node)
        if len(flows) < 2:
            continue
        for place, flow in enumerate(flows):
            if flow != default and graph.condition(flow) is None:
                hidden = [graph.flow_ids[other] for other in flows[place + 1 :] if other != default]
                also = f"; never taken: {', '.join(hidden)}" if hidden else ""
                text = f"the flow has no condition and is not the default of {graph.name(node)}{also}"
                yield _at_flow(graph, flow, text, subject.rules.unconditional_beside_default)
                break


@check("BPMN-GW-005", Severity.WARNING, clause="BPMN 2.0.2, 8.4.13")
def default_with_condition(subject: Subject) -> Iterator[Found]:
    """A default flow has a condition, which is never asked; Camunda 7 refuses it at exclusive gateways."""
    graph = subject.graph
    for node in graph.nodes():
        default = graph.default(node)
        if default is not None and graph.condition(default) is not None:
            exclusive = graph.kinds[node] == "exclusiveGateway"
            severity = subject.rules.default_with_condition if exclusive else None
            yield _at_flow(
                graph, default, f"the default flow of {graph.name(node)} has a condition", severity
            )


@check("BPMN-GW-006", Severity.ERROR, clause="BPMN 2.0.2, 8.4.13")
def condition_without_effect(subject: Subject) -> Iterator[Found]:
    """A condition stands where nothing chooses: behind a parallel gateway or an event; in Camunda 8 an activity."""
    graph, rules = subject.graph, subject.rules
    for flow in range(len(graph.flow_ids)):
        source = graph.flow_sources[flow]
        kind = graph.kinds[source]
        if kind in CHOOSING or kind == "complexGateway" or graph.condition(flow) is None:
            continue
        if kind not in ACTIVITIES:
            text = f"the condition has no effect: {graph.name(source)} does not choose"
            yield _at_flow(graph, flow, text, rules.condition_ignored)
        elif rules.condition_at_activity is not None:
            text = "conditions are only taken behind an exclusive or inclusive gateway"
            yield _at_flow(graph, flow, text, rules.condition_at_activity)


@check("BPMN-GW-007", Severity.ERROR, clause="BPMN 2.0.2, 10.6.2")
def unknown_default(subject: Subject) -> Iterator[Found]:
    """The `default` of a gateway or activity names none of its outgoing flows."""
    graph = subject.graph
    for node in graph.nodes():
        wanted = graph.attribute(node, "default")
        if wanted is not None and graph.default(node) is None:
            yield _at(graph, node, f"the default '{wanted}' is no outgoing flow of {graph.name(node)}")


@check("BPMN-GW-008", Severity.WARNING, clause="BPMN 2.0.2, 10.6.6")
def single_event(subject: Subject) -> Iterator[Found]:
    """An event-based gateway with fewer than two events chooses nothing; Camunda 8 refuses it."""
    graph = subject.graph
    for node in graph.nodes("eventBasedGateway"):
        if len(graph.outgoing[node]) == 1:
            text = f"{graph.name(node)} is to have at least two events, came one"
            yield _at(graph, node, text, subject.rules.one_event)


@check("BPMN-GW-009", Severity.ERROR, clause="BPMN 2.0.2, 10.6.6")
def no_event(subject: Subject) -> Iterator[Found]:
    """An event-based gateway leads to something it cannot wait for; engines take no receive task there."""
    graph = subject.graph
    for node in graph.nodes("eventBasedGateway"):
        for flow in graph.outgoing[node]:
            target = graph.flow_targets[flow]
            if graph.kinds[target] not in subject.rules.awaited:
                text = f"{graph.name(node)} leads to {graph.name(target)}, which it cannot wait for"
                yield _at_flow(graph, flow, text)


@check("BPMN-GW-010", Severity.ERROR, clause="BPMN 2.0.2, 10.6.6")
def event_with_other_ways(subject: Subject) -> Iterator[Found]:
    """An event behind an event-based gateway has another incoming flow too."""
    graph = subject.graph
    for node in graph.nodes("eventBasedGateway"):
        for target in graph.successors[node]:
            if len(graph.incoming[target]) > 1:
                text = (
                    f"{graph.name(target)} is waited for by {graph.name(node)} and has another incoming flow"
                )
                yield _at(graph, target, text)
