"""Scenarios under pytest: the verdicts of `bpmn-tck run`, readable failures, no cost without scenarios."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.results.events import Event, ScenarioEnded
from simulator.scenario import collection
from simulator.scenario.finding import find_cases
from simulator.scenario.runner import Runner
from simulator.scenario.stages import Stage
from simulator.targets.opening import TargetOptions
from tests.miniatures.target import stage
from tests.miniatures.token_game import Fault
from tests.miniatures.writing import SCENARIOS

TARGETS = ("GOOD", "JOINS_EARLY", "BLIND", "SILENT", "ACCEPTS_ANYTHING", "LEAVES_THINGS", "WRONG_STATUS")


def open_miniature(text: str, _options: TargetOptions) -> Stage:
    """A stage by the name of a fault, or one without."""
    return stage(*[fault for fault in Fault if fault.name == text], name=text)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with the miniatures' scenarios, whose targets are miniatures."""
    shutil.copytree(SCENARIOS, pytester.path / "scenarios")
    monkeypatch.setattr(collection, "open_stage", open_miniature)
    return pytester


def verdicts_by_pytest(folder: pytest.Pytester) -> dict[str, str]:
    arguments = [f"--target={target}" for target in TARGETS]
    result = folder.inline_run(*arguments, "-p", "no:cacheprovider")
    verdicts: dict[str, str] = {}
    for report in result.getreports("pytest_runtest_logreport"):
        assert isinstance(report, pytest.TestReport)
        if report.when == "call":
            told = str(report.longrepr)
            verdicts[report.nodeid] = told.split(" ")[0] if report.failed else report.outcome
    return verdicts


def verdicts_by_runner() -> dict[str, str]:
    events: list[Event] = []
    stages = [open_miniature(name, TargetOptions()) for name in TARGETS]
    Runner(events.append).run(find_cases([Path("scenarios")]), stages)
    verdicts: dict[str, str] = {}
    for event in events:
        if isinstance(event, ScenarioEnded):
            name, has_row, row = event.scenario.partition("::")
            file = f"{name}.scenario.yaml" if name != "scenarios/order" else f"{name}/scenario.yaml"
            verdicts[f"{file}::[{row + '-' if has_row else ''}{event.target}]"] = event.verdict
    return verdicts


def test_the_verdicts_are_those_of_the_run_command(folder: pytest.Pytester) -> None:
    by_runner = verdicts_by_runner()

    by_pytest = verdicts_by_pytest(folder)

    assert len(by_pytest) == 5 * len(TARGETS)
    assert set(by_pytest.values()) == {"passed", "failed", "errored", "skipped"}
    assert by_pytest == by_runner


def test_a_failure_shows_file_line_expected_and_came_and_a_skip_its_reason(folder: pytest.Pytester) -> None:
    result = folder.runpytest_inprocess(
        "--target=JOINS_EARLY", "--target=BLIND", "-rs", "-p", "no:cacheprovider", "scenarios/order"
    )

    result.assert_outcomes(failed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "failed on JOINS_EARLY: A parallel join waits for both branches",
            "scenarios/order/scenario.yaml:10: step 4, expect order",
            "  scenarios/order/scenario.yaml:13: /order/passed",
            '    expected: ?"placed", "split", "check"?',
            '    came:     ?"placed", "split", "check", "join", "sent"?',
            "SKIPPED*no-read-endpoints: this release has no read and search endpoints",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_scenario_that_cannot_be_read_is_an_error_of_collection(folder: pytest.Pytester) -> None:
    (folder.path / "bad.scenario.yaml").write_text("scenario: S\nsteps:\n  - stat: x\n", encoding="utf-8")

    result = folder.runpytest_inprocess("bad.scenario.yaml", "-p", "no:cacheprovider")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*bad.scenario.yaml:3: expected a step that begins with one of *came stat"])


def test_the_plugin_imports_nothing_of_the_harness_until_it_collects_a_scenario() -> None:
    code = (
        "import sys, simulator.pytest_plugin\n"
        "print(sorted(name for name in sys.modules if name.startswith(('simulator', 'lxml', 'httpx', 'yaml'))))\n"
        "import simulator.scenario.collection\n"
        "print([name for name in ('hypothesis', 'schemathesis') if name in sys.modules])\n"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert told.splitlines() == ["['simulator', 'simulator.pytest_plugin']", "[]"]
