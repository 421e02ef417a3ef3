"""The verdicts of a run, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.results.events import VERDICTS, Event, RunEnded, ScenarioEnded, Verdict


@dataclass(slots=True)
class Counts:
    """Verdicts and skip reasons per target, as they come in."""

    verdicts: dict[str, Counter[Verdict]] = field(default_factory=dict)
    skips: dict[str, Counter[str]] = field(default_factory=dict)

    def open(self, target: str) -> None:
        """Count a target from here on, even if nothing ever runs on it."""
        self.verdicts.setdefault(target, Counter())
        self.skips.setdefault(target, Counter())

    def add(self, ended: ScenarioEnded) -> None:
        """Count one verdict."""
        self.open(ended.target)
        self.verdicts[ended.target][ended.verdict] += 1
        if ended.reason is not None:
            self.skips[ended.target][ended.reason] += 1

    def total(self, verdict: Verdict) -> int:
        """How many scenarios, over all targets, ended so."""
        return sum(counted[verdict] for counted in self.verdicts.values())

    def ended(self, *, interrupted: bool, seconds: float) -> RunEnded:
        """Close the counts as the event that ends a run."""
        return RunEnded(
            verdicts={
                name: {verdict: counted[verdict] for verdict in VERDICTS}
                for name, counted in self.verdicts.items()
            },
            skips={name: dict(sorted(counted.items())) for name, counted in self.skips.items()},
            interrupted=interrupted,
            seconds=seconds,
        )


def count(events: Iterable[Event]) -> Counts:
    """Count the verdicts of a finished stream."""
    counts = Counts()
    for event in events:
        if isinstance(event, ScenarioEnded):
            counts.add(event)
    return counts
