"""Stages: where scenarios are played, a fresh target for each of them."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from simulator.results.events import TargetSeen
from simulator.targets.protocol import Target


def nothing() -> None:
    """What is to be done after a scenario's target was closed; the stage closes the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A place to play scenarios; `open` makes the target of one scenario, told a run's id of its own.

    `settings`: features on or off by name; `destructive`: the run may change what it did not create.
    """

    name: str
    product: str
    release: str
    open: Callable[[str], Target]
    settings: Mapping[str, bool] = field(default_factory=dict)
    close: Callable[[], None] = nothing

    def seen(self) -> TargetSeen:
        """The target as a run's events introduce it."""
        return TargetSeen(name=self.name, product=self.product, release=self.release)


def run_ids() -> Iterator[str]:
    """Ids of up to twelve letters and digits, each new in this run and unlikely in any other."""
    run = secrets.token_hex(3)
    return (f"{run}{number:x}" for number in count(1))
