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
from simulator.targets.engines.running import STATE, runs_folder
from tests.targets.engines.machine import recorded


def test_the_record_of_a_process_that_ended_is_dropped(tools: Path) -> None:
    engine = start_engine("camunda7")
    os.kill(engine.pid, signal.SIGKILL)
    while engine.alive:
        time.sleep(0.01)

    assert running_engines() == []
    assert not (engine.folder / STATE).exists()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"name": "camunda7"', '{"pid": -1}'])
def test_a_record_that_is_none_is_dropped(content: str) -> None:
    folder = runs_folder() / "camunda7-18151"
    folder.mkdir(parents=True)
    (folder / STATE).write_text(content, encoding="utf-8")

    assert running_engines() == []
    assert not (folder / STATE).exists()


def test_an_engine_is_found_again_by_what_was_recorded(bystander: int) -> None:
    engine = recorded(bystander, born=processes.birth(bystander) or "")

    assert running_engines() == [engine]
