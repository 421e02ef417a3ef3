"""Reading a model for analysis: everything BPMN has, run by an engine or not, and no engine's opinion on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from simulator.analysis.process_graph import (
    CONTAINERS,
    NODES,
    PREFIX,
    Edge,
    LooseFlow,
    ProcessGraph,
)
from simulator.core.errors import UserError
from simulator.model.errors import ModelError
from simulator.model.xml import BPMN, local_name, parse

KINDS = {f"{PREFIX}{kind}": kind for kind in NODES}
FLOW = f"{PREFIX}sequenceFlow"
PROCESS = f"{PREFIX}process"


@dataclass(frozen=True, slots=True)
class Model:
    """A file with its processes as graphs."""

    file: str
    root: etree._Element
    processes: tuple[ProcessGraph, ...]

    def process(self, key: str) -> ProcessGraph:
        """The process of that id; raises `UserError` that lists those there are."""
        for process in self.processes:
            if process.key == key:
                return process
        known = ", ".join(process.key for process in self.processes) or "none"
        raise UserError(f"expected a process of the file ({known}), came {key!r}", file=Path(self.file))


def read_model(source: str | Path | bytes | Model, name: str = "model.bpmn") -> Model:
    """Read a file, its content, or give back what is read already; raises `UserError` with file and line."""
    if isinstance(source, Model):
        return source
    if isinstance(source, bytes):
        return model_of(parse(source, name), name)
    path = Path(source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"expected a BPMN file, came: {error.strerror}", file=path) from error
    return model_of(parse(content, str(path)), str(path))


def model_of(root: etree._Element, file: str) -> Model:
    """The graphs of a parsed file; raises `ModelError` where it is no BPMN."""
    if root.tag != f"{{{BPMN}}}definitions":
        raise ModelError(
            f"expected a BPMN file (`definitions` of {BPMN}), came `{local_name(root)}`", file=Path(file)
        )
    return Model(file, root, tuple(read_graph(element, file) for element in root.iterfind(PROCESS)))


def read_graph(process: etree._Element, file: str) -> ProcessGraph:
    """Index a process in one pass over its elements, scope after scope, without recursion."""
    ids, kinds, parents, elements = [process.get("id") or ""], ["process"], [-1], [process]
    index: dict[str, int] = {}
    flows: list[tuple[etree._Element, int]] = []
    twice: list[etree._Element] = []
    pending = [0]
    kind_of = KINDS.get
    while pending:
        scope = pending.pop()
        for element in elements[scope]:
            tag = element.tag
            if tag == FLOW:
                flows.append((element, scope))
                continue
            kind = kind_of(tag)
            if kind is None:
                continue
            number = len(ids)
            identity = element.get("id") or f"{kind}-{number}"
            if index.setdefault(identity, number) != number:
                twice.append(element)
                continue
            ids.append(identity)
            kinds.append(kind)
            parents.append(scope)
            elements.append(element)
            if kind in CONTAINERS:
                pending.append(number)
    graph = ProcessGraph(
        file=file, ids=ids, kinds=kinds, parents=parents, elements=elements, index=index, twice=twice
    )
    _connect(graph, flows)
    for edge in (*_attachments(graph), *_links(graph), *_compensations(graph)):
        graph.edges.append(edge)
        if edge.kind == "attachment":
            graph.attached.setdefault(edge.source, []).append(edge.target)
        graph.successors[edge.source].append(edge.target)
        graph.predecessors[edge.target].append(edge.source)
    return graph


def _connect(graph: ProcessGraph, flows: Iterable[tuple[etree._Element, int]]) -> None:
    """Tie the sequence flows; those that dangle or leave their scope stay loose."""
    size = len(graph.ids)
    outgoing: list[list[int]] = [[] for _ in range(size)]
    incoming: list[list[int]] = [[] for _ in range(size)]
    successors: list[list[int]] = [[] for _ in range(size)]
    predecessors: list[list[int]] = [[] for _ in range(size)]
    find, parents = graph.index.get, graph.parents
    sources, targets, names, elements = (
        graph.flow_sources,
        graph.flow_targets,
        graph.flow_ids,
        graph.flow_elements,
    )
    number = 0
    for element, scope in flows:
        read = element.get
        written_source, written_target = read("sourceRef"), read("targetRef")
        source, target = find(written_source or "", -1), find(written_target or "", -1)
        if source < 0 or target < 0 or parents[source] != scope or parents[target] != scope:
            crosses = source >= 0 and target >= 0
            graph.loose.append(LooseFlow(element, written_source, written_target, crosses))
            continue
        sources.append(source)
        targets.append(target)
        names.append(read("id") or f"flow-{number + 1}")
        elements.append(element)
        outgoing[source].append(number)
        incoming[target].append(number)
        successors[source].append(target)
        predecessors[target].append(source)
        number += 1
    graph.outgoing, graph.incoming = outgoing, incoming
    graph.successors, graph.predecessors = successors, predecessors


def _attachments(graph: ProcessGraph) -> Iterable[Edge]:
    for node in graph.nodes("boundaryEvent"):
        activity = graph.index.get(graph.attribute(node, "attachedToRef") or "")
        if activity is not None and graph.parents[activity] == graph.parents[node]:
            yield Edge("attachment", activity, node, f"attachment:{graph.ids[node]}")


def _links(graph: ProcessGraph) -> Iterable[Edge]:
    """A link's throwing half with each catching half of the same name in the same scope (10.5.4)."""
    catching: dict[tuple[int, str | None], list[int]] = {}
    for node in graph.nodes("intermediateCatchEvent"):
        if (link := link_of(graph, node)) is not None:
            catching.setdefault((graph.parents[node], link.get("name")), []).append(node)
    if not catching:
        return
    for node in graph.nodes("intermediateThrowEvent"):
        if (link := link_of(graph, node)) is not None:
            for target in catching.get((graph.parents[node], link.get("name")), ()):
                yield Edge("link", node, target, f"link:{graph.ids[node]}:{graph.ids[target]}")


def link_of(graph: ProcessGraph, node: int) -> etree._Element | None:
    """The link definition of an intermediate event."""
    return graph.elements[node].find(f"{PREFIX}linkEventDefinition")


def _compensations(graph: ProcessGraph) -> Iterable[Edge]:
    """A compensation boundary event with the handler an association leads to (10.7.1)."""
    for association in graph.elements[0].iter(f"{PREFIX}association"):
        source = graph.index.get(association.get("sourceRef") or "")
        target = graph.index.get(association.get("targetRef") or "")
        if source is None or target is None or graph.kinds[source] != "boundaryEvent":
            continue
        if graph.event(source) == "compensate":
            identity = association.get("id") or f"{graph.ids[source]}:{graph.ids[target]}"
            yield Edge("compensation", source, target, identity)
