"""`bpmn-tck fuzz`: what it prints, what it ends with, and the line that repeats a finding."""

import json
import re
import shlex
from pathlib import Path

import pytest

from simulator import cli
from simulator.fuzz import course as course_module
from simulator.fuzz.answering import Answer
from simulator.fuzz.example import Example
from simulator.fuzz.worlds.world import World
from simulator.targets.protocol import RawRequest

TARGET = "simulator:camunda7"
MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <process id="mine"><startEvent id="a"/></process>
</definitions>"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wrong_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tasks that are answered with status 200 lack their ids."""
    real = World.send

    def send(world: World, request: RawRequest) -> Answer:
        answer = real(world, request)
        if not re.fullmatch(r"/task/[^/?]+(\?.*)?", request.path) or answer.status != 200:
            return answer
        body = {name: value for name, value in json.loads(answer.content).items() if name != "id"}
        return Answer(status=200, headers=answer.headers, content=json.dumps(body).encode())

    monkeypatch.setattr(World, "send", send)


def fuzz(*arguments: str) -> int:
    return cli.main(["fuzz", *arguments])


def test_a_model_that_the_target_refuses_is_wrong_use_told_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.bpmn").write_text("<a><b></a>", encoding="utf-8")

    code = fuzz("-t", TARGET, "broken.bpmn")

    told = capsys.readouterr().err
    assert code == 2
    assert told.startswith(
        f"Error: expected models that {TARGET} deploys, came: createDeployment was refused"
    )
    assert "broken.bpmn" in told
    assert len(told.splitlines()) == 1


def test_nothing_found_ends_with_0_and_says_how_much_was_sent(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = fuzz("-t", TARGET, "--seed", "1", "--examples", "30", "--operation", "getTask", "--kind", "rest")

    printed = capsys.readouterr()
    assert code == 0
    assert "passed   simulator:camunda7  fuzz/rest/task  1" in printed.out
    assert "seed 1" in printed.out
    assert "30 requests, 0 findings" in printed.err
    assert not (folder / "reports").exists()


def test_a_finding_ends_with_1_and_one_line_that_repeats_it(
    folder: Path, wrong_tasks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = fuzz("-t", TARGET, "--seed", "1", "--examples", "30", "--operation", "getTask")

    out = capsys.readouterr().out
    (line,) = [line.strip() for line in out.splitlines() if "bpmn-tck fuzz --target" in line]
    assert code == 1
    assert "getTask: body, status 200, body /id: expected a property 'id'" in out
    assert cli.main(shlex.split(line)[1:]) == 1
    assert "getTask: body, status 200, body /id" in capsys.readouterr().out


def test_a_line_that_repeats_ends_with_0_once_the_target_is_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = {
        "target": TARGET,
        "operation": "getTask",
        "check": "body",
        "place": "status 200, body /id",
        "expected": "a property 'id'",
        "came": "none",
        "steps": [{"operation": "getTask", "path": {"id": "{{task.0}}"}}],
    }
    (folder / "kept.json").write_text(json.dumps(kept))

    code = fuzz("-t", TARGET, "--example", "kept.json")

    assert code == 0
    assert capsys.readouterr().out == f"{TARGET}: nothing found\n"


def test_reports_are_those_of_every_run(
    folder: Path, wrong_tasks: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = fuzz(
        "-t",
        TARGET,
        "--seed",
        "1",
        "--examples",
        "20",
        "--operation",
        "getTask",
        "--json",
        "--report",
        "junit=run.xml",
        "--report",
        "ndjson=run.ndjson",
    )

    run = json.loads(capsys.readouterr().out)
    events = [json.loads(line)["event"] for line in (folder / "run.ndjson").read_text().splitlines()]
    assert code == 1
    assert "fuzz/rest/task/getTask" in json.dumps(run)
    assert events == ["run-started", "scenario-started", "step-done", "scenario-ended", "run-ended"]
    assert 'failures="1"' in (folder / "run.xml").read_text()


def test_the_checks_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz("--list-checks", "--json") == 0

    listed = [check["check"] for check in json.loads(capsys.readouterr().out)]
    assert listed == ["body", "documented-status", "media-type", "raised", "server-failure", "silent"]


def test_a_users_model_is_deployed_beside_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine.bpmn").write_text(MODEL)

    code = fuzz("mine.bpmn", "-t", TARGET, "--seed", "1", "--examples", "10", "--operation", "getDeployment")

    assert code == 0, capsys.readouterr()


def test_an_unknown_operation_or_target_is_wrong_use(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuzz("-t", TARGET, "--operation", "getTusk") == 2
    assert "expected an operation of the contract, came 'getTusk'" in capsys.readouterr().err
    assert fuzz("-t", "nowhere") == 2
    assert fuzz("--kind", "nothing") == 2
    assert fuzz("-t", TARGET, "--example", "missing.json") == 2


def test_a_target_that_is_not_there_ends_with_3(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = fuzz("-t", "camunda7:http://127.0.0.1:9/engine-rest", "--operation", "getTask")

    assert code == 3
    assert "no connection" in capsys.readouterr().err


def test_an_interruption_ends_with_130_and_with_what_was_found(
    folder: Path, wrong_tasks: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real, sent = course_module.Course.perform, []

    def perform(course: course_module.Course, example: Example) -> Answer | None:
        sent.append(example)
        if len(sent) > 25:
            raise KeyboardInterrupt
        return real(course, example)

    monkeypatch.setattr(course_module.Course, "perform", perform)

    code = fuzz("-t", TARGET, "--seed", "1", "--examples", "100", "--operation", "getTask")

    printed = capsys.readouterr()
    assert code == 130
    assert "failed   simulator:camunda7  fuzz/rest/task/getTask" in printed.out
    assert "--example reports/fuzz/simulator-camunda7/getTask-body-" in printed.out
    assert "interrupted" in printed.out


def test_the_time_ends_a_run_that_is_not_over(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = fuzz("-t", TARGET, "--seed", "1", "--examples", "100000", "--bulk", "--time", "0.3")

    assert code in (0, 1)
    assert "The time was over" in capsys.readouterr().err
