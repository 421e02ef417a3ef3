"""Where an engine's time comes from."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time in milliseconds since 1970, UTC."""

    def now(self) -> int:
        """The time."""

    def advance(self, milliseconds: int) -> None:
        """Let time pass, where this clock can."""


class RealClock:
    """The machine's time, moved forward by what was asked for."""

    __slots__ = ("offset",)

    def __init__(self) -> None:
        self.offset = 0

    def now(self) -> int:
        """The machine's time plus what was advanced."""
        return int(time.time() * 1000) + self.offset

    def advance(self, milliseconds: int) -> None:
        """Move forward."""
        self.offset += milliseconds


class VirtualClock:
    """A time that stands still until it is moved."""

    __slots__ = ("time",)

    def __init__(self, start: int) -> None:
        self.time = start

    def now(self) -> int:
        """Where it was moved to."""
        return self.time

    def advance(self, milliseconds: int) -> None:
        """Move forward."""
        self.time += milliseconds
