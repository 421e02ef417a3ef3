"""The events of a run, in the order in which they happen; every report is a rendering of them."""

from typing import Literal

import msgspec

Verdict = Literal["passed", "failed", "errored", "skipped"]
Outcome = Literal["held", "differed", "no-answer", "not-observable"]

VERDICTS: tuple[Verdict, ...] = ("passed", "failed", "errored", "skipped")


class TargetSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A target of the run, as it introduced itself; `problem` says why it could not be opened."""

    name: str
    product: str = ""
    release: str = ""
    problem: str | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One place where what came is not what was expected; `path` is a JSON pointer into what came."""

    path: str
    expected: str
    came: str
    file: str
    line: int


class RunStarted(msgspec.Struct, frozen=True, kw_only=True, tag="run-started", tag_field="event"):
    """A run begins: what it was asked to do, against which targets."""

    version: str
    seed: int
    at: str
    targets: list[TargetSeen]
    scenarios: int


class ModelSeen(msgspec.Struct, frozen=True, kw_only=True, tag="model-seen", tag_field="event"):
    """A model that scenarios of the run deploy, told once; `digest` names it from then on."""

    digest: str
    name: str
    content: str


class ScenarioStarted(msgspec.Struct, frozen=True, kw_only=True, tag="scenario-started", tag_field="event"):
    """A scenario begins on one target; `scenario` is its id in the run, `models` are digests."""

    scenario: str
    target: str
    title: str
    file: str
    line: int
    row: str | None = None
    clause: str | None = None
    models: list[str] = []


class StepDone(msgspec.Struct, frozen=True, kw_only=True, tag="step-done", tag_field="event"):
    """A step was performed, with what was expected and what came."""

    scenario: str
    target: str
    number: int
    step: str
    text: str
    file: str
    line: int
    outcome: Outcome
    expected: object = None
    came: object = None
    differences: list[Difference] = []
    note: str | None = None
    seconds: float = 0.0


class PathSeen(msgspec.Struct, frozen=True, kw_only=True, tag="path-seen", tag_field="event"):
    """Where a process instance had been when its scenario ended; None where the target cannot show it."""

    scenario: str
    target: str
    instance: str
    definition: str | None = None
    at: list[str] | None = None
    passed: list[str] | None = None
    cancelled: list[str] | None = None


class ScenarioEnded(msgspec.Struct, frozen=True, kw_only=True, tag="scenario-ended", tag_field="event"):
    """The verdict on a scenario at one target; `reason` is a skip reason, `message` is for people."""

    scenario: str
    target: str
    verdict: Verdict
    reason: str | None = None
    message: str | None = None
    seconds: float = 0.0


class RunEnded(msgspec.Struct, frozen=True, kw_only=True, tag="run-ended", tag_field="event"):
    """A run is over: verdicts and skip reasons counted per target."""

    verdicts: dict[str, dict[Verdict, int]]
    skips: dict[str, dict[str, int]]
    interrupted: bool = False
    seconds: float = 0.0


Event = RunStarted | ModelSeen | ScenarioStarted | StepDone | PathSeen | ScenarioEnded | RunEnded
