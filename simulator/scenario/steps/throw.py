"""`throw:` throws a BPMN error from a user task, an external task or a job."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.variables import variables
from simulator.scenario.work import open_work


class ThrowStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Throw the error `code` from what waits at an element."""

    throw: str
    code: str
    of: str | None = None
    nth: int = 1
    reason: str | None = None
    variables: dict[str, object] = {}


def perform(step: ThrowStep, play: Play) -> None:
    """Find what waits there, and throw from it."""
    work = open_work(play, "throw", step.throw, step.of, step.nth)
    if work is not None:
        play.target.throw_error(
            work, code=step.code, message=step.reason, variables=variables(step.variables)
        )


STEP = StepType(name="throw", body=ThrowStep, perform=perform, uses=lambda step: [step.of])
