"""What an evaluation sees: variables, the input value of a test, the clock; and what it reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from simulator.expressions.feel.failures import EvaluatorThrew, Warning
from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.temporal import SECOND, Date, DateTime, Zone
from simulator.expressions.feel.values import MISSING, Lookup, Value, from_json


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The clock (an aware date-time) and the source of random numbers that functions may ask."""

    now: Callable[[], datetime]
    random: Random


class Run:
    """One evaluation: its warnings, and the first failure that goes on with null to the end."""

    __slots__ = ("failure", "held", "release", "surroundings", "warnings")

    def __init__(self, release: FeelRelease, surroundings: Surroundings | None) -> None:
        self.release = release
        self.surroundings = surroundings
        self.warnings: list[Warning] = []
        self.failure: tuple[str, str] | None = None
        self.held: dict[int, tuple[Value, Value]] | None = None

    def warn(self, kind: str, text: str) -> None:
        """Report a warning; the value is null."""
        self.warnings.append(Warning(kind, text))

    def fail(self, words: str, text: str) -> None:
        """End in a failure after the rest has been evaluated; the first one counts."""
        if self.failure is None:
            self.failure = (words, text)

    def convert(self, value: Value) -> Value:
        """A variable's list, context or double as FEEL value, once per evaluation."""
        if self.held is None:
            self.held = {}
        held = self.held.get(id(value))
        if held is None:
            held = self.held[id(value)] = (value, from_json(value))
        return held[1]

    def asked(self) -> Surroundings:
        """The clock and the random source, which the caller must then have given."""
        if self.surroundings is None:
            raise EvaluatorThrew("java.lang.IllegalStateException: no clock was given to this evaluation")
        return self.surroundings

    def now(self) -> DateTime:
        """The clock's date-time, in its zone."""
        moment = self.asked().now()
        offset = moment.utcoffset() or timedelta()
        zone = Zone(int(offset.total_seconds()), str(getattr(moment.tzinfo, "key", "")))
        seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
        day: date = moment.date()
        return DateTime(
            Date(day.year, day.month, day.day), seconds * SECOND + moment.microsecond * 1000, zone
        )


class Scope:
    """The variables at one place of an expression; the outermost scope asks the caller's lookup."""

    __slots__ = ("input", "lookup", "names", "outer", "run")

    def __init__(
        self,
        lookup: Lookup,
        run: Run,
        value: Value = MISSING,
        outer: "Scope | None" = None,
        names: Mapping[str, Value] | None = None,
    ) -> None:
        self.lookup = lookup
        self.run = run
        self.input = value
        self.outer = outer
        self.names = names

    def with_names(self, names: Mapping[str, Value]) -> "Scope":
        """The scope of a body, whose names hide the outer ones; it sees later changes of the mapping."""
        outer = self.lookup

        def lookup(name: str) -> Value:
            value = names.get(name, MISSING)
            return outer(name) if value is MISSING else value

        return Scope(lookup, self.run, self.input, self, names)

    def with_partial(self, names: Mapping[str, Value], results: list[Value]) -> "Scope":
        """The scope of a loop's body, where `partial` is the list so far."""
        outer = self.lookup

        def lookup(name: str) -> Value:
            value = names.get(name, MISSING)
            if value is not MISSING:
                return value
            return list(results) if name == "partial" else outer(name)

        return Scope(lookup, self.run, self.input, self, names)

    def with_input(self, value: Value) -> "Scope":
        """The scope of unary tests."""
        return Scope(self.lookup, self.run, value, self)

    def frozen(self) -> "Scope":
        """The scope of a function, which does not see what is named after it."""
        layers: list[Mapping[str, Value]] = []
        scope = self
        while scope.outer is not None:
            layers.append(scope.names or {})
            scope = scope.outer
        known: dict[str, Value] = {}
        for layer in reversed(layers):
            known.update(layer)
        return scope.with_names(known)

    def local(self, name: str) -> Value:
        """What the expression itself calls so, or `MISSING`; the caller's variables are not asked."""
        scope: Scope | None = self
        while scope is not None:
            if scope.names is not None and name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return MISSING


Evaluator = Callable[[Scope], Value]
"""A compiled expression, or a part of one."""
