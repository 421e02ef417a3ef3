import os
import signal
import time
from pathlib import Path

import pytest

from simulator.targets.engines import (
    processes,
    running_engines,
    start_engine,
)
from tests.targets.engines.machine import recorded, status


def test_stop_ends_the_process_and_only_it(tools: Path) -> None:
    first, second = start_engine("camunda7"), start_engine("camunda7")

    stopped = first.stop()

    assert stopped
    assert not first.alive
    assert status(second, "/engine-rest/version") == 200
    assert running_engines() == [second]
    assert first.log.is_file()


def test_stopping_twice_stops_once(tools: Path) -> None:
    engine = start_engine("camunda7")

    assert [engine.stop(), engine.stop()] == [True, False]


def test_a_process_that_does_not_listen_is_killed(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "deaf")
    monkeypatch.setattr(processes, "GRACE", 0.3)
    engine = start_engine("camunda7")

    stopped = engine.stop()

    assert stopped
    assert not engine.alive


def test_a_process_with_the_number_of_an_engine_that_ended_is_left_alone(bystander: int) -> None:
    engine = recorded(bystander, born="another beginning")

    assert running_engines() == []
    assert not engine.stop()
    assert processes.birth(bystander) is not None


def test_a_process_is_recognised_without_proc_too(bystander: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)

    seen_first, seen_again = processes.look_with_ps(bystander), processes.look_with_ps(bystander)
    os.kill(bystander, signal.SIGKILL)
    while processes.birth(bystander) is not None:
        time.sleep(0.01)
    seen_last = processes.look_with_ps(bystander)

    assert seen_first is not None
    assert seen_first == seen_again
    assert not seen_first.ended
    assert seen_last is None or seen_last.ended


def test_no_ended_child_is_left_behind(tools: Path) -> None:
    engine = start_engine("camunda7")

    engine.stop()

    assert processes.look_at(engine.pid) is None
