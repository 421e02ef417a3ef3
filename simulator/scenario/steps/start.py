"""`start:` begins a process instance, at its start event or by start instructions."""

from typing import Literal

import msgspec

from simulator.scenario.nodes import Node
from simulator.scenario.play import Instance, Play
from simulator.scenario.step_types import StepType
from simulator.scenario.variables import variables
from simulator.targets.protocol import Start, StartInstruction

KINDS: tuple[Literal["before", "after", "transition"], ...] = ("before", "after", "transition")


class Instruction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One start instruction; exactly one of `before`, `after` and `transition` names where."""

    before: str | None = None
    after: str | None = None
    transition: str | None = None
    variables: dict[str, object] = {}
    local: dict[str, object] = {}


class StartStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Start the newest version of a process definition, or the version given."""

    start: str
    alias: str | None = msgspec.field(default=None, name="as")
    version: int | None = None
    tenant: str | None = None
    business_key: str | None = None
    variables: dict[str, object] = {}
    at: list[Instruction] = []


def perform(step: StartStep, play: Play) -> None:
    """Start, and name the instance."""
    start = Start(
        definition=step.start,
        version=step.version,
        tenant=step.tenant,
        business_key=step.business_key,
        variables=variables(step.variables),
        instructions=tuple(_instruction(written) for written in step.at),
    )
    key = play.target.start(start)
    play.found.came = key
    play.name_instance(step.alias or step.start, Instance(key, step.start))


def _instruction(written: Instruction) -> StartInstruction:
    kind, element = next(
        (kind, getattr(written, kind)) for kind in KINDS if getattr(written, kind) is not None
    )
    return StartInstruction(kind, element, variables(written.variables), variables(written.local))


def check(node: Node) -> None:
    """See that each instruction says where exactly once."""
    for instruction in node.mapping()["at"].items() if "at" in node.mapping() else []:
        given = [kind for kind in KINDS if kind in instruction.mapping()]
        if len(given) != 1:
            raise instruction.wrong(
                f"expected exactly one of {', '.join(KINDS)}, came {' and '.join(given) or 'none'}"
            )


STEP = StepType(
    name="start",
    body=StartStep,
    perform=perform,
    gives=lambda step: [step.alias or step.start],
    check=check,
)
