"""`cancel:` ends an instance from outside."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType


class CancelStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cancel an instance by its alias."""

    cancel: str


def perform(step: CancelStep, play: Play) -> None:
    """Cancel."""
    play.target.cancel(play.instance(step.cancel))


STEP = StepType(name="cancel", body=CancelStep, perform=perform, uses=lambda step: [step.cancel])
