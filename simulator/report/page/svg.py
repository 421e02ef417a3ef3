"""Draws a picture as SVG, each element and flow classed by what happened to it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from simulator.report.page.elements import EVENTS, GATEWAYS
from simulator.report.page.picture import Edge, Picture, Shape

MARGIN = 24.0
LABEL = 15
"""Characters of a name in one line."""

GATEWAY_MARKS = {"exclusiveGateway": "×", "parallelGateway": "+", "inclusiveGateway": "○"}
EVENT_MARKS = {
    "timer": "◷",
    "message": "✉",
    "signal": "△",
    "error": "↯",
    "escalation": "⇑",
    "terminate": "●",
    "conditional": "≡",
    "compensate": "⏪",
    "cancel": "✕",
    "link": "➔",
}
TASK_MARKS = {
    "userTask": "user",
    "serviceTask": "service",
    "scriptTask": "script",
    "sendTask": "send",
    "receiveTask": "receive",
    "manualTask": "manual",
    "businessRuleTask": "rule",
    "callActivity": "call",
}


@dataclass(frozen=True, slots=True)
class Trail:
    """Where an instance had been: elements passed, still active, cancelled."""

    passed: frozenset[str] = frozenset()
    at: frozenset[str] = frozenset()
    cancelled: frozenset[str] = frozenset()

    def state(self, element: str) -> str:
        """What to class an element by."""
        if element in self.at:
            return "active"
        if element in self.cancelled:
            return "cancelled"
        return "passed" if element in self.passed else ""

    def took(self, edge: Edge) -> bool:
        """Whether a token may have gone this way: both ends were reached, the first of them left."""
        return edge.source in self.passed and edge.target in self.passed | self.at | self.cancelled

    def elements(self) -> Collection[str]:
        """All elements reached."""
        return self.passed | self.at | self.cancelled


def extent(picture: Picture) -> tuple[float, float, float, float]:
    """The box around everything: x, y, width, height."""
    xs = [x for shape in picture.shapes for x in (shape.x, shape.x + shape.width)]
    ys = [y for shape in picture.shapes for y in (shape.y, shape.y + shape.height + 16)]
    xs += [x for edge in picture.edges for x, _ in edge.points]
    ys += [y for edge in picture.edges for _, y in edge.points]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    return left, top, max(xs) + MARGIN - left, max(ys) + MARGIN - top


def draw(picture: Picture, trail: Trail, drawing: str) -> str:
    """Draw as a `symbol` of the id given, to be shown by `use`."""
    box = " ".join(_number(value) for value in extent(picture))
    order = sorted(picture.edges, key=trail.took)
    parts = [
        *(_shape(shape, trail) for shape in picture.shapes if shape.is_open),
        *(_edge(edge, trail) for edge in order),
        *(_shape(shape, trail) for shape in picture.shapes if not shape.is_open),
    ]
    return f'<symbol id="{drawing}" viewBox="{box}">\n' + "\n".join(parts) + "\n</symbol>"


def _edge(edge: Edge, trail: Trail) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in edge.points)
    classes = _classes("flow", "dashed" if edge.is_dashed else "", "passed" if trail.took(edge) else "")
    head = "arrow-passed" if trail.took(edge) else "arrow"
    return f'<polyline class="{classes}" points="{points}" marker-end="url(#{head})"/>'


def _shape(shape: Shape, trail: Trail) -> str:
    kind = "event" if shape.kind in EVENTS else "gateway" if shape.kind in GATEWAYS else "task"
    classes = _classes("open" if shape.is_open else kind, shape.kind, trail.state(shape.element))
    title = (
        f"<title>{escape(shape.name or shape.element)} ({escape(shape.kind)} {escape(shape.element)})</title>"
    )
    body = "".join((_outline(shape, kind), *_texts(shape, kind)))
    return f'<g class="{classes}">{title}{body}</g>'


def _outline(shape: Shape, kind: str) -> str:
    x, y = shape.middle
    match kind:
        case "event":
            radius = shape.width / 2
            inner = "" if shape.kind in ("startEvent", "endEvent") else _circle(x, y, radius - 4)
            return _circle(x, y, radius) + inner
        case "gateway":
            half, tall = shape.width / 2, shape.height / 2
            corners = ((x, y - tall), (x + half, y), (x, y + tall), (x - half, y))
            return f'<polygon points="{" ".join(f"{_number(a)},{_number(b)}" for a, b in corners)}"/>'
        case _:
            return (
                f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" width="{_number(shape.width)}" '
                f'height="{_number(shape.height)}" rx="{0 if shape.kind == "pool" else 10}"/>'
            )


def _texts(shape: Shape, kind: str) -> Iterator[str]:
    x, y = shape.middle
    marks: Mapping[str, str] = {
        "event": EVENT_MARKS.get(shape.mark, ""),
        "gateway": GATEWAY_MARKS.get(shape.kind, ""),
    }
    if marks.get(kind):
        yield _text(x, y, marks[kind], "mark")
    if shape.is_open:
        yield _text(shape.x + 10, shape.y + 16, shape.name, "label corner")
        return
    if kind == "task" and shape.kind in TASK_MARKS:
        yield _text(shape.x + 8, shape.y + 13, TASK_MARKS[shape.kind], "type")
    lines = wrap(shape.name, LABEL)[:4] or [""]
    first = y - (len(lines) - 1) * 7 if kind == "task" else shape.y + shape.height + 13
    for number, line in enumerate(lines if shape.name else []):
        yield _text(x, first + number * 14, line, "label")


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{_number(x)}" y="{_number(y)}">{escape(text)}</text>'


def _circle(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"/>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _classes(*names: str) -> str:
    return " ".join(name for name in names if name)
