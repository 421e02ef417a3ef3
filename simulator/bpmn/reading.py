"""A BPMN file becomes processes: every element read once, flows tied, scopes and behaviours bound."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from simulator.bpmn.element import ElementType, Problem, Reading, Way
from simulator.bpmn.registry import ELEMENTS
from simulator.model.process import Declaration, Flow, Node, Process
from simulator.model.xml import BPMN, attributes_of, line_of

PREFIX = f"{{{BPMN}}}"
SILENT = frozenset(
    {
        "laneSet", "documentation", "extensionElements", "association", "textAnnotation", "group", "category",
        "dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "incoming",
        "outgoing", "auditing", "monitoring", "dataInputAssociation", "dataOutputAssociation",
        "artifact", "correlationSubscription", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics",
    }
)  # fmt: skip
"""Children that are no flow elements: without effect, or read by the element they stand in."""

DUPLICATE = "id"
"""The path of a problem that is an id used twice."""
FLOW = ("sequenceFlow", None)
CONTAINERS = frozenset({"subProcess"})
DECLARED = ("message", "signal", "error", "escalation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What reading asks of a family of engines; `backwards` says that an element's last flow is its first.

    `finish` checks a file as a whole, after its processes.
    """

    way: Callable[[ElementType], Way | None]
    read_common: Callable[[etree._Element, Node, Reading], None]
    read_flow: Callable[[etree._Element, Flow, Reading], None]
    read_process: Callable[[etree._Element, Process, Reading], None]
    declare: Callable[[etree._Element, str, Reading], Declaration]
    scope: Callable[[Node], bool]
    select_start: Callable[[Node], Node | None]
    validate: Callable[[Process, Reading], None]
    read_unknown: Callable[[etree._Element, Node, Reading], None]
    backwards: bool = False
    finish: Callable[[etree._Element, list[Process], Reading], None] | None = None


def read_definitions(root: etree._Element, reading: Reading, family: Family) -> list[Process]:
    """Read every executable process of a file; problems are noted in `reading`."""
    with collection_paused():
        return _read_file(root, reading, family)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep the garbage collector from walking the growing model again and again; nothing read here is garbage."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read_file(root: etree._Element, reading: Reading, family: Family) -> list[Process]:
    for kind in DECLARED:
        for element in root.iterfind(PREFIX + kind):
            declaration = family.declare(element, kind, reading)
            reading.declarations[declaration.id] = declaration
    processes = [
        _read_process(element, reading, family)
        for element in root.iterfind(PREFIX + "process")
        if (element.get("isExecutable") or "").strip().lower() == "true"
    ]
    if family.finish is not None:
        family.finish(root, processes, reading)
    return processes


def _read_process(element: etree._Element, reading: Reading, family: Family) -> Process:
    key = element.get("id") or ""
    root = Node(id=key, kind="process", line=line_of(element), index=0, parent=None, is_scope=True)
    process = Process(key=key, name=element.get("name"), root=root, nodes={}, flows={})
    reading.attributes = {}
    root.process = process
    family.read_process(element, process, reading)
    file = _read_scopes(element, root, process, reading, family)
    _tie(file, process, reading, family)
    _bind(file, process, family)
    family.validate(process, reading)
    return process


_Written = tuple[str | None, str | None, str | None, str | None, int, Node, etree._Element | None]
"""A sequence flow as written: id, source, target, name, line, scope, and its element where that has content."""


@dataclass(slots=True)
class _Found:
    """What the first pass leaves for the others: flows with their scope, default flows, ways of the nodes."""

    flows: list[_Written] = field(default_factory=list)
    attached: list[tuple[Node, str]] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    ways: list[tuple[Node, Way]] = field(default_factory=list)


def _read_scopes(
    top: etree._Element, root: Node, process: Process, reading: Reading, family: Family
) -> _Found:
    """Read the flow nodes, scope after scope."""
    found = _Found()
    pending = [(top, root)]
    nodes, flows = process.nodes, found.flows
    kinds = _Kinds(family)
    while pending:
        container, scope = pending.pop()
        children: list[Node] = []
        scope.children = children
        for element in container:
            kind = kinds[element.tag]
            if kind is None:
                continue
            if kind is FLOW:
                read = element.get
                ends = read("id"), read("sourceRef"), read("targetRef"), read("name")
                flows.append((*ends, line_of(element), scope, element if len(element) else None))
                continue
            name, way = kind
            attributes = reading.attributes = attributes_of(element)
            identity = attributes.get("id") or f"{name}-{len(nodes) + 1}"
            node = Node(
                id=identity,
                kind=name,
                line=line_of(element),
                index=len(nodes) + 1,
                parent=scope,
                name=attributes.get("name"),
                process=process,
            )
            if way is None:
                family.read_unknown(element, node, reading)
                continue
            if identity in nodes:
                reading.error(f"Element id '{identity}' is used twice", element, path=DUPLICATE)
            nodes[identity] = node
            children.append(node)
            family.read_common(element, node, reading)
            way.read(element, node, reading)
            found.ways.append((node, way))
            if "attachedToRef" in attributes:
                found.attached.append((node, attributes["attachedToRef"]))
            if "default" in attributes:
                found.defaults[attributes["default"]] = identity
            if name in CONTAINERS:
                pending.append((element, node))
    return found


class _Kinds(dict[Any, "tuple[str, Way | None] | None"]):
    """What a tag means to a family: a flow element's name and way, FLOW, or None for what is passed over."""

    def __init__(self, family: Family) -> None:
        super().__init__()
        self.family = family

    def __missing__(self, tag: Any) -> "tuple[str, Way | None] | None":
        kind: tuple[str, Way | None] | None = None
        if isinstance(tag, str) and tag.startswith(PREFIX):
            name = tag[len(PREFIX) :]
            if name == FLOW[0]:
                kind = FLOW
            elif name not in SILENT:
                element_type = ELEMENTS.get(name)
                kind = (name, None if element_type is None else self.family.way(element_type))
        self[tag] = kind
        return kind


def _tie(found: _Found, process: Process, reading: Reading, family: Family) -> None:
    nodes = process.nodes
    flows = reversed(found.flows) if family.backwards else found.flows
    for key, from_, to, name, line, scope, element in flows:
        source, target = nodes.get(from_ or ""), nodes.get(to or "")
        identity = key or ""
        if source is None or source.parent is not scope:
            message = f"Invalid source '{'null' if from_ is None else from_}' of sequence flow '{identity}'"
            reading.problems.append(Problem(message=message, element=identity, line=line))
            continue
        if target is None or target.parent is not scope:
            message = f"Invalid destination '{'null' if to is None else to}' of sequence flow '{identity}'"
            reading.problems.append(Problem(message=message, element=identity, line=line))
            continue
        flow = Flow(identity, source, target, line, name)
        if element is not None:
            family.read_flow(element, flow, reading)
            source.conditional = source.conditional or flow.condition is not None
        source.outgoing.append(flow)
        target.incoming.append(flow)
        process.flows[identity or f"flow-{len(process.flows) + 1}"] = flow
        if found.defaults.get(identity) == source.id:
            source.default = flow


def _bind(found: _Found, process: Process, family: Family) -> None:
    nodes = list(process.nodes.values())
    attached = reversed(found.attached) if family.backwards else found.attached
    for event, reference in attached:
        activity = process.nodes.get(reference)
        if activity is not None and activity.parent is event.parent:
            event.attached_to = activity
            activity.boundary = [*(activity.boundary or ()), event]
    for node in nodes:
        if node.kind == "eventBasedGateway":
            targets = tuple(flow.target for flow in node.outgoing)
            for target in targets:
                target.behind_gateway = node
    for node in [process.root, *nodes]:
        node.catches = _catches(node)
        node.is_scope = node.is_scope or family.scope(node)
        if node.children is not None:
            node.start = family.select_start(node)
    for node, way in found.ways:
        node.is_scope = node.is_scope or (way.scope is not None and way.scope(node))
        node.enter = way.enter if way.bind is None else way.bind(node)
    for node in nodes:
        _mark(node)


def _mark(node: Node) -> None:
    """Note what a token can do at a node without looking further; see `Node`."""
    exits = len(node.outgoing)
    node.passable = exits == 1 and not node.conditional
    if not _is_simple(node):
        return
    if node.enter is not None:
        node.joins = node.kind == "parallelGateway" and len(node.incoming) > 1
        node.simple = not node.joins
    elif node.passable:
        node.simple = node.plain = True
    else:
        node.final = not exits and not node.catches


def _catches(node: Node) -> tuple[Node, ...]:
    if node.kind == "eventBasedGateway":
        return tuple(flow.target for flow in node.outgoing)
    own: tuple[Node, ...] = ()
    if (
        node.kind in ("intermediateCatchEvent", "receiveTask")
        and node.behind_gateway is None
        and node.event is not None
    ):
        own = (node,)
    return own + tuple(node.boundary or ())


def _is_simple(node: Node) -> bool:
    return not (
        node.is_scope
        or node.async_before
        or node.async_after
        or node.inputs
        or node.outputs
        or node.listeners is not None
        or node.for_compensation
    )


__all__ = ["Family", "Problem", "read_definitions"]
