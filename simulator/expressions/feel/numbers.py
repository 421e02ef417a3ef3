"""FEEL numbers: exact decimals with the scale and rounding that Camunda 8 keeps.

A number is an int (a decimal of scale 0) or a Decimal with another exponent. Addition and subtraction are
exact, multiplication, division and whole powers are cut to 34 digits, or to those of the left operand where
it has more (live Camunda 8.8.21).
"""

import math
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
    Overflow,
)
from decimal import DivisionByZero as DecimalDivisionByZero
from typing import TypeAlias

from simulator.expressions.feel.failures import EvaluatorThrew

Number: TypeAlias = int | Decimal

DIGITS = 34
LIMIT = 10**DIGITS
_TRAPS = [InvalidOperation, DecimalDivisionByZero, Overflow]
EXACT = Context(1_000_000, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [*_TRAPS, Inexact])
ROUNDED = Context(DIGITS, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], _TRAPS)
WIDE = Context(1_000_000, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], _TRAPS)
LARGEST_POWER = 999_999_999


def settle(value: Decimal) -> Number:
    """An int where the scale is 0; never a negative zero."""
    if not value and value.is_signed():
        value = value.copy_abs()
    return int(value) if value.as_tuple().exponent == 0 else value


def read_number(text: str) -> Number:
    """A number from its decimal text, keeping the scale."""
    return settle(Decimal(text))


def from_double(value: float) -> Number:
    """A double by the text Java prints for it: `1.0` has scale 1, `1.0E21` has -20."""
    if math.isnan(value) or math.isinf(value):
        letter = "N" if math.isnan(value) else "I"
        raise EvaluatorThrew(
            f"java.lang.NumberFormatException: Character {letter} is neither a decimal digit number, "
            'decimal point, nor "e" notation exponential mark.'
        )
    if value == 0:
        return Decimal("0.0")
    if 1e-3 <= abs(value) < 1e7:
        return Decimal(repr(value))  # Java and Python print the same here, with a fraction always
    shortest = Decimal(repr(value)).normalize(WIDE)
    sign, digits, _ = shortest.as_tuple()
    adjusted = shortest.adjusted()
    exponent = adjusted - max(len(digits), 2) + 1
    missing = adjusted - len(digits) + 1 - exponent
    return settle(Decimal((sign, digits + (0,) * missing, exponent)))


def _context(left: Number) -> Context:
    digits = len(str(abs(left))) if isinstance(left, int) else len(left.as_tuple().digits)
    if digits <= DIGITS:
        return ROUNDED
    return Context(digits, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], _TRAPS)


def add(left: Number, right: Number) -> Number:
    """The exact sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return settle(EXACT.add(Decimal(left), Decimal(right)))


def subtract(left: Number, right: Number) -> Number:
    """The exact difference."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return settle(EXACT.subtract(Decimal(left), Decimal(right)))


def multiply(left: Number, right: Number) -> Number:
    """The product to 34 digits."""
    if isinstance(left, int) and isinstance(right, int):
        product = left * right
        if -LIMIT < product < LIMIT:
            return product
        return settle(_context(left).plus(Decimal(product)))
    return settle(_context(left).multiply(Decimal(left), Decimal(right)))


def divide(left: Number, right: Number) -> Number:
    """The quotient to 34 digits; the divisor is not zero."""
    if isinstance(left, int) and isinstance(right, int) and -LIMIT < left < LIMIT and left % right == 0:
        return left // right
    return settle(_context(left).divide(Decimal(left), Decimal(right)))


def negate(value: Number) -> Number:
    """The number with its sign changed, scale kept."""
    return -value if isinstance(value, int) else settle(value.copy_negate())


def is_whole(value: Number) -> bool:
    """Whether nothing stands behind the decimal point."""
    return isinstance(value, int) or value == value.to_integral_value()


def truncate(value: Number) -> int:
    """The whole part, as Java's `intValue` and `longValue` cut it for numbers in their range."""
    if isinstance(value, int):
        return value
    return 0 if value.adjusted() < 0 else to_long(value)


def power(base: Number, exponent: Number) -> Number:
    """Whole exponents in decimals, others by doubles."""
    if not is_whole(exponent):
        try:
            result = math.pow(base, exponent)
        except ValueError:
            result = math.nan if base else math.inf
        except OverflowError:
            result = math.inf
        return from_double(result)
    times = truncate(exponent)
    if abs(times) > LARGEST_POWER:
        raise EvaluatorThrew("java.lang.ArithmeticException: Invalid operation")
    if times == 0:
        return 1
    if not base and times < 0:
        raise EvaluatorThrew("java.lang.ArithmeticException: Division by zero")
    if isinstance(base, int) and times > 0 and base.bit_length() * times < 10_000:
        result_int = base**times
        return result_int if -LIMIT < result_int < LIMIT else settle(_context(base).plus(Decimal(result_int)))
    return settle(_context(base).power(Decimal(base), times))


def modulo(dividend: Number, divisor: Number) -> Number:
    """The remainder with the divisor's sign; the divisor is not zero."""
    quotient = divide(dividend, divisor)
    whole = rounded(quotient, 0, ROUND_FLOOR)
    return subtract(dividend, multiply(divisor, whole))


def rounded(value: Number, scale: int, rounding: str) -> Number:
    """The number at a scale (negative ones count before the point), rounded as told."""
    return settle(Decimal(value).quantize(Decimal((0, (1,), -scale)), rounding, WIDE))


def to_long(value: Number) -> int:
    """The whole part cut to 64 bits, as Java's `longValue` cuts it."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= 64:
            return 0  # 10 ** 64 is a multiple of 2 ** 64
        value = int(value)
    return (value + 2**63) % 2**64 - 2**63


def to_json_number(value: Number) -> int | float:
    """A whole number as an integer of 64 bits, another one as the nearest double."""
    return to_long(value) if is_whole(value) else float(value)
