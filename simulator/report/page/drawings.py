"""The drawings of a run: one for each model and path that differ, shared by all scenarios that show it."""

from dataclasses import dataclass, field

from simulator.report.digest import Performance, RunDigest
from simulator.report.page.diagram import read_picture
from simulator.report.page.picture import Picture
from simulator.report.page.svg import Trail, draw, extent
from simulator.results.events import PathSeen


@dataclass(frozen=True, slots=True)
class Shown:
    """A drawing where it is shown: its id, the file's name, its size, and whether it shows a path."""

    id: str
    name: str
    width: float
    height: float
    is_coloured: bool


@dataclass(slots=True)
class Drawings:
    """Draws each pair of model and path once."""

    run: RunDigest
    symbols: list[str] = field(default_factory=list)
    pictures: dict[str, Picture | None] = field(default_factory=dict)
    drawn: dict[tuple[str, Trail], Shown] = field(default_factory=dict)

    def of(self, performance: Performance) -> list[Shown]:
        """The drawings of a scenario, one for each of its models that can be drawn."""
        shown = []
        for digest in performance.started.models:
            picture = self.picture(digest)
            if picture is not None:
                shown.append(self.drawing(digest, picture, trail_in(picture, performance.paths)))
        return shown

    def picture(self, digest: str) -> Picture | None:
        """The picture of a model, read once."""
        if digest not in self.pictures:
            model = self.run.models.get(digest)
            self.pictures[digest] = read_picture(model.name, model.content) if model is not None else None
        return self.pictures[digest]

    def drawing(self, digest: str, picture: Picture, trail: Trail) -> Shown:
        """The drawing of a picture with a path."""
        key = (digest, trail)
        if key not in self.drawn:
            name = f"drawing-{len(self.drawn) + 1}"
            self.symbols.append(draw(picture, trail, name))
            _, _, width, height = extent(picture)
            model = self.run.models[digest].name
            self.drawn[key] = Shown(name, model, width, height, bool(trail.elements()))
        return self.drawn[key]


def trail_in(picture: Picture, paths: list[PathSeen]) -> Trail:
    """Where the instances of this model had been; one of unknown definition counts where its elements are."""
    own = {shape.element for shape in picture.shapes}
    meant = [
        path
        for path in paths
        if path.definition in picture.processes
        or (path.definition is None and own.intersection((path.passed or []) + (path.at or [])))
    ]
    return Trail(
        *(
            frozenset(own.intersection(element for path in meant for element in getattr(path, name) or []))
            for name in ("passed", "at", "cancelled")
        )
    )
