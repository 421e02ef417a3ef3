"""`advance:` lets time pass."""

import re

import msgspec

from simulator.scenario.nodes import Node
from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType

# ISO 8601, without years and months, which have no length of their own
_DURATION = re.compile(
    r"P(?=.)((?P<weeks>\d+)W)?((?P<days>\d+)D)?"
    r"(T(?=.)((?P<hours>\d+)H)?((?P<minutes>\d+)M)?((?P<seconds>\d+(\.\d+)?)S)?)?"
)
_SECONDS = {"weeks": 604800, "days": 86400, "hours": 3600, "minutes": 60, "seconds": 1}


class AdvanceStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Let an ISO 8601 duration such as `PT1H` pass, and everything then due happen."""

    advance: str


def seconds(duration: str) -> float | None:
    """The length of an ISO 8601 duration in seconds; None where it is none."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    return sum(float(found[unit] or 0) * length for unit, length in _SECONDS.items())


def perform(step: AdvanceStep, play: Play) -> None:
    """Move the target's clock."""
    length = seconds(step.advance)
    if length is None:
        raise play.wrong(f"expected an ISO 8601 duration such as PT1H, came {step.advance!r}")
    play.target.advance(length)


def check(node: Node) -> None:
    """See that it is a duration."""
    written = node.mapping()["advance"]
    if "${" not in written.text() and seconds(written.text()) is None:
        raise written.wrong(f"expected an ISO 8601 duration such as PT1H, came {written.text()!r}")


STEP = StepType(name="advance", body=AdvanceStep, perform=perform, check=check)
