"""`settle:` lets everything happen that is due now."""

from typing import Literal

import msgspec

from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType


class SettleStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Let asynchronous continuations run, without more time passing; written `settle: jobs`."""

    settle: Literal["jobs"]


def perform(_step: SettleStep, play: Play) -> None:
    """Wait until nothing is due."""
    play.target.settle()


STEP = StepType(name="settle", body=SettleStep, perform=perform)
