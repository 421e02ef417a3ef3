"""The graph of a model for scripts and exports: a networkx multigraph keyed by flow id.

    import networkx as nx
    import simulator

    graph = simulator.graph("order.bpmn")
    nx.has_path(sequence_view(graph), "placed", "shipped")
    nx.write_graphml(graph, "order.graphml")

Nodes carry `kind`, `name`, `scope` (the id of the scope they lie in), `process`, `line`, for events `event`, and
where the diagram has them `x`, `y`, `width`, `height`. Edges carry `type` (sequenceFlow, attachment, link,
compensation, containment or messageFlow), `line`, and, for sequence flows, `name`, `condition` and `default`.
What a model does not say is left out, since GraphML knows no null.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

import networkx as nx
from lxml import etree

from simulator.analysis.process_graph import EVENTS, PREFIX, ProcessGraph
from simulator.analysis.reading import Model, read_model
from simulator.model.xml import BPMNDI, line_of

Graph: TypeAlias = "nx.MultiDiGraph[str]"
SHAPE = f"{{{BPMNDI}}}BPMNShape"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
TOKEN_EDGES = frozenset({"sequenceFlow", "attachment", "link", "compensation"})


def graph(model: str | Path | bytes | Model, process: str | None = None) -> Graph:
    """The graph of all processes of a model, or of one; raises `UserError` where there is none such.

    An edge's key is its flow's id, so two flows between the same nodes stay two edges.
    """
    read = read_model(model)
    chosen = read.processes if process is None else (read.process(process),)
    shown: Graph = nx.MultiDiGraph(file=read.file, processes=",".join(each.key for each in chosen))
    bounds = _bounds(read.root)
    for each in chosen:
        _add_nodes(shown, each, bounds)
        _add_flows(shown, each)
        for edge in each.edges:
            source, target = each.ids[edge.source], each.ids[edge.target]
            shown.add_edge(source, target, key=edge.id, type=edge.kind, line=each.line(edge.target))
    _add_message_flows(shown, read.root)
    return shown


def sequence_view(shown: Graph) -> Graph:
    """The part tokens move over: no containment, no message flows; a view that follows later changes."""

    def is_token_edge(source: str, target: str, key: int | str) -> bool:
        return shown.edges[source, target, key]["type"] in TOKEN_EDGES

    view: Graph = nx.subgraph_view(shown, filter_edge=is_token_edge)
    return view


def _add_nodes(shown: Graph, process: ProcessGraph, bounds: dict[str, dict[str, float]]) -> None:
    for node, identity in enumerate(process.ids):
        facts: dict[str, object] = {"kind": process.kinds[node], "process": process.key}
        facts["line"] = process.line(node)
        name = process.attribute(node, "name")
        if name is not None:
            facts["name"] = name
        if process.kinds[node] in EVENTS:
            facts["event"] = process.event(node)
        if node:
            facts["scope"] = process.ids[process.parents[node]]
        shown.add_node(identity, **facts, **bounds.get(identity, {}))
    for node in process.nodes():
        scope = process.ids[process.parents[node]]
        key = f"containment:{process.ids[node]}"
        shown.add_edge(scope, process.ids[node], key=key, type="containment", line=process.line(node))


def _add_flows(shown: Graph, process: ProcessGraph) -> None:
    for flow, element in enumerate(process.flow_elements):
        source, target = process.flow_sources[flow], process.flow_targets[flow]
        facts: dict[str, object] = {"type": "sequenceFlow", "line": line_of(element)}
        name = element.get("name")
        if name is not None:
            facts["name"] = name
        condition = process.condition(flow)
        if condition is not None:
            facts["condition"] = (condition.text or "").strip()
        identity = process.flow_ids[flow]
        facts["default"] = process.attribute(source, "default") == identity
        shown.add_edge(process.ids[source], process.ids[target], key=identity, **facts)


def _add_message_flows(shown: Graph, root: etree._Element) -> None:
    """Message flows between nodes that are in the graph; those of closed pools have no node to lead to."""
    for element in root.iterfind(f"{PREFIX}collaboration/{PREFIX}messageFlow"):
        source, target = element.get("sourceRef") or "", element.get("targetRef") or ""
        if source in shown and target in shown:
            key = element.get("id") or f"messageFlow:{source}:{target}"
            shown.add_edge(source, target, key=key, type="messageFlow", line=line_of(element))


def _bounds(root: etree._Element) -> dict[str, dict[str, float]]:
    found = {}
    shapes: Iterable[etree._Element] = root.iter(SHAPE)
    for shape in shapes:
        bounds = shape.find(BOUNDS)
        if bounds is not None:
            sides = {side: bounds.get(side) for side in ("x", "y", "width", "height")}
            found[shape.get("bpmnElement") or ""] = {
                side: float(text) for side, text in sides.items() if text is not None
            }
    return found
