"""Reads a model's picture: from its diagram part where it has one, else laid out in layers."""

from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

from simulator.core.errors import UserError
from simulator.model.xml import local_name, parse
from simulator.report.page.elements import SCOPES, Drawn, Elements, read_elements
from simulator.report.page.layers import lay_out
from simulator.report.page.picture import Edge, Picture, Point, Shape

Box = tuple[float, float, float, float]

SHAPES = frozenset({"BPMNShape", "CMMNShape"})
EDGES = frozenset({"BPMNEdge", "CMMNEdge"})
POOLS = frozenset({"participant", "lane", "casePlanModel", "stage"})


def read_picture(name: str, content: str) -> Picture | None:
    """The picture of a model; None where the text is no model or has nothing to draw."""
    try:
        root = parse(content.encode(), name)
    except UserError:
        return None
    elements = read_elements(root)
    if not elements.nodes:
        return None
    bounds = {own: box for own, box in _bounds(root).items() if box is not None}
    if not any(node.id in bounds for node in elements.nodes):
        return lay_out(elements)
    return _drawn_as_written(root, elements, bounds)


def _drawn_as_written(root: etree._Element, elements: Elements, bounds: Mapping[str, Box]) -> Picture:
    nodes = {node.id: node for node in elements.nodes}
    pools = {
        element.get("id", ""): element.get("name", "")
        for element in root.iter()
        if local_name(element) in POOLS and element.get("id") in bounds
    }
    around = [_around(own, name, bounds[own]) for own, name in pools.items()]
    holders = {node.scope for node in elements.nodes}
    shapes = [_shape(nodes[own], box, own in holders) for own, box in bounds.items() if own in nodes]
    return Picture(
        tuple(around + sorted(shapes, key=lambda shape: not shape.is_open)),
        tuple(_edges(root, elements)),
        elements.processes,
    )


def _around(own: str, name: str, box: Box) -> Shape:
    x, y, width, height = box
    return Shape(own, "pool", name, x, y, width, height, is_open=True)


def _shape(node: Drawn, box: Box, is_holder: bool) -> Shape:
    x, y, width, height = box
    is_open = is_holder and node.kind in SCOPES
    return Shape(node.id, node.kind, node.name, x, y, width, height, is_open, node.mark)


def _bounds(root: etree._Element) -> dict[str, Box | None]:
    return {
        shape.get("bpmnElement") or shape.get("cmmnElementRef") or "": _box(shape)
        for shape in root.iter()
        if local_name(shape) in SHAPES
    }


def _box(shape: etree._Element) -> Box | None:
    for child in shape:
        if local_name(child) == "Bounds":
            with suppress(ValueError):
                x, y, width, height = (float(child.get(name, "")) for name in ("x", "y", "width", "height"))
                return x, y, width, height
    return None


def _edges(root: etree._Element, elements: Elements) -> list[Edge]:
    flows = {flow.id: flow for flow in elements.flows}
    edges = []
    for edge in root.iter():
        if local_name(edge) not in EDGES:
            continue
        own = edge.get("bpmnElement") or edge.get("cmmnElementRef") or ""
        points = _waypoints(edge)
        if len(points) < 2:
            continue
        flow = flows.get(own)
        ends = (flow.source, flow.target) if flow is not None else ("", "")
        edges.append(Edge(own, *ends, points, is_dashed=flow is None))
    return edges


def _waypoints(edge: etree._Element) -> tuple[Point, ...]:
    points: list[Point] = []
    for child in edge:
        if local_name(child) == "waypoint":
            with suppress(ValueError):
                points.append((float(child.get("x", "")), float(child.get("y", ""))))
    return tuple(points)
