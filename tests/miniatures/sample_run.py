"""A run against miniatures whose events are the same each time."""

import msgspec

from simulator.results.events import Event, RunEnded, RunStarted, ScenarioEnded, StepDone, TargetSeen
from simulator.scenario.finding import find_cases
from simulator.scenario.runner import Runner
from tests.miniatures.target import stage
from tests.miniatures.token_game import Fault
from tests.miniatures.writing import SCENARIOS


def sample_events() -> list[Event]:
    """The events of a run on a good engine, three bad ones, and one that is not there; without times."""
    faults = (Fault.JOINS_EARLY, Fault.BLIND, Fault.SILENT)
    stages = [stage(), *(stage(fault, name=fault.name.lower().replace("_", "-")) for fault in faults)]
    cases = find_cases([SCENARIOS])
    seen = [*(each.seen() for each in stages), TargetSeen(name="gone", problem="connection refused")]
    events: list[Event] = [
        RunStarted(
            version="0.1.0", seed=7, at="2026-01-02T03:04:05+00:00", targets=seen, scenarios=len(cases)
        )
    ]
    runner = Runner(events.append, paths=True)
    runner.run(cases, stages)
    events.append(runner.counts.ended(interrupted=False, seconds=0.0))
    return [_timeless(event) for event in events]


def _timeless(event: Event) -> Event:
    if isinstance(event, StepDone | ScenarioEnded | RunEnded):
        return msgspec.structs.replace(event, seconds=0.0)
    return event
