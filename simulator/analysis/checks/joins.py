"""Joins that wait for ever, and parallel branches that meet where nothing joins them."""

from collections.abc import Iterator

from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.ways import Ways, pairs

PAIRS_AT_MOST = 40
"""Incoming flows of one node up to which every two are compared."""


def _splits(graph: ProcessGraph, ways: Ways, node: int) -> Iterator[tuple[int, int, int]]:
    """Two incoming flows of a node with the last node all tokens on both have passed, by different branches."""
    flows = graph.incoming[node][:PAIRS_AT_MOST]
    for first, second in pairs(flows):
        split = ways.common_dominator(graph.flow_sources[first], graph.flow_sources[second])
        if split < 0:
            continue
        one, other = ways.branches_to(split, first), ways.branches_to(split, second)
        if one and other and not one & other:
            yield first, second, split


@check("BPMN-JOIN-001", Severity.ERROR, clause="BPMN 2.0.2, 13.4.1")
def starved(subject: Subject) -> Iterator[Found]:
    """A parallel join waits for two flows of which one split chooses only one, so it never fires."""
    graph, ways = subject.graph, subject.ways
    for node in graph.nodes("parallelGateway"):
        if len(graph.incoming[node]) < 2:
            continue
        for first, second, split in _splits(graph, ways, node):
            if chooses_one(graph, ways, split, first, second) and ways.carries_one_token(split):
                text = (
                    f"{graph.name(node)} never fires: {graph.name(split)} sends its one token either to flow "
                    f"'{graph.flow_ids[first]}' or to flow '{graph.flow_ids[second]}'"
                )
                yield Found(graph.ids[node], graph.line(node), text)
                break


def chooses_one(graph: ProcessGraph, ways: Ways, split: int, first: int, second: int) -> bool:
    """Whether a node sends on one token, over one of the branches to two flows."""
    if graph.kinds[split] in ("exclusiveGateway", "eventBasedGateway"):
        return True
    branches = ways.branches(split)
    used = [branches[place] for flow in (first, second) for place in ways.branches_to(split, flow)]
    events = [target for flow, target in used if flow < 0]
    return (
        bool(events)
        and len(used) - len(events) <= 1
        and len(graph.outgoing[split]) <= 1
        and all(graph.is_interrupting(event) for event in graph.boundary_of(split))
    )


@check("BPMN-JOIN-002", Severity.ERROR, clause="BPMN 2.0.2, 13.4.1")
def waits_for_itself(subject: Subject) -> Iterator[Found]:
    """A parallel join waits for a flow that only it can send a token over: the way back of a loop."""
    graph, ways = subject.graph, subject.ways
    for node in graph.nodes("parallelGateway"):
        flows = graph.incoming[node]
        if len(flows) < 2 or not ways.forward[node]:
            continue
        back = [flow for flow in flows if ways.dominates(node, graph.flow_sources[flow])]
        ahead = [flow for flow in flows if flow not in back]
        if back and ahead and all(_one_token(graph, ways, flow) for flow in ahead):
            names = ", ".join(f"'{graph.flow_ids[flow]}'" for flow in back)
            text = f"{graph.name(node)} never fires: no token gets to flow {names} without passing it first"
            yield Found(graph.ids[node], graph.line(node), text)


def _one_token(graph: ProcessGraph, ways: Ways, flow: int) -> bool:
    return ways.carries_one_token(graph.flow_sources[flow])


@check("BPMN-JOIN-003", Severity.WARNING, clause="BPMN 2.0.2, 13.4.2")
def unsynchronised(subject: Subject) -> Iterator[Found]:
    """Parallel branches meet in an exclusive gateway or an activity: what follows runs once for each of them."""
    graph, ways = subject.graph, subject.ways
    for node in graph.nodes():
        joins = graph.kinds[node] in ("parallelGateway", "inclusiveGateway", "complexGateway", "endEvent")
        if joins or len(graph.incoming[node]) < 2:
            continue
        for first, second, split in _splits(graph, ways, node):
            parallel = graph.kinds[split] in ("parallelGateway", "inclusiveGateway")
            if parallel and _leads_on(graph, node):
                text = (
                    f"flows '{graph.flow_ids[first]}' and '{graph.flow_ids[second]}' carry parallel tokens from "
                    f"{graph.name(split)}: {graph.name(node)} and what follows may run more than once"
                )
                yield Found(graph.ids[node], graph.line(node), text)
                break


def _leads_on(graph: ProcessGraph, node: int) -> bool:
    """Whether anything but ends comes of passing the node twice."""
    if graph.kinds[node] != "exclusiveGateway":
        return True
    return any(graph.kinds[target] != "endEvent" for target in graph.successors[node])
