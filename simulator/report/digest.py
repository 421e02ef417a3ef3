"""A finished run as one value: each scenario on each target with its steps, in the order they ran."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.results.events import (
    Event,
    ModelSeen,
    PathSeen,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioStarted,
    StepDone,
)

NOT_MEANT = ("not-this-dialect", "not-this-release")
"""Why a scenario is skipped that is not about a target."""


@dataclass(slots=True)
class Performance:
    """One scenario on one target; `ended` is missing where the run was interrupted in the middle of it."""

    started: ScenarioStarted
    steps: list[StepDone] = field(default_factory=list)
    paths: list[PathSeen] = field(default_factory=list)
    ended: ScenarioEnded | None = None

    @property
    def name(self) -> str:
        """Its title, and its row if it is one of a table."""
        row = self.started.row
        return self.started.title if row is None else f"{self.started.title}: {row}"

    @property
    def is_meant(self) -> bool:
        """Whether the scenario is about the target at all."""
        return self.ended is None or self.ended.reason not in NOT_MEANT

    @property
    def outcome(self) -> str:
        """Its verdict, or that it was interrupted."""
        return "interrupted" if self.ended is None else self.ended.verdict


@dataclass(slots=True)
class RunDigest:
    """All events of a run, put together."""

    started: RunStarted | None = None
    ended: RunEnded | None = None
    models: dict[str, ModelSeen] = field(default_factory=dict)
    performances: list[Performance] = field(default_factory=list)


def digest(events: Iterable[Event]) -> RunDigest:
    """Put a stream of events together."""
    run = RunDigest()
    for event in events:
        match event:
            case RunStarted():
                run.started = event
            case RunEnded():
                run.ended = event
            case ModelSeen():
                run.models[event.digest] = event
            case ScenarioStarted():
                run.performances.append(Performance(event))
            case _:
                _add(run, event)
    return run


def _add(run: RunDigest, event: StepDone | PathSeen | ScenarioEnded) -> None:
    """Add what a scenario told to that scenario, which is one of the last begun."""
    for performance in reversed(run.performances):
        started = performance.started
        if (started.scenario, started.target) != (event.scenario, event.target):
            continue
        match event:
            case StepDone():
                performance.steps.append(event)
            case PathSeen():
                performance.paths.append(event)
            case ScenarioEnded():
                performance.ended = event
        return
