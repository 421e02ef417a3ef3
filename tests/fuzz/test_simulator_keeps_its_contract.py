"""A small run on the built-in simulator, as every change has it; the large ones are run by hand."""

from pathlib import Path

import pytest

from simulator.fuzz.course import Limits
from simulator.fuzz.running import Plan
from simulator.fuzz.session import Session
from simulator.results.events import Event, StepDone
from simulator.targets.opening import TargetOptions

SEED = 20
EXAMPLES = 400


@pytest.mark.parametrize("target", ["simulator:camunda7", "simulator:camunda8"])
def test_nothing_is_found_on_the_simulator(target: str, tmp_path: Path) -> None:
    events: list[Event] = []
    session = Session(Plan(seed=SEED, examples=EXAMPLES, folder=tmp_path), events.append)
    session.add(target, TargetOptions(), (), Limits())

    session.run("test")
    session.close()

    assert [event.text for event in events if isinstance(event, StepDone)] == []
    assert session.problems == []
    assert all(course.sent >= EXAMPLES * 0.9 for course in (place.course for place in session.places))
