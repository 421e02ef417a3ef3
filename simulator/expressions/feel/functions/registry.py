"""How a built-in function is declared: its name, parameters with the kinds they accept, and its body."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from inspect import signature
from typing import TypeAlias, TypeVar

from simulator.expressions.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from simulator.expressions.feel.values import Function, Range, Value

Body: TypeAlias = Callable[..., Value]
B = TypeVar("B", bound=Body)

KINDS: dict[str, frozenset[type]] = {
    "null": frozenset({type(None)}),
    "boolean": frozenset({bool}),
    "number": frozenset({int, Decimal}),
    "text": frozenset({str}),
    "list": frozenset({list}),
    "context": frozenset({dict}),
    "date": frozenset({Date}),
    "time": frozenset({Time}),
    "date-time": frozenset({DateTime}),
    "days": frozenset({DaysDuration}),
    "months": frozenset({MonthsDuration}),
    "function": frozenset({Function}),
    "point": frozenset({int, Decimal, Date, Time, DateTime, DaysDuration, MonthsDuration}),
    "range": frozenset({Range}),
    "any": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Builtin:
    """One way to call a built-in function."""

    parameters: tuple[str, ...]
    kinds: tuple[frozenset[type], ...]
    body: Body
    takes_run: bool
    """Whether the body wants the evaluation (release, clock, warnings) as its first argument."""
    rest: str
    """`list` where arguments become one list unless a list is given, `items` where they always do."""

    def fits(self, names: Sequence[str], count: int) -> bool:
        """Whether it can be called with these names, or as many arguments by position."""
        if names:
            return set(names) <= set(self.parameters)
        return count >= len(self.parameters) if self.rest else count == len(self.parameters)

    def gathered(self, values: list[Value]) -> list[Value]:
        """The arguments with the last ones made one list, where the function takes any number."""
        if not self.rest or (self.rest == "list" and len(values) == 1 and type(values[0]) is list):
            return values
        fixed = len(self.parameters) - 1
        return [*values[:fixed], values[fixed:]]

    def accepts(self, values: list[Value]) -> bool:
        """Whether each argument is of a kind its parameter takes."""
        pairs = zip(values, self.kinds, strict=True)
        return all(not kinds or type(value) in kinds for value, kinds in pairs)


FUNCTIONS: dict[str, list[Builtin]] = {}


def _kinds(text: str) -> frozenset[type]:
    names = text.split("|")
    return frozenset() if "any" in names else frozenset().union(*(KINDS[name] for name in names))


def builtin(name: str, *parameters: str, optional: int = 0, rest: str = "") -> Callable[[B], B]:
    """Declare a built-in function; a parameter is written `start position:number|null`.

    The last `optional` parameters may be left out; `rest` is as in `Builtin`.
    """
    pairs = [parameter.rsplit(":", 1) for parameter in parameters]

    def declare(body: B) -> B:
        takes_run = next(iter(signature(body).parameters), "") == "run"
        for count in range(len(pairs) - optional, len(pairs) + 1):
            names = tuple(pair[0] for pair in pairs[:count])
            kinds = tuple(_kinds(pair[1]) for pair in pairs[:count])
            FUNCTIONS.setdefault(name, []).append(Builtin(names, kinds, body, takes_run, rest))
        return body

    return declare
