"""`fail:` reports that an external task or a job failed."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.work import open_work


class FailStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fail what waits at an element, leaving it this many retries."""

    fail: str
    of: str | None = None
    nth: int = 1
    reason: str = "failed by the scenario"
    retries: int = 0


def perform(step: FailStep, play: Play) -> None:
    """Find what waits there, and report its failure."""
    work = open_work(play, "fail", step.fail, step.of, step.nth)
    if work is not None:
        play.target.fail(work, message=step.reason, retries=step.retries)


STEP = StepType(name="fail", body=FailStep, perform=perform, uses=lambda step: [step.of])
