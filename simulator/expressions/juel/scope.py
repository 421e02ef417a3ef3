"""What an expression asks of the place it stands in: names, the clock, the user."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from simulator.expressions.juel.java_class import JavaClass


class Unknown:
    """The answer for a name that nobody knows; its only instance is UNKNOWN."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class Scope(Protocol):
    """Where an expression is evaluated.

    `lookup` answers UNKNOWN for an unknown name, None for a known null, else the value as a variable
    stores it (core.java, core.typed_values) or a Bean. The caller puts `execution`, `task`,
    `caseExecution` and `authenticatedUserId` before the variables.
    """

    def lookup(self, name: str) -> Any:
        """Find a variable or a bean."""

    def now(self) -> int:
        """Read the clock: milliseconds since 1970 in UTC."""

    def user(self) -> str | None:
        """Name the authenticated user."""

    def groups(self) -> Sequence[str] | None:
        """Name the authenticated user's groups."""


class Bean(Protocol):
    """An engine object that expressions may use.

    `java_bean` says which getters and methods it has, `java_class` is that class's name.
    """

    java_bean: JavaClass
    java_class: str


class Variables:
    """A scope over a plain mapping, without a user; the clock stands still."""

    __slots__ = ("_milliseconds", "_values")

    def __init__(self, values: Mapping[str, Any], milliseconds: int = 0) -> None:
        self._values = values
        self._milliseconds = milliseconds

    def lookup(self, name: str) -> Any:
        """Find a value in the mapping."""
        return self._values.get(name, UNKNOWN)

    def now(self) -> int:
        """Answer the moment given."""
        return self._milliseconds

    def user(self) -> str | None:
        """Nobody is authenticated."""
        return None

    def groups(self) -> Sequence[str] | None:
        """Nobody is authenticated."""
        return None
