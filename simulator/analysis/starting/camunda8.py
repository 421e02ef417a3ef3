"""Start instructions as Camunda 8 judges them: all rules before anything is created (live Camunda 8.8.21)."""

from collections.abc import Iterator, Sequence

from simulator.analysis.finding import Found
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.starting.instruction import (
    BEHIND_GATEWAY,
    INSIDE_LOOP,
    MAPPINGS_SKIPPED,
    NEVER_ENDS,
    UNKNOWN,
    WRONG_KIND,
    WRONG_TYPE,
    Refusal,
    StartInstruction,
)
from simulator.model.xml import ZEEBE

NO_TARGETS = frozenset({"startEvent", "boundaryEvent"})


def judge(graph: ProcessGraph, instructions: Sequence[StartInstruction]) -> Iterator[Refusal]:
    """Judge each instruction by itself: targets are never ambiguous in Camunda 8."""
    for instruction in instructions:
        if instruction.kind != "before":
            text = f"{instruction}: Camunda 8 starts before elements only"
            yield Refusal(WRONG_KIND, Found(instruction.element, 0, text))
            continue
        node = graph.index.get(instruction.element)
        if node is not None:
            yield from _judge_target(graph, node)
        elif instruction.element in graph.flow_ids or instruction.element == graph.key:
            text = f"{instruction}: neither a flow nor the process is a place to start at"
            yield Refusal(WRONG_TYPE, Found(instruction.element, 0, text))
        else:
            text = f"{instruction}: process '{graph.key}' has no such element"
            yield Refusal(UNKNOWN, Found(instruction.element, 0, text))


def _judge_target(graph: ProcessGraph, node: int) -> Iterator[Refusal]:
    identity, line = graph.ids[node], graph.line(node)
    loops = [scope for scope in graph.ancestors(node) if scope and _is_closed(graph, scope)]
    behind = [source for source in graph.predecessors[node] if graph.kinds[source] == "eventBasedGateway"]
    if loops:
        text = f"{graph.name(node)} lies inside {graph.name(loops[0])}, which instructions cannot enter"
        yield Refusal(INSIDE_LOOP, Found(identity, line, text))
    elif graph.kinds[node] in NO_TARGETS:
        yield Refusal(WRONG_TYPE, Found(identity, line, f"{graph.name(node)} is no target for a start"))
    elif behind:
        text = f"{graph.name(node)} belongs to {graph.name(behind[0])}"
        yield Refusal(BEHIND_GATEWAY, Found(identity, line, text))
    else:
        yield from _warnings(graph, node)


def _is_closed(graph: ProcessGraph, scope: int) -> bool:
    return graph.loop(scope) is not None or graph.kinds[scope] == "adHocSubProcess"


def _warnings(graph: ProcessGraph, node: int) -> Iterator[Refusal]:
    identity, line = graph.ids[node], graph.line(node)
    if graph.kinds[node] == "inclusiveGateway" and len(graph.incoming[node]) > 1:
        text = f"started at, {graph.name(node)} never goes on: its instance stays active with nothing in it"
        yield Refusal(NEVER_ENDS, Found(identity, line, text))
    for scope in graph.ancestors(node):
        holder = graph.elements[scope].find(f"{{*}}extensionElements/{{{ZEEBE}}}ioMapping")
        if scope and holder is not None and holder.find(f"{{{ZEEBE}}}input") is not None:
            text = f"started at {graph.name(node)}, the input mappings of '{graph.ids[scope]}' do not run"
            yield Refusal(MAPPINGS_SKIPPED, Found(identity, line, text))
