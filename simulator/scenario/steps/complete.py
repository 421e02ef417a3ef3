"""`complete:` completes a user task, an external task or a job."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.variables import variables
from simulator.scenario.work import open_work


class CompleteStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Complete what waits at an element; `nth` chooses among several (from 1)."""

    complete: str
    of: str | None = None
    nth: int = 1
    variables: dict[str, object] = {}


def perform(step: CompleteStep, play: Play) -> None:
    """Find what waits there, and complete it."""
    work = open_work(play, "complete", step.complete, step.of, step.nth)
    if work is not None:
        play.target.complete(work, variables(step.variables))


STEP = StepType(name="complete", body=CompleteStep, perform=perform, uses=lambda step: [step.of])
