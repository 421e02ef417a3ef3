"""A model as something to draw: shapes and edges with their places, in the units of the diagram."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One element with its bounds; `kind` is its tag, `is_open` whether others lie in it."""

    element: str
    kind: str
    name: str
    x: float
    y: float
    width: float
    height: float
    is_open: bool = False
    mark: str = ""

    @property
    def middle(self) -> Point:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """One flow with the points it passes."""

    element: str
    source: str
    target: str
    points: tuple[Point, ...]
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes and edges of one model; `processes` are the ids of the processes or cases in it."""

    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]
    processes: frozenset[str]
