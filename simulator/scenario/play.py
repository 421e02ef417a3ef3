"""One scenario being performed on one target: its names, and what the step at hand found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.core.errors import UserError
from simulator.results.events import Difference
from simulator.scenario.matchers import compare
from simulator.scenario.matching import Matcher, Mismatch, Spot, pointer
from simulator.scenario.nodes import Node, ScenarioError, at
from simulator.scenario.places import shown_path
from simulator.scenario.texts import fill
from simulator.targets.protocol import Model, Target


@dataclass(frozen=True, slots=True)
class Instance:
    """A process instance that the scenario knows by an alias."""

    key: str
    definition: str | None


@dataclass(slots=True)
class Found:
    """What the step at hand found."""

    expected: object = None
    came: object = None
    mismatches: list[Mismatch] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Play:
    """What steps act on: the target, the names they gave and saved, and where they put what they find."""

    target: Target
    folder: Path
    models: tuple[str, ...]
    instances: dict[str, Instance] = field(default_factory=dict)
    deployments: dict[str, str] = field(default_factory=dict)
    saved: dict[str, object] = field(default_factory=dict)
    found: Found = field(default_factory=Found)
    step: Node | None = None

    def compare(self, expected: object, came: object, spot: Spot, by: Matcher = compare) -> None:
        """Compare, and keep each mismatch."""
        self.found.mismatches.extend(by(expected, came, spot))

    def instance(self, alias: str | None) -> str:
        """The id of an instance by its alias, or of the one named last."""
        return self.named(alias).key

    def named(self, alias: str | None) -> Instance:
        """An instance by its alias, or the one named last."""
        if alias is None and self.instances:
            return next(reversed(self.instances.values()))
        if alias in self.instances:
            return self.instances[alias]
        raise self.wrong(f"expected an instance that a step has named, came {alias!r}")

    def name_instance(self, alias: str, instance: Instance) -> None:
        """Give an instance its alias; it is the last one named now."""
        self.instances.pop(alias, None)
        self.instances[alias] = instance

    def deploy(self, names: tuple[str, ...], tenant: str | None, alias: str = "") -> str:
        """Deploy files of the scenario's folder."""
        models = [read_model(self.folder / name) for name in names]
        key = self.target.deploy(models, tenant=tenant)
        self.deployments[alias] = self.deployments[""] = key
        return key

    def fill(self, value: object) -> object:
        """Fill `${name}` everywhere in a value."""
        return fill(value, self.look_up)

    def look_up(self, name: str) -> object:
        """What `${name}` stands for."""
        kind, colon, rest = name.partition(":")
        match kind, colon:
            case "definition", ":":
                return self.target.definition(rest)
            case "instance", _:
                return self.instance(rest or None)
            case "deployment", _ if rest in self.deployments:
                return self.deployments[rest]
            case "own", ":":
                return self.target.own(rest)
            case "work", ":":
                return self.open_work(rest)
            case _ if name in self.saved:
                return self.saved[name]
        raise self.wrong(f"expected a name that a step has saved, came ${{{name}}}")

    def open_work(self, element: str) -> str:
        """The id of the first task or job open at an element of the instance named last."""
        for work in self.target.work(self.instance(None), element):
            return work.key
        raise self.wrong(f"expected a task or job open at {element!r}, came none")

    def wrong(self, message: str) -> ScenarioError:
        """The error that names the step at hand."""
        return ScenarioError(message) if self.step is None else self.step.wrong(message)


def difference(step: Node, mismatch: Mismatch) -> Difference:
    """Show a mismatch with the file and line of what was expected."""
    place = at(step, mismatch.spot.where)
    return Difference(
        path=pointer(mismatch.spot.path),
        expected=mismatch.expected,
        came=mismatch.came,
        file=str(shown_path(place.file)),
        line=place.line,
    )


def read_model(file: Path) -> Model:
    """Read a model; raises UserError where it cannot be read."""
    try:
        return Model(file.name, file.read_bytes(), file)
    except OSError as error:
        raise UserError(f"expected a model, came: {error.strerror}", file=file) from error


def as_mapping(value: object) -> Mapping[str, object]:
    """The entries of a mapping, none of anything else."""
    return value if isinstance(value, Mapping) else {}
