"""The syntax tree of an expression; chains are flat, so that only brackets and bodies nest."""

from dataclasses import dataclass
from typing import TypeAlias

from simulator.expressions.feel.numbers import Number
from simulator.expressions.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text, boolean, null or `@` value."""

    value: Number | str | bool | Date | Time | DateTime | DaysDuration | MonthsDuration | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A variable and the path into it: `order.customer.name`."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InputValue:
    """The `?` of a unary test."""


@dataclass(frozen=True, slots=True)
class ListLiteral:
    """`[1, 2]`."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    """`{a: 1, b: a + 1}`."""

    entries: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """`[1..3]`: a unary test, or a range as an argument."""

    start: "Node"
    end: "Node"
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Negation:
    """A unary minus."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Operators of one precedence, from left to right."""

    first: "Node"
    steps: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`=`, `!=`, `<`, `<=`, `>`, `>=`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Between:
    """`x between 1 and 3`."""

    value: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """`x instance of number`."""

    value: "Node"
    type_name: str


@dataclass(frozen=True, slots=True)
class ComparisonTest:
    """`< 5` on the input value."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True)
class ExpressionTest:
    """An expression as a test: true, equal to the input value, or a list with it."""

    expression: "Node"


@dataclass(frozen=True, slots=True)
class In:
    """`x in (< 3, [5..7])`: any of the tests."""

    value: "Node"
    tests: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """`and` or `or` over operands from left to right; `tests` where they are unary tests."""

    operator: str
    operands: tuple["Node", ...]
    tests: bool = False


@dataclass(frozen=True, slots=True)
class If:
    """Conditions with their results, and the last `else`."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Iterator:
    """`x in list` or `x in from..to`."""

    name: str
    domain: "Node"
    end: "Node | None"


@dataclass(frozen=True, slots=True)
class For:
    """`for x in list return body`."""

    iterators: tuple[Iterator, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some x in list satisfies body`, or `every`."""

    quantifier: str
    iterators: tuple[Iterator, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class FunctionDefinition:
    """`function(a, b) body`."""

    parameters: tuple[str, ...]
    body: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """`f(1)`, `m.f(1)`, or with names: `f(x: 1)`; names are empty where arguments go by position."""

    path: tuple[str, ...]
    names: tuple[str, ...]
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Step:
    """`.name`, or `[filter]`, behind a value."""

    name: str
    condition: "Node | None"


@dataclass(frozen=True, slots=True)
class Steps:
    """A value and the paths and filters behind it."""

    value: "Node"
    steps: tuple[Step, ...]


Node: TypeAlias = (
    Literal
    | Reference
    | InputValue
    | ListLiteral
    | ContextLiteral
    | Interval
    | Negation
    | Arithmetic
    | Comparison
    | Between
    | InstanceOf
    | ComparisonTest
    | ExpressionTest
    | In
    | Logic
    | If
    | For
    | Quantified
    | FunctionDefinition
    | Call
    | Steps
)
