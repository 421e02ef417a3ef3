"""The operations of two values as closures, with short ways for the most frequent classes."""

import operator
from collections.abc import Callable
from typing import Any, Final

from simulator.core.java.numeric import LONG_MAX, LONG_MIN
from simulator.expressions.juel import arithmetic, comparison
from simulator.expressions.juel.coercion import WHOLE
from simulator.expressions.juel.scope import Scope

Compute = Callable[[Scope], Any]
Operate = Callable[[Any, Any], Any]


def with_constant(sign: str, fast: Operate, general: Operate, left: Compute, constant: Any) -> Compute:
    """Compile an operation whose right side is a whole number or a text written in the expression."""
    least, most = LONG_MIN, LONG_MAX
    is_text = type(constant) is str
    kinds: frozenset[type] = WHOLE
    if is_text:
        kinds = frozenset((str,)) if sign in ("==", "!=") else frozenset()

    def calculate(scope: Scope) -> Any:
        value = left(scope)
        if value.__class__ in kinds:
            result = fast(value, constant)
            if least <= result <= most:
                return result
        return general(value, constant)

    def compare(scope: Scope) -> Any:
        value = left(scope)
        return fast(value, constant) if value.__class__ in kinds else general(value, constant)

    return calculate if sign in ARITHMETIC else compare


def fast_arithmetic(fast: Operate, general: Operate, left: Compute, right: Compute) -> Compute:
    """Compile an operation of numbers: whole ones and doubles at once, all else by the rules."""
    whole, least, most = WHOLE, LONG_MIN, LONG_MAX

    def compute(scope: Scope) -> Any:
        one, other = left(scope), right(scope)
        kind = one.__class__
        if kind in whole and other.__class__ in whole:
            result = fast(one, other)
            if least <= result <= most:
                return result
        elif kind is float and other.__class__ is float:
            return fast(one, other)
        return general(one, other)

    return compute


def fast_comparison(fast: Operate, general: Operate, left: Compute, right: Compute) -> Compute:
    """Compile a comparison: whole numbers and equal texts at once, all else by the rules."""
    whole, texts_too = WHOLE, fast in (operator.eq, operator.ne)

    def compare(scope: Scope) -> Any:
        one, other = left(scope), right(scope)
        kind = one.__class__
        if kind in whole and other.__class__ in whole:
            return fast(one, other)
        if texts_too and kind is str and other.__class__ is str:
            return fast(one, other)
        return general(one, other)

    return compare


def _unequal(left: Any, right: Any) -> bool:
    return not comparison.equal(left, right)


ARITHMETIC: Final = frozenset("+-*/%")
FAST: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
GENERAL: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "%": arithmetic.remainder,
    "==": comparison.equal,
    "!=": _unequal,
    "<": comparison.less,
    "<=": comparison.less_or_equal,
    ">": comparison.greater,
    ">=": comparison.greater_or_equal,
}
