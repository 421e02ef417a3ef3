"""Writes scenarios for tests and runs them on miniatures."""

from pathlib import Path
from textwrap import dedent

from simulator.results.events import Event, ScenarioEnded, StepDone
from simulator.scenario.case import Case
from simulator.scenario.reading import read_cases
from simulator.scenario.runner import Runner
from simulator.scenario.stages import Stage

SCENARIOS = Path(__file__).parent / "scenarios"
MODEL = SCENARIOS / "order" / "order.bpmn"


def write(folder: Path, text: str) -> Path:
    """Write a scenario, beside the model `order.bpmn`."""
    (folder / "order.bpmn").write_bytes(MODEL.read_bytes())
    file = folder / "scenario.yaml"
    file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return file


def cases(folder: Path, text: str) -> list[Case]:
    """Read the cases of a scenario that is written first."""
    return read_cases(write(folder, text), "case")


def run(
    case: Case, stage: Stage, *, paths: bool = False
) -> tuple[ScenarioEnded, list[StepDone], list[Event]]:
    """Run one case: its verdict, its steps, all events."""
    events: list[Event] = []
    ended = Runner(events.append, paths).run_case(case, stage)
    return ended, [event for event in events if isinstance(event, StepDone)], events
