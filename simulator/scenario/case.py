"""Cases: one scenario, or one row of its table, ready to be performed on any target it applies to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from simulator.scenario.nodes import Node, merged
from simulator.scenario.planning import PlannedStep, plan_steps
from simulator.scenario.selectors import Selector


class Departure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dialect does otherwise: a JSON merge patch (RFC 7396) per step, with its proof."""

    differs: dict[str, object]
    because: str


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A scenario file as it is written."""

    scenario: str
    steps: list[dict[str, object]]
    schema: str | None = msgspec.field(default=None, name="$schema")
    clause: str | list[str] | None = None
    about: str | None = None
    models: list[str] = []
    tenant: str | None = None
    only: list[str] = []
    settings: dict[str, Literal["on", "off"]] = {}
    destructive: bool = False
    on: dict[str, Departure] = {}
    defaults: dict[str, object] = {}
    rows: list[dict[str, object]] = []


class RowFields(msgspec.Struct, frozen=True):
    """What a row of a scenario's table says of itself, besides its columns."""

    name: str | None = None
    clause: str | list[str] | None = None
    only: list[str] = []
    settings: dict[str, Literal["on", "off"]] = {}
    destructive: bool = False
    on: dict[str, Departure] = {}


@dataclass(frozen=True, slots=True)
class Patch:
    """A departure, bound to its selector and its place in the file."""

    selector: Selector
    steps: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; `id` is unique in its file's folder tree, `row` is the row's name if there is a table."""

    id: str
    title: str
    row: str | None
    clause: str | None
    file: Path
    line: int
    models: tuple[str, ...]
    tenant: str | None
    only: tuple[Selector, ...]
    settings: Mapping[str, bool]
    destructive: bool
    steps: tuple[Node, ...]
    patches: tuple[Patch, ...]

    @property
    def folder(self) -> Path:
        """Where the models lie."""
        return self.file.parent

    def steps_on(self, product: str, release: str) -> tuple[PlannedStep, ...]:
        """The steps as they are expected to go on one release of one product."""
        return self.plan([patch for patch in self.patches if patch.selector.holds(product, release)])

    def plan(self, patches: list[Patch]) -> tuple[PlannedStep, ...]:
        """Plan the steps with these patches applied in order; raises ScenarioError."""
        steps: dict[int, Node] = dict(enumerate(self.steps, 1))
        for patch in patches:
            for key, change in patch.steps.mapping().items():
                number = self._number(key, change)
                new = merged(steps[number], change) if number in steps else None
                if new is None:
                    steps.pop(number, None)
                else:
                    steps[number] = new
        return plan_steps(steps.items(), deployed=bool(self.models))

    def _number(self, key: str, change: Node) -> int:
        """The number of a step, given by its number or its name."""
        if key.isascii() and key.isdigit() and 1 <= int(key) <= len(self.steps):
            return int(key)
        for number, step in enumerate(self.steps, 1):
            name = step.mapping().get("name")
            if name is not None and name.value == key:
                return number
        raise change.wrong(
            f"expected the number (1 to {len(self.steps)}) or the name of a step, came {key!r}"
        )
