"""Lays out a model without a diagram part: layers by distance from the starts, scopes one below the other."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace

from simulator.report.page.elements import EVENTS, GATEWAYS, Drawn, Elements, Flow
from simulator.report.page.picture import Edge, Picture, Point, Shape

COLUMN, ROW = 160.0, 110.0
EVENT, GATEWAY, TASK = (36.0, 36.0), (50.0, 50.0), (110.0, 70.0)


def lay_out(elements: Elements) -> Picture:
    """Place each scope's elements in columns by distance, below those of the scope before."""
    places: dict[str, Shape] = {}
    top = 0.0
    for scope in dict.fromkeys(node.scope for node in elements.nodes):
        own = [node for node in elements.nodes if node.scope == scope]
        columns = layers(own, elements.flows)
        for number, column in enumerate(columns):
            for row, node in enumerate(column):
                places[node.id] = _place(node, number, row, top)
        top += max(map(len, columns)) * ROW
    places |= {node.id: _dock(places[node.id], places, node) for node in elements.nodes if node.attached_to}
    edges = [
        Edge(
            flow.id,
            flow.source,
            flow.target,
            _route(places[flow.source], places[flow.target]),
            flow.is_dashed,
        )
        for flow in elements.flows
        if flow.source in places and flow.target in places
    ]
    return Picture(tuple(places.values()), tuple(edges), elements.processes)


def layers(nodes: list[Drawn], flows: Iterable[Flow]) -> list[list[Drawn]]:
    """The nodes by their distance from a node nothing leads to; a boundary event comes after its activity."""
    own = {node.id: node for node in nodes}
    after: dict[str, list[str]] = {node.id: [] for node in nodes}
    reached = set()
    for source, target in [
        *((flow.source, flow.target) for flow in flows),
        *((node.attached_to or "", node.id) for node in nodes),
    ]:
        if source in own and target in own and source != target:
            after[source].append(target)
            reached.add(target)
    starts = [name for name in own if name not in reached] or [nodes[0].id]
    distances = _distances(starts, after)
    rest = [name for name in own if name not in distances]
    while rest:
        distances |= _distances([rest[0]], after, known=distances)
        rest = [name for name in rest if name not in distances]
    columns: list[list[Drawn]] = [[] for _ in range(max(distances.values()) + 1)]
    for name, node in own.items():
        columns[distances[name]].append(node)
    return columns


def _distances(
    starts: list[str], after: Mapping[str, list[str]], known: Mapping[str, int] | None = None
) -> dict[str, int]:
    distances = {**(known or {}), **dict.fromkeys(starts, 0)}
    pending = deque(starts)
    while pending:
        name = pending.popleft()
        for following in after[name]:
            if following not in distances:
                distances[following] = distances[name] + 1
                pending.append(following)
    return distances


def _place(node: Drawn, column: int, row: int, top: float) -> Shape:
    width, height = EVENT if node.kind in EVENTS else GATEWAY if node.kind in GATEWAYS else TASK
    x = column * COLUMN + (TASK[0] - width) / 2
    y = top + row * ROW + (TASK[1] - height) / 2
    return Shape(node.id, node.kind, node.name, x, y, width, height, mark=node.mark)


def _dock(shape: Shape, places: Mapping[str, Shape], node: Drawn) -> Shape:
    """Put a boundary event on the lower edge of its activity."""
    host = places.get(node.attached_to or "")
    if host is None:
        return shape
    return replace(shape, x=host.x + host.width - shape.width, y=host.y + host.height - shape.height / 2)


def _route(source: Shape, target: Shape) -> tuple[Point, ...]:
    """To the right by way of the gap before the target, back round below."""
    (_, from_y), (_, to_y) = source.middle, target.middle
    leave = (source.x + source.width, from_y)
    arrive = (target.x, to_y)
    if target.x > source.x:
        if from_y == to_y and target.x - source.x <= COLUMN + TASK[0]:
            return leave, arrive
        bend = arrive[0] - 24
        return leave, (bend, from_y), (bend, to_y), arrive
    below = max(from_y, to_y) + ROW / 2
    return (
        (source.middle[0], source.y + source.height),
        (source.middle[0], below),
        (target.middle[0], below),
        (target.middle[0], target.y + target.height),
    )
