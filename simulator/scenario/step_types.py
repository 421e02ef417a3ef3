"""The open set of steps: what one looks like in a scenario and how it is performed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from simulator.core.discovery import named
from simulator.scenario.nodes import Node
from simulator.scenario.play import Play

STEPS_PACKAGE = "simulator.scenario.steps"


def _nothing(_body: object) -> list[str]:
    return []


def _no_check(_node: Node) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepType:
    """One kind of step; its key in a scenario is `name`, its fields are those of the struct `body`.

    `ends`: whether a target that cannot do it ends the scenario (an action does, an expectation does not).
    `expectations`: fields that hold matchers. `gives` and `uses`: the aliases it names and needs, None for
    the instance named last. `saves`: the names it saves. `check`: raises ScenarioError at what the struct
    cannot say.
    """

    name: str
    body: type[msgspec.Struct]
    perform: Callable[[Any, Play], None]
    ends: bool = True
    refusable: bool = True
    expectations: tuple[str, ...] = ()
    gives: Callable[[Any], Iterable[str]] = _nothing
    uses: Callable[[Any], Iterable[str | None]] = _nothing
    saves: Callable[[Any], Iterable[str]] = _nothing
    check: Callable[[Node], None] = _no_check


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a step is refused: parts of the error's body as the target words it; matchers are allowed."""

    status: object = msgspec.UNSET
    type: object = msgspec.UNSET
    message: object = msgspec.UNSET
    code: object = msgspec.UNSET
    detail: object = msgspec.UNSET
    title: object = msgspec.UNSET
    body: object = msgspec.UNSET


class Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every step may have besides its own fields."""

    name: str | None = None
    refused: Refusal | None = None


@cache
def step_types() -> dict[str, StepType]:
    """Every kind of step by its name, in alphabetical order of their modules."""
    return {found.value.name: found.value for found in named(STEPS_PACKAGE, "STEP", StepType)}
