"""A whole run: its stages opened, its cases run, its events told from the first to the last."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from simulator.core.errors import UserError
from simulator.results.counts import Counts
from simulator.results.events import RunStarted, TargetSeen
from simulator.scenario.case import Case
from simulator.scenario.runner import Emit, Runner
from simulator.scenario.stage_opening import open_stage
from simulator.scenario.stages import Stage
from simulator.targets.opening import TargetOptions, read_options
from simulator.targets.protocol import Unusable

BUILT_IN = ("simulator:camunda7", "simulator:camunda8")
"""The targets of a run that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a run went: its counts, the targets not reached or not left clean, whether it was interrupted."""

    counts: Counts
    problems: tuple[str, ...]
    interrupted: bool


@dataclass(slots=True)
class Stages:
    """The stages of a run, and the targets that could not be opened."""

    opened: list[Stage] = field(default_factory=list)
    seen: list[TargetSeen] = field(default_factory=list)

    def add(self, text: str, options: TargetOptions) -> None:
        """Open one; a target that does not answer is kept with its problem."""
        try:
            stage = open_stage(text, options)
        except Unusable as nothing:
            name, _ = read_options(text, options)  # without a password that stands behind the URL
            told = nothing.message if nothing.url and nothing.url in name else str(nothing)
            self.seen.append(TargetSeen(name=name, problem=told))
            return
        self.opened.append(stage)
        self.seen.append(stage.seen())

    def problems(self) -> list[str]:
        """What was not reached, in words."""
        return [f"{target.name}: {target.problem}" for target in self.seen if target.problem is not None]


def run_session(
    cases: Sequence[Case],
    stages: Stages,
    emit: Emit,
    *,
    seed: int,
    paths: bool,
    fail_fast: bool,
    defects: tuple[type[Exception], ...] = (),
) -> Finished:
    """Run the cases on the stages and close these; an interrupt ends it early, with all its events told."""
    runner = Runner(emit, paths, defects=defects)
    began = time.monotonic()
    emit(
        RunStarted(
            version=own_version(),
            seed=seed,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            targets=stages.seen,
            scenarios=len(cases),
        )
    )
    interrupted = True
    try:
        runner.run(cases, stages.opened, fail_fast=fail_fast)
        interrupted = False
    except KeyboardInterrupt:
        interrupted = True
    finally:
        emit(runner.counts.ended(interrupted=interrupted, seconds=round(time.monotonic() - began, 3)))
    return Finished(
        counts=runner.counts, problems=(*stages.problems(), *close_all(stages)), interrupted=interrupted
    )


def close_all(stages: Stages) -> list[str]:
    """Close every stage, whatever the others do; answers the problems."""
    problems: list[str] = []
    with ExitStack() as closing:
        for stage in stages.opened:
            closing.callback(_close, stage, problems)
    return problems


def _close(stage: Stage, problems: list[str]) -> None:
    try:
        stage.close()
    except UserError as error:
        problems.append(f"{stage.name}: could not be closed: {error}")


def own_version() -> str:
    """The installed release of this package, or that it runs from its sources."""
    try:
        return version("bpmn-tck")
    except PackageNotFoundError:
        return "(from its sources)"
