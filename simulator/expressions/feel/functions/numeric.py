"""Functions on numbers."""

import math
from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
)

from simulator.expressions.feel import numbers
from simulator.expressions.feel.failures import EvaluatorThrew
from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.numbers import Number, from_double, is_whole, rounded, truncate
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.temporal import DaysDuration, MonthsDuration
from simulator.expressions.feel.values import Value


def _rounding(mode: str) -> Callable[..., Number]:
    def to_scale(value: Number, scale: Number = 0) -> Number:
        return rounded(value, truncate(scale), mode)

    return to_scale


builtin("decimal", "n:number", "scale:number")(_rounding(ROUND_HALF_EVEN))
builtin("floor", "n:number", "scale:number", optional=1)(_rounding(ROUND_FLOOR))
builtin("ceiling", "n:number", "scale:number", optional=1)(_rounding(ROUND_CEILING))
builtin("round up", "n:number", "scale:number")(_rounding(ROUND_UP))
builtin("round down", "n:number", "scale:number")(_rounding(ROUND_DOWN))
builtin("round half up", "n:number", "scale:number")(_rounding(ROUND_HALF_UP))
builtin("round half down", "n:number", "scale:number")(_rounding(ROUND_HALF_DOWN))


@builtin("abs", "number:number|days|months")
@builtin("abs", "n:number|days|months")
def absolute(value: Value) -> Value:
    """The amount of a number or a duration."""
    if isinstance(value, DaysDuration):
        return DaysDuration(abs(value.nanos))
    if isinstance(value, MonthsDuration):
        return MonthsDuration(abs(value.months))
    return numbers.negate(value) if value < 0 else value


@builtin("modulo", "dividend:number", "divisor:number")
def modulo(dividend: Number, divisor: Number) -> Number:
    """The remainder with the divisor's sign."""
    if not divisor:
        undefined = "Division by zero" if dividend else "Division undefined"
        raise EvaluatorThrew(f"java.lang.ArithmeticException: {undefined}")
    return numbers.modulo(dividend, divisor)


@builtin("sqrt", "number:number")
def square_root(value: Number) -> Number | None:
    """By doubles; null for a negative number."""
    return None if value < 0 else from_double(math.sqrt(value))


@builtin("log", "number:number")
def logarithm(value: Number) -> Number:
    """By doubles."""
    if value <= 0:
        return from_double(math.nan if value else -math.inf)
    return from_double(math.log(value))


@builtin("exp", "number:number")
def exponential(value: Number) -> Number:
    """By doubles."""
    try:
        return from_double(math.exp(value))
    except OverflowError:
        return from_double(math.inf)


@builtin("odd", "number:number")
def odd(value: Number) -> bool:
    """Whether a whole number is odd."""
    return is_whole(value) and truncate(value) % 2 == 1


@builtin("even", "number:number")
def even(value: Number) -> bool:
    """Whether a whole number is even."""
    return is_whole(value) and truncate(value) % 2 == 0


@builtin("random number")
def random_number(run: Run) -> Number:
    """From 0 to 1, by the given source."""
    return from_double(run.asked().random.random())
