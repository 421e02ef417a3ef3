"""`bpmn-tck run` and `bpmn-tck report`: what they print, write and exit with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import report as report_module
from simulator.cli import run as run_module
from simulator.core.errors import UserError
from simulator.report.format_types import report_formats
from simulator.scenario import session
from simulator.scenario.stages import Stage
from simulator.targets.opening import TargetOptions
from simulator.targets.protocol import Target, Unusable
from tests.miniatures.target import Miniature, stage
from tests.miniatures.token_game import Fault
from tests.miniatures.writing import SCENARIOS

Call = Callable[..., Result]


def open_miniature(text: str, options: TargetOptions) -> Stage:
    """`good`, `gone`, `interrupted`, or the name of a fault; `options` are told in the release."""
    if text == "gone":
        raise Unusable("connection refused", url="http://127.0.0.1:1")
    if text == "interrupted":
        return Stage(name=text, product="camunda7", release="7.24.0", open=interrupt)
    if text == "options":
        told = f"7.24.0 {options.access.headers} {options.access.user} {options.destructive}"
        return stage(name=text, release=told)
    faults = [fault for fault in Fault if fault.name == text]
    return stage(*faults, name=text)


def interrupt(_run: str) -> Target:
    """Open a target at whose first start the user presses Ctrl-C."""
    target = Miniature()

    def start(_start: object) -> str:
        raise KeyboardInterrupt

    target.start = start  # type: ignore[method-assign, assignment]  # one method is replaced
    return target


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run the command on miniatures."""
    monkeypatch.setattr(session, "open_stage", open_miniature)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(
            run_module.command, [str(SCENARIOS), *map(str, arguments)], standalone_mode=False
        )

    return invoke


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        (["good"], 0),
        (["good", "BLIND"], 0),
        (["good", "JOINS_EARLY"], 1),
        (["SILENT"], 3),
        (["JOINS_EARLY", "gone"], 3),
        (["LEAVES_THINGS"], 3),
        (["interrupted"], 130),
    ],
)
def test_the_exit_code_tells_how_it_went(call: Call, targets: list[str], code: int) -> None:
    result = call(*(f"--target={target}" for target in targets))

    assert result.return_value == code


def test_the_closing_lines_count_per_target_and_skip_reason_and_tell_the_seed(call: Call) -> None:
    result = call("--target=good", "--target=BLIND", "--target=gone", "--seed=42")

    *_, unreached, good, blind, skipped, done = result.stdout.splitlines()
    assert unreached == "gone: not reached: http://127.0.0.1:1: connection refused"
    assert good == "good: 5 passed, 0 failed, 0 errored, 0 skipped"
    assert blind == "BLIND: 4 passed, 0 failed, 0 errored, 1 skipped"
    assert skipped == "  skipped 1: no-read-endpoints"
    assert done.startswith("done in ")
    assert done.endswith(" s, seed 42")


def test_a_failure_is_printed_with_file_line_expected_and_came(call: Call) -> None:
    result = call("--target=IGNORES_VARIABLES", "-k", "parallel")

    assert "failed   IGNORES_VARIABLES  tests/miniatures/scenarios/order" in result.stdout
    assert "      tests/miniatures/scenarios/order/scenario.yaml:8: /order/variables/amount" in result.stdout
    assert "        expected: 1200\n        came:     nothing" in result.stdout


def test_an_interrupted_run_writes_its_reports_and_counts(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "run.json"

    result = call("--target=good", "--target=interrupted", f"--report=json={file}")

    assert result.return_value == 130
    assert "interrupted after" in result.stdout
    assert [each["verdict"] for each in json.loads(file.read_text())["scenarios"]] == ["passed", None]


def test_a_report_on_the_standard_output_moves_the_counts_to_stderr(call: Call) -> None:
    result = call("--target=good", "--json")

    assert json.loads(result.stdout)["result"]["verdicts"]["good"]["passed"] == 5
    assert "good: 5 passed, 0 failed, 0 errored, 0 skipped" in result.stderr


def test_fail_fast_ends_with_the_first_failure(call: Call) -> None:
    result = call("--target=JOINS_EARLY", "--target=good", "--fail-fast")

    assert "JOINS_EARLY: 0 passed, 1 failed" in result.stdout
    assert "good: 0 passed, 0 failed" in result.stdout


def test_the_list_runs_nothing(call: Call) -> None:
    listed = call("--list", "-k", "key", "--target=gone")
    as_json = call("--list", "--json", "-k", "unknown key")

    assert listed.return_value == 0
    assert listed.stdout.splitlines()[-1] == "3 scenarios"
    assert json.loads(as_json.stdout) == [
        {
            "scenario": "tests/miniatures/scenarios/start::unknown key",
            "title": "Start by key",
            "row": "unknown key",
            "clause": "rest/startProcessInstanceByKey",
            "file": "tests/miniatures/scenarios/start.scenario.yaml",
            "line": 26,
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-k", "no such thing"], "expected scenarios that contain 'no such thing', came none"),
        (["--report=pdf"], "expected a report format"),
        (["--header=x"], "expected a header as NAME:VALUE, came 'x'"),
        (["--user=x"], "expected a user as name:password"),
        (["no/such/path"], "no/such/path: expected a scenario or a folder of scenarios"),
    ],
)
def test_wrong_use_is_said_in_one_line(call: Call, arguments: list[str], message: str) -> None:
    result = call("--target=good", *arguments)

    assert isinstance(result.exception, UserError)
    assert message in str(result.exception)


def test_access_options_reach_the_target(call: Call) -> None:
    result = call("--target=options", "--user=a:b", "--header=X-A: 1", "--destructive", "-k", "parallel")

    assert "target options: camunda7 7.24.0 {'X-A': '1'} a:b True" in result.stdout


@pytest.mark.parametrize("name", report_formats())
def test_a_report_after_the_fact_is_the_report_of_the_run(call: Call, tmp_path: Path, name: str) -> None:
    stream, direct, later = (tmp_path / part for part in ("run.ndjson", "direct", "later"))
    call("--target=JOINS_EARLY", f"--report=ndjson={stream}", f"--report={name}={direct}")

    result = CliRunner().invoke(
        report_module.command, [str(stream), "--format", name, "-o", str(later)], standalone_mode=False
    )

    assert result.return_value == 0
    assert later.read_text() == direct.read_text()


def test_a_stream_that_was_cut_off_is_refused(call: Call, tmp_path: Path) -> None:
    stream = tmp_path / "run.ndjson"
    call("--target=good", f"--report=ndjson={stream}")
    stream.write_text("".join(stream.read_text().splitlines(keepends=True)[:-1]))

    result = CliRunner().invoke(report_module.command, [str(stream), "-f", "json"], standalone_mode=False)

    assert "expected a stream that ends with run-ended, came one cut off" in str(result.exception)
