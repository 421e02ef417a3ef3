"""How a target's time moves."""

import time
from collections.abc import Callable
from typing import Protocol

from simulator.targets.protocol import NotObservable
from simulator.targets.rest import Rest

CLOCK_ADVANCE = "/clock/advance"
"""Where the simulator's server takes `{"seconds": number}` by POST, outside of both REST roots."""

Sleep = Callable[[float], None]


class Clock(Protocol):
    """Lets time pass on a target."""

    def advance(self, seconds: float) -> None:
        """Let time pass and everything then due happen; 0 lets happen what is due now."""

    def close(self) -> None:
        """Leave the target's time as it was found; it can go on from there."""


class SimulatorClock:
    """The built-in simulator's clock, by a request of its own."""

    def __init__(self, root: Rest) -> None:
        self._root = root

    def advance(self, seconds: float) -> None:
        """Move the clock; the simulator's job executor works off what is due before it answers."""
        self._root.post("advanceClock", CLOCK_ADVANCE, {"seconds": seconds})

    def close(self) -> None:
        """Leave it; the simulator ends with its target."""


class PinnedClock:
    """The clock of Camunda 8 (8.6 and later, started with the controlled clock), moved by pinning it anew.

    A pinned clock stands still, and timers fire by a periodic check, so after each move the engine is given
    `patience` seconds. Where `may_move` is false every move is refused: others' timers would fire too.
    """

    def __init__(
        self,
        rest: Rest,
        *,
        may_move: bool,
        patience: float,
        sleep: Sleep = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._rest = rest
        self._may_move = may_move
        self._patience = patience
        self._sleep = sleep
        self._now = now
        self._pinned: float | None = None

    def advance(self, seconds: float) -> None:
        """Pin the clock later by `seconds` (0 moves nothing); raises NotObservable where it may not be."""
        if seconds == 0:
            return
        if not self._may_move:
            raise NotObservable("destructive", "moving the clock of an engine that the run did not start")
        later = (self._now() if self._pinned is None else self._pinned) + seconds
        self._rest.with_body("pinClock", "PUT", "/clock", {"timestamp": round(later * 1000)})
        self._pinned = later
        self._sleep(self._patience)

    def close(self) -> None:
        """Let the clock run again."""
        if self._pinned is not None:
            self._rest.post("resetClock", "/clock/reset", {})
            self._pinned = None
