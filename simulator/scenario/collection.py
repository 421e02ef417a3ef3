"""Scenarios as items of pytest: one per case and target, with the verdicts that `bpmn-tck run` gives."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from simulator.core.errors import UserError
from simulator.results.events import Event, StepDone
from simulator.results.wording import step_lines
from simulator.scenario.case import Case
from simulator.scenario.finding import identity
from simulator.scenario.reading import read_cases
from simulator.scenario.runner import Runner
from simulator.scenario.session import BUILT_IN
from simulator.scenario.stage_opening import open_stage
from simulator.scenario.stages import Stage
from simulator.targets.opening import TargetOptions
from simulator.targets.protocol import SKIP_REASONS


class NotHeld(Exception):  # the name says what is wrong
    """A scenario failed or errored; the text says where, what was expected and what came."""


@dataclass(slots=True)
class OpenStages:
    """The stages of a pytest session, opened when the first scenario needs them; a problem is kept, too."""

    stages: dict[str, Stage] = field(default_factory=dict)
    problems: dict[str, UserError] = field(default_factory=dict)

    def stage(self, text: str) -> Stage:
        """The stage of a target; raises UserError where it could not be opened, each time anew."""
        if text in self.problems:
            raise self.problems[text]
        if text not in self.stages:
            try:
                self.stages[text] = open_stage(text, TargetOptions())
            except UserError as problem:
                self.problems[text] = problem
                raise
        return self.stages[text]


STAGES = pytest.StashKey[OpenStages]()


def stages_of(config: pytest.Config) -> OpenStages:
    """The stages of a session."""
    return config.stash.setdefault(STAGES, OpenStages())


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the stages."""
    for stage in stages_of(config).stages.values():
        stage.close()


class ScenarioFile(pytest.File):
    """A scenario file; it is read when it is collected, so an error in it is one of collection."""

    def collect(self) -> Iterator[pytest.Item]:
        """One item per case and target."""
        try:
            cases = read_cases(self.path, identity(self.path))
        except UserError as error:
            raise self.CollectError(str(error)) from error
        for case in cases:
            for target in self.config.getoption("scenario_targets") or BUILT_IN:
                name = target if case.row is None else f"{case.row}-{target}"
                yield ScenarioItem.from_parent(self, name=f"[{name}]", case=case, target=target)


class ScenarioItem(pytest.Item):
    """One case on one target."""

    def __init__(self, *, case: Case, target: str, **more: object) -> None:
        super().__init__(**more)  # type: ignore[arg-type]  # pytest hands over its own arguments
        self.case = case
        self.target = target

    def runtest(self) -> None:
        """Run the case; a skip carries its reason."""
        steps: list[StepDone] = []

        def keep(event: Event) -> None:
            if isinstance(event, StepDone) and event.outcome != "held":
                steps.append(event)

        stage = stages_of(self.config).stage(self.target)
        ended = Runner(keep).run_case(self.case, stage)
        if ended.verdict == "skipped":
            reason = ended.reason or ""
            pytest.skip(f"{reason}: {SKIP_REASONS.get(reason, '')}")
        if ended.verdict != "passed":
            lines = [line for step in steps for line in step_lines(step)] or [ended.message or ""]
            raise NotHeld("\n".join([f"{ended.verdict} on {stage.name}: {self.case.title}", *lines]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Show what was expected and what came, without a traceback; a defect of ours keeps its own."""
        if isinstance(excinfo.value, NotHeld | UserError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """File, line (from 0) and title."""
        return self.path, self.case.line - 1, f"{self.case.title} {self.name}"


def collect_scenarios(file_path: Path, parent: pytest.Collector) -> pytest.Collector:
    """Make the collector of a scenario file."""
    return ScenarioFile.from_parent(parent, path=file_path)
