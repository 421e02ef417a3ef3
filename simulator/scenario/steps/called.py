"""`called:` names the instance that a call activity started."""

import msgspec

from simulator.scenario.matching import Mismatch, Spot
from simulator.scenario.play import Instance, Play
from simulator.scenario.step_types import StepType


class CalledStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Name the instance (the `nth`, from 1) that a call activity started."""

    called: str
    alias: str = msgspec.field(name="as")
    of: str | None = None
    nth: int = 1


def perform(step: CalledStep, play: Play) -> None:
    """Look up what was called, and name it."""
    called = list(play.target.called(play.instance(step.of), step.called))
    play.found.came = called
    if step.nth <= len(called):
        play.name_instance(step.alias, Instance(called[step.nth - 1], None))
        return
    expected = f"{step.nth} instances called by {step.called!r}"
    play.found.mismatches.append(Mismatch(Spot(("called",)), expected, str(len(called))))


STEP = StepType(
    name="called",
    body=CalledStep,
    perform=perform,
    gives=lambda step: [step.alias],
    uses=lambda step: [step.of],
)
