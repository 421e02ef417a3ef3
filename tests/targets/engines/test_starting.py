import json
from pathlib import Path

import pytest

from simulator.targets.engines import (
    EngineUseError,
    RunningEngine,
    StartError,
    processes,
    running_engines,
    start,
    start_engine,
)
from simulator.targets.engines.running import STATE
from tests.targets.engines.machine import seen, status


@pytest.mark.parametrize("name", ["camunda7", "camunda7:7.9", "operaton"])
def test_start_waits_for_the_probe(machine: Path, tools: Path, name: str) -> None:
    told: list[str] = []

    engine = start_engine(name, tell=told.append)

    assert status(engine, "/engine-rest/engine") == 200
    assert engine.url == f"http://127.0.0.1:{engine.port}/engine-rest"
    assert [sentence.partition(" ")[0] for sentence in told] == ["fetching", "starting"]
    assert running_engines() == [engine]
    assert engine.log.is_relative_to(machine / "cache" / "engines")


def test_camunda_8_is_ready_when_there_is_a_leader(tools: Path) -> None:
    engine = start_engine("camunda8:8.6")

    environment = seen(engine)["environment"]
    assert isinstance(environment, dict)
    ports = {
        value for name, value in environment.items() if name.startswith(("SERVER_", "MANAGEMENT_", "ZEEBE_"))
    }
    assert len([port for port in ports if port.isdigit()]) == 5
    assert environment["ZEEBE_BROKER_DATA_DIRECTORY"] == str(engine.folder / "data")
    assert engine.url == f"http://127.0.0.1:{engine.port}/v2"


@pytest.mark.parametrize(("asked", "setting"), [(None, "false"), (False, "false"), (True, "true")])
def test_the_job_executor_is_off_unless_asked_for(tools: Path, asked: bool | None, setting: str) -> None:
    engine = start_engine("operaton", job_executor=asked)

    arguments = seen(engine)["arguments"]
    assert isinstance(arguments, list)
    assert f"--operaton.bpm.job-execution.enabled={setting}" in arguments


def test_camunda_8_has_no_job_executor_to_switch(tools: Path) -> None:
    with pytest.raises(EngineUseError, match="no job executor"):
        start_engine("camunda8:8.6", job_executor=True)


def test_an_unknown_engine_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        EngineUseError, match=r"no engine 'camunda9'; there are: camunda7, camunda7:7\.9, operaton"
    ):
        start_engine("camunda9")


def test_a_port_that_is_taken_is_refused(tools: Path) -> None:
    engine = start_engine("camunda7")

    with pytest.raises(EngineUseError, match=f"port {engine.port}"):
        start_engine("operaton", engine.port)
    assert engine.alive


def test_an_engine_that_ends_while_starting_shows_its_log(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "ends")

    with pytest.raises(StartError, match="it ended") as failed:
        start_engine("camunda7")

    assert failed.value.last_lines == ("the engine begins", "the engine cannot go on")
    assert running_engines() == []


def test_an_engine_that_does_not_answer_in_time_is_ended(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "silent")
    silence = r"no answer to GET http://127\.0\.0\.1:\d+/engine-rest/version in 1 s"

    with pytest.raises(StartError, match=silence) as failed:
        start_engine("camunda7", patience=1)

    pid = json.loads((failed.value.log.parent / "seen.json").read_text(encoding="utf-8"))["pid"]
    assert processes.look_at(pid) is None


def test_an_interrupted_start_leaves_no_process(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[RunningEngine] = []

    def interrupted(engine: RunningEngine, _recipe: object) -> bool:
        begun.append(engine)
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "answers", interrupted)

    with pytest.raises(KeyboardInterrupt):
        start_engine("camunda7")

    assert not begun[0].alive
    assert not (begun[0].folder / STATE).exists()
