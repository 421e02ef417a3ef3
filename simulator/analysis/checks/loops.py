"""Loops that never wait."""

from collections import defaultdict
from collections.abc import Iterator

from simulator.analysis.algorithms import components
from simulator.analysis.check_types import Subject, check
from simulator.analysis.finding import Found, Severity


@check("BPMN-LOOP-001", Severity.WARNING, clause="BPMN 2.0.2, 13.4.2")
def endless_loop(subject: Subject) -> Iterator[Found]:
    """A loop without a wait state may run for ever; where nothing leads out of it, it does."""
    graph = subject.graph
    waits = [subject.rules.waits(graph, node) for node in range(len(graph))]
    busy = [
        () if waits[node] else [target for target in graph.successors[node] if not waits[target]]
        for node in range(len(graph))
    ]
    loops: dict[int, list[int]] = defaultdict(list)
    component = components(busy)
    for node, number in enumerate(component):
        loops[number].append(node)
    for members in loops.values():
        first = members[0]
        if len(members) == 1 and first not in busy[first]:
            continue
        inside = set(members)
        closed = all(target in inside for node in members for target in graph.successors[node])
        names = ", ".join(graph.ids[node] for node in members[:5]) + (", ..." if len(members) > 5 else "")
        text = f"the loop through {names} has no wait state" + (" and no way out" if closed else "")
        yield Found(graph.ids[first], graph.line(first), text, Severity.ERROR if closed else None)
