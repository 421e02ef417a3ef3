"""The clock of a broker: it can be pinned."""

from simulator.engine.clock import Clock


class ControlledClock:
    """The time of another clock, or, while pinned, a moment that stands still."""

    __slots__ = ("clock", "pinned")

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.pinned: int | None = None

    def now(self) -> int:
        """The time in milliseconds since 1970, UTC."""
        return self.clock.now() if self.pinned is None else self.pinned

    def advance(self, milliseconds: int) -> None:
        """Let time pass; a pinned clock is pinned later."""
        if self.pinned is None:
            self.clock.advance(milliseconds)
        else:
            self.pinned += milliseconds

    def pin(self, time: int) -> None:
        """Stand still at a moment."""
        self.pinned = time

    def reset(self) -> None:
        """Run with the other clock again."""
        self.pinned = None
