"""Call activities: what they call, and whether that comes back to them."""

from collections.abc import Iterator

from simulator.analysis.algorithms import reached
from simulator.analysis.calling import calls, find_process
from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity
from simulator.analysis.process_graph import ProcessGraph


@check("BPMN-CALL-001", Severity.INFO, clause="BPMN 2.0.2, 10.3.6")
def called_elsewhere(subject: Subject) -> Iterator[Found]:
    """The called process is in none of the models given, so nothing is known of it."""
    graph = subject.graph
    for node, key in calls(graph):
        if find_process(subject.models, key) is None:
            text = f"{graph.name(node)} calls process '{key}', which is in none of the models given"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-CALL-002", Severity.ERROR, clause="BPMN 2.0.2, 10.3.6")
def called_without_plain_start(subject: Subject) -> Iterator[Found]:
    """The called process has start events, but none that a call can start it at."""
    graph = subject.graph
    for node, key in calls(graph):
        called = find_process(subject.models, key)
        if called is None:
            continue
        starts = [child for child in called.children(0) if called.kinds[child] == "startEvent"]
        if starts and all(called.event(start) not in ("none", "timer") for start in starts):
            text = f"{graph.name(node)} calls process '{key}', which has no none start event"
            yield Found(graph.ids[node], graph.line(node), text)


@check("BPMN-CALL-003", Severity.WARNING, clause="BPMN 2.0.2, 10.3.6")
def calls_itself(subject: Subject) -> Iterator[Found]:
    """A process calls itself, directly or through others; with no way around it the calls never end."""
    graph = subject.graph
    for node, key in calls(graph):
        route = _route_back(subject, key)
        if route is None:
            continue
        sure = _is_sure(graph, node) and all(
            any(_is_sure(process, call) for call, called in calls(process) if called == following)
            for process, following in zip(route, [*(each.key for each in route[1:]), graph.key], strict=True)
            if process.key != graph.key
        )
        through = " -> ".join([graph.key, *(process.key for process in route if process.key != graph.key)])
        text = f"{graph.name(node)} leads back to this process: {through} -> {graph.key}"
        if sure:
            text += "; no way avoids the call, so the calls never end"
        yield Found(graph.ids[node], graph.line(node), text, Severity.ERROR if sure else None)


def _route_back(subject: Subject, key: str) -> list[ProcessGraph] | None:
    """The processes on the shortest chain of calls from one back to the subject's; None without any."""
    routes = [[key]]
    seen = {key}
    for route in routes:
        process = find_process(subject.models, route[-1])
        if process is None:
            continue
        if process.key == subject.graph.key or any(c == subject.graph.key for _, c in calls(process)):
            found = [find_process(subject.models, each) for each in route]
            return [each for each in found if each is not None]
        for _, called in calls(process):
            if called not in seen:
                seen.add(called)
                routes.append([*route, called])
    return None


def _is_sure(graph: ProcessGraph, node: int) -> bool:
    """Whether every instance gets to this node: without it no end can be reached from the start."""
    if graph.parents[node] != 0 or graph.loop(node) is not None:
        return False
    adjacency = [
        () if at == node else [target for target in targets if target != node]
        for at, targets in enumerate(graph.successors)
    ]
    roots = [root for root in graph.roots() if graph.parents[root] == 0]
    seen = reached(adjacency, [root for root in roots if root != node])
    return not any(
        seen[at] and not graph.successors[at] for at in range(1, len(graph)) if graph.parents[at] == 0
    )
