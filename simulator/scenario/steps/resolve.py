"""`resolve:` gives what failed new retries and resolves its incident."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType


class ResolveStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Resolve the incident at an element of an instance, or its only one."""

    resolve: str
    at: str | None = None
    retries: int = 1


def perform(step: ResolveStep, play: Play) -> None:
    """Set the retries and resolve."""
    play.target.resolve(play.instance(step.resolve), step.at, step.retries)


STEP = StepType(name="resolve", body=ResolveStep, perform=perform, uses=lambda step: [step.resolve])
