"""A BPMN file becomes processes: every element read once, flows tied, scopes and behaviours bound."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from simulator.bpmn.element import ElementType, Problem, Reading, Way
from simulator.bpmn.registry import ELEMENTS
from simulator.model.process import Declaration, Flow, Node, Process
from simulator.model.xml import BPMN, line_of

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

CONTAINERS = frozenset({"subProcess"})
DECLARED = ("message", "signal", "error", "escalation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What reading asks of a family of engines."""

    way: Callable[[ElementType], Way | None]
    read_common: Callable[[etree._Element, Node, Reading], None]
    read_flow: Callable[[etree._Element, Flow, Reading], None]
    read_process: Callable[[etree._Element, Process, Reading], None]
    declare: Callable[[etree._Element, str, Reading], Declaration]
    scope: Callable[[Node], bool]
    select_start: Callable[[Node], Node | None]
    validate: Callable[[Process, Reading], None]
    read_unknown: Callable[[etree._Element, Node, Reading], None]


def read_definitions(root: etree._Element, reading: Reading, family: Family) -> list[Process]:
    """Read every executable process of a file; problems are noted in `reading`."""
    for kind in DECLARED:
        for element in root.iterfind(PREFIX + kind):
            declaration = family.declare(element, kind, reading)
            reading.declarations[declaration.id] = declaration
    return [
        _read_process(element, reading, family)
        for element in root.iterfind(PREFIX + "process")
        if (element.get("isExecutable") or "").strip().lower() == "true"
    ]


def _read_process(element: etree._Element, reading: Reading, family: Family) -> Process:
    key = element.get("id") or ""
    root = Node(id=key, kind="process", line=line_of(element), index=0, parent=None, is_scope=True)
    process = Process(key=key, name=element.get("name"), root=root, nodes={}, flows={})
    root.process = process
    family.read_process(element, process, reading)
    file = _read_scopes(element, root, process, reading, family)
    _tie(file, process, reading, family)
    _bind(file, process, family)
    family.validate(process, reading)
    return process


@dataclass(slots=True)
class _Found:
    """What the first pass leaves for the others: flows with their scope, default flows, ways of the nodes."""

    flows: list[tuple[etree._Element, Node]] = field(default_factory=list)
    attached: list[tuple[Node, str]] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    ways: list[tuple[Node, Way]] = field(default_factory=list)


def _read_scopes(
    top: etree._Element, root: Node, process: Process, reading: Reading, family: Family
) -> _Found:
    """Read the flow nodes, scope after scope."""
    found = _Found()
    pending = [(top, root)]
    nodes = process.nodes
    while pending:
        container, scope = pending.pop()
        children: list[Node] = []
        scope.children = children
        for element in container:
            tag = element.tag
            if not isinstance(tag, str) or not tag.startswith(PREFIX):
                continue
            name = tag[len(PREFIX) :]
            if name == "sequenceFlow":
                found.flows.append((element, scope))
                continue
            if name in SILENT:
                continue
            element_type = ELEMENTS.get(name)
            way = None if element_type is None else family.way(element_type)
            identity = element.get("id") or f"{name}-{len(nodes) + 1}"
            node = Node(
                id=identity,
                kind=name,
                line=line_of(element),
                index=len(nodes) + 1,
                parent=scope,
                name=element.get("name"),
                process=process,
            )
            if way is None:
                family.read_unknown(element, node, reading)
                continue
            if identity in nodes:
                reading.error(f"Element id '{identity}' is used twice", element)
            nodes[identity] = node
            children.append(node)
            family.read_common(element, node, reading)
            way.read(element, node, reading)
            found.ways.append((node, way))
            attached = element.get("attachedToRef")
            if attached is not None:
                found.attached.append((node, attached))
            default = element.get("default")
            if default is not None:
                found.defaults[default] = identity
            if name in CONTAINERS:
                pending.append((element, node))
    return found


def _tie(found: _Found, process: Process, reading: Reading, family: Family) -> None:
    nodes = process.nodes
    for element, scope in found.flows:
        source, target = nodes.get(element.get("sourceRef") or ""), nodes.get(element.get("targetRef") or "")
        identity = element.get("id") or ""
        if source is None or source.parent is not scope:
            reading.error(
                f"Invalid source '{element.get('sourceRef')}' of sequence flow '{identity}'", element
            )
            continue
        if target is None or target.parent is not scope:
            reading.error(
                f"Invalid destination '{element.get('targetRef')}' of sequence flow '{identity}'", element
            )
            continue
        flow = Flow(identity, source, target, line_of(element), element.get("name"))
        family.read_flow(element, flow, reading)
        source.outgoing.append(flow)
        target.incoming.append(flow)
        process.flows[identity or f"flow-{len(process.flows) + 1}"] = flow
        if found.defaults.get(identity) == source.id:
            source.default = flow


def _bind(found: _Found, process: Process, family: Family) -> None:
    nodes = list(process.nodes.values())
    for event, reference in found.attached:
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
        node.conditional = any(flow.condition is not None for flow in node.outgoing)
        if node.children is not None:
            node.start = family.select_start(node)
    for node, way in found.ways:
        node.enter = way.enter if way.bind is None else way.bind(node)
    for node in nodes:
        node.plain = _is_plain(node)


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


def _is_plain(node: Node) -> bool:
    return (
        node.enter is None
        and len(node.outgoing) == 1
        and not node.is_scope
        and not node.conditional
        and not node.async_before
        and not node.async_after
        and node.listeners is None
        and not node.inputs
        and not node.outputs
    )


__all__ = ["Family", "Problem", "read_definitions"]
