"""What a JUEL expression sees where it is evaluated: variables outwards, and the execution itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.core.java import TypedNull
from simulator.expressions.juel import UNKNOWN
from simulator.kernel.state import Execution

Beans = Mapping[str, Callable[[Any], Any]]
"""The engine's own objects by name (`execution` …): each gives itself at an execution, or UNKNOWN."""


class Names:
    """The scope of an expression at one execution."""

    __slots__ = ("beans", "execution")

    def __init__(self, execution: Execution, beans: Beans | None) -> None:
        self.execution = execution
        self.beans = beans

    def lookup(self, name: str) -> Any:
        """The engine's own object of that name, else the nearest variable, else UNKNOWN."""
        if self.beans is not None and name in self.beans:
            bean = self.beans[name](self.execution)
            if bean is not UNKNOWN:
                return bean
        value = self.execution.lookup(name, UNKNOWN)
        return None if value.__class__ is TypedNull else value

    def now(self) -> int:
        """The time of the command, in milliseconds since 1970, UTC."""
        return self.execution.root.time

    def user(self) -> str | None:
        """Nobody is logged in."""
        return None

    def groups(self) -> Sequence[str] | None:
        """Nobody is logged in."""
        return None
