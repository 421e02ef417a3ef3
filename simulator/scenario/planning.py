"""Plans the steps of a case: each checked for its kind, its fields, its matchers and the names it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from simulator.scenario.matchers import check_matchers
from simulator.scenario.nodes import Node, at, below, kind_of, plain
from simulator.scenario.step_types import Common, StepType, step_types
from simulator.scenario.texts import places
from simulator.scenario.typed import convert, fields_of

COMMON = tuple(fields_of(Common))
TARGETS_NAMES = ("definition", "instance", "own", "work")
"""What a target is asked for when a text is filled; everything else has to be saved first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step, valid as written; its texts are filled when it is performed."""

    number: int
    type: StepType
    common: Common
    own: Node
    node: Node

    @property
    def text(self) -> str:
        """The step in a few words: its name, or its kind and what it is about."""
        if self.common.name is not None:
            return self.common.name
        main = self.own.mapping()[self.type.name]
        return f"{self.type.name} {_short(plain(main))}"

    def filled(self, lookup: Any) -> Any:
        """The step's struct with every text filled."""
        return msgspec.convert(lookup(plain(self.own)), self.type.body)


def _short(value: object) -> str:
    match value:
        case str():
            return value
        case dict():
            return ", ".join(value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def plan_steps(steps: Iterable[tuple[int, Node]], *, deployed: bool) -> tuple[PlannedStep, ...]:
    """Plan the steps of one case; raises ScenarioError at the first that is not as it should be."""
    planned: list[PlannedStep] = []
    aliases: set[str] = set()
    saved: set[str] = {"deployment"} if deployed else set()
    for number, node in steps:
        step = _plan(number, node)
        body = convert(step.own, step.type.body)
        _check_names(step, body, aliases, saved)
        aliases.update(step.type.gives(body))
        saved.update(step.type.saves(body))
        planned.append(step)
    return tuple(planned)


def _plan(number: int, node: Node) -> PlannedStep:
    kind = _kind(node)
    entries = node.mapping()
    common = convert(_part(node, [key for key in entries if key in COMMON]), Common)
    own = _part(node, [key for key in entries if key not in COMMON])
    kind.check(own)
    convert(own, kind.body)
    if common.refused is not None and not kind.refusable:
        raise entries["refused"].wrong(f"expected no `refused` at {kind.name}, which has `answer` or nothing")
    for name in (*kind.expectations, "refused"):
        if name in entries:
            check_matchers(entries[name])
    return PlannedStep(number=number, type=kind, common=common, own=own, node=node)


def _kind(node: Node) -> StepType:
    """The kind of a step: its first key, but for those that every step may have."""
    known = step_types()
    entries = node.mapping()
    for key in entries:
        if key in known:
            return known[key]
        if key not in COMMON:
            break
    came = ", ".join(entries) or kind_of({})
    raise node.wrong(f"expected a step that begins with one of {', '.join(known)}; came {came}")


def _part(node: Node, keys: list[str]) -> Node:
    entries = node.mapping()
    return Node({key: entries[key] for key in keys}, node.file, node.line)


def _check_names(step: PlannedStep, body: Any, aliases: set[str], saved: set[str]) -> None:
    """See that each alias and each saved name that a step uses was given before."""
    for alias in step.type.uses(body):
        if alias is None and not aliases:
            raise step.node.wrong("expected a step before this one that starts an instance, came none")
        if alias is not None and "${" not in alias and alias not in aliases:
            place = next((found for found in below(step.own) if found.value == alias), step.node)
            place = at(step.own, (step.type.name, alias)) if place is step.node else place
            known = ", ".join(sorted(aliases)) or "none yet"
            raise place.wrong(f"expected the alias of an instance ({known}), came {alias!r}")
    for node in below(step.own):
        for name in places(node.value) if isinstance(node.value, str) else []:
            if name not in saved and name.partition(":")[0] not in TARGETS_NAMES:
                raise node.wrong(f"expected a name saved by a step before this one, came ${{{name}}}")
