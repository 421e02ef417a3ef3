"""JUEL's arithmetic: the choice of type, overflow, scales.

Results are "raw": a plain int stands for a Long until it leaves the expression.
"""

import math
import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from typing import Any, Final

from simulator.core.java import BigInteger, Byte, Float32, Long, Short, class_name, wrap
from simulator.core.java.numeric import LONG_MAX, LONG_MIN
from simulator.expressions.juel.coercion import (
    FLOATING,
    to_big_integer,
    to_decimal,
    to_double,
    to_long,
)
from simulator.expressions.juel.errors import wrong

ARITHMETIC_EXCEPTION: Final = "java.lang.ArithmeticException"
_EXACT: Final = Context(prec=2000, rounding=ROUND_HALF_UP, Emax=999_999, Emin=-999_999)
MAX_BITS: Final = 1 << 20
"""Size up to which BigIntegers are computed, so that a model can't fill the memory."""


def _floats(value: Any) -> bool:
    """Tell whether an operand makes the operation one of doubles."""
    kind = type(value)
    if kind in FLOATING:
        return True
    return kind is str and ("." in value or "e" in value or "E" in value)


def _operation(
    whole: Callable[[int, int], int], decimals: str, doubles: Callable[[float, float], float]
) -> Callable[[Any, Any], Any]:
    decimal: Callable[[Decimal, Decimal], Decimal] = getattr(_EXACT, decimals)

    def compute(left: Any, right: Any) -> Any:
        """Add, subtract or multiply two values of any class."""
        if left is None and right is None:
            return 0
        kinds = (type(left), type(right))
        if Decimal in kinds:
            return _decimal(decimal, to_decimal(left), to_decimal(right))
        if _floats(left) or _floats(right):
            if BigInteger in kinds:
                return _decimal(decimal, to_decimal(left), to_decimal(right))
            return doubles(to_double(left), to_double(right))
        if BigInteger in kinds:
            return _limited(whole, to_big_integer(left), to_big_integer(right))
        result = whole(to_long(left), to_long(right))
        return result if LONG_MIN <= result <= LONG_MAX else wrap(result, 64)

    return compute


def _decimal(compute: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal:
    try:
        return compute(left, right)
    except (InvalidOperation, Overflow):
        raise wrong("BigInteger would overflow supported range", ARITHMETIC_EXCEPTION) from None


def _limited(compute: Callable[[int, int], int], left: int, right: int) -> BigInteger:
    if left.bit_length() + right.bit_length() > MAX_BITS:
        raise wrong("BigInteger would overflow supported range", ARITHMETIC_EXCEPTION)
    return BigInteger(compute(left, right))


add = _operation(operator.add, "add", operator.add)
subtract = _operation(operator.sub, "subtract", operator.sub)
multiply = _operation(operator.mul, "multiply", operator.mul)


def divide(left: Any, right: Any) -> Any:
    """Divide: BigDecimal and BigInteger half up at the left operand's scale, all else as doubles."""
    if left is None and right is None:
        return 0
    if type(left) in (Decimal, BigInteger) or type(right) in (Decimal, BigInteger):
        return _divide_decimals(left, right)
    return divide_doubles(to_double(left), to_double(right))


def divide_doubles(left: float, right: float) -> float:
    """Divide as IEEE 754 does, by zero too."""
    if right:
        return left / right
    if left != left or not left or right != right:
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _divide_decimals(left: Any, right: Any) -> Decimal:
    dividend, divisor = to_decimal(left), to_decimal(right)
    if not divisor:
        both_whole = type(left) is not Decimal and type(right) is not Decimal
        by_zero = "BigInteger divide by zero" if both_whole or type(left) is BigInteger else "/ by zero"
        raise wrong(by_zero, ARITHMETIC_EXCEPTION)
    unit = Decimal((0, (1,), int(dividend.as_tuple().exponent)))
    try:
        return _EXACT.divide(dividend, divisor).quantize(unit, context=_EXACT)
    except (InvalidOperation, Overflow):
        raise wrong("BigInteger would overflow supported range", ARITHMETIC_EXCEPTION) from None


def remainder(left: Any, right: Any) -> Any:
    """Compute the remainder, with the sign of the left operand."""
    if left is None and right is None:
        return 0
    kinds = (type(left), type(right))
    if Decimal in kinds or _floats(left) or _floats(right):
        dividend, divisor = to_double(left), to_double(right)
        if not divisor or math.isinf(dividend) or dividend != dividend:
            return math.nan
        return math.fmod(dividend, divisor)
    if BigInteger in kinds:
        big, divisor_big = to_big_integer(left), to_big_integer(right)
        if not divisor_big:
            raise wrong("BigInteger divide by zero", ARITHMETIC_EXCEPTION)
        return BigInteger(_whole_remainder(big, divisor_big))
    number, by = to_long(left), to_long(right)
    if not by:
        raise wrong("/ by zero", ARITHMETIC_EXCEPTION)
    return _whole_remainder(number, by)


def _whole_remainder(left: int, right: int) -> int:
    return abs(left) % abs(right) * (-1 if left < 0 else 1)


_NEGATABLE: Final[dict[type, Callable[[Any], Any]]] = {
    int: lambda number: wrap(-number, 32),
    Long: lambda number: Long(wrap(-number, 64)),
    Short: lambda number: Short(wrap(-number, 16)),
    Byte: lambda number: Byte(wrap(-number, 8)),
    BigInteger: lambda number: BigInteger(-number),
    float: operator.neg,
    Float32: lambda number: Float32(-number),
    Decimal: lambda number: number.copy_negate() if number else number,
}


def negate(value: Any) -> Any:
    """Negate a number in its own type, a text as Double or Long; the result is final, not raw."""
    if value is None:
        return Long(0)
    by_type = _NEGATABLE.get(type(value))
    if by_type is not None:
        return by_type(value)
    if type(value) is str:
        return -to_double(value) if _floats(value) else Long(wrap(-to_long(value), 64))
    raise wrong(f"Cannot negate 'class {class_name(value)}'")
