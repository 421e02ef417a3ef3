"""`signal:` broadcasts a signal."""

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.variables import variables


class SignalStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Broadcast a signal by its name."""

    signal: str
    variables: dict[str, object] = {}
    tenant: str | None = None


def perform(step: SignalStep, play: Play) -> None:
    """Broadcast."""
    play.target.signal(step.signal, variables=variables(step.variables), tenant=step.tenant)


STEP = StepType(name="signal", body=SignalStep, perform=perform)
