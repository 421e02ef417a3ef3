"""Coercions of JUEL's expression language: any value to a number, a Boolean or a text."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from simulator.core.java import (
    BigInteger,
    Byte,
    Character,
    Float32,
    Long,
    Short,
    class_name,
    double_text,
    java_text,
    wrap,
)
from simulator.expressions.juel.errors import ElError, wrong

WHOLE: Final = frozenset((int, Long, Short, Byte))
FLOATING: Final = frozenset((float, Float32))
NUMBERS: Final = frozenset((*WHOLE, *FLOATING, BigInteger, Decimal))
_WHOLE_TEXT: Final = re.compile(r"[+-]?\d+", re.ASCII)
_DOUBLE_TEXT: Final = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?[dDfF]?\s*", re.ASCII)
_DECIMAL_TEXT: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)


def no_coercion(value: Any, java_class: str) -> ElError:
    """Make the failure of a value whose class can't become another."""
    if isinstance(value, str) and not isinstance(value, Character):
        return wrong(f"Cannot coerce '{value}' to class {java_class}")
    return wrong(f"Cannot coerce from class {class_name(value)} to class {java_class}")


def to_long(value: Any, java_class: str = "java.lang.Long", bits: int = 64) -> int:
    """Coerce to a whole number, narrowed as Java does."""
    kind = type(value)
    if kind in WHOLE or kind is BigInteger:
        return wrap(int(value), bits)
    if value is None or (kind is str and value == ""):
        return 0
    if kind is str:
        return _long_of_text(value, java_class, bits)
    if kind is Character:
        return ord(value)
    if kind in FLOATING:
        return _truncated(value, bits)
    if kind is Decimal:
        return wrap(int(value), bits)
    raise no_coercion(value, java_class)


def _long_of_text(text: str, java_class: str, bits: int) -> int:
    if not _WHOLE_TEXT.fullmatch(text) or len(text) > 40:
        raise no_coercion(text, java_class)
    number = int(text)
    if wrap(number, bits) != number:
        raise no_coercion(text, java_class)
    return number


def _truncated(number: float, bits: int) -> int:
    """Narrow a double as Java's casts do: NaN is 0, too large is the largest (of int or long)."""
    if number != number:
        return 0
    wide = max(bits, 32)
    limit = 1 << (wide - 1)
    if number >= limit:
        return wrap(limit - 1, bits)
    return wrap(-limit if number <= -limit else int(number), bits)


def to_double(value: Any) -> float:
    """Coerce to a double."""
    kind = type(value)
    if kind is float:
        return float(value)
    if kind in NUMBERS:
        return _nearest_double(value)
    if value is None or (kind is str and value == ""):
        return 0.0
    if kind is str:
        if value.strip() in ("NaN", "Infinity", "+Infinity", "-Infinity"):
            return float(value.strip())
        if not _DOUBLE_TEXT.fullmatch(value):
            raise no_coercion(value, "java.lang.Double")
        return float(value.strip().rstrip("dDfF"))
    if kind is Character:
        return float(ord(value))
    raise no_coercion(value, "java.lang.Double")


def _nearest_double(number: int | float | Decimal) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def to_decimal(value: Any) -> Decimal:
    """Coerce to a BigDecimal; a double gives all its binary digits, as Java's constructor does."""
    kind = type(value)
    if kind is Decimal:
        return Decimal(value)
    if kind in WHOLE or kind is BigInteger:
        return Decimal(int(value))
    if value is None or (kind is str and value == ""):
        return Decimal(0)
    if kind is str:
        if not _DECIMAL_TEXT.fullmatch(value):
            raise no_coercion(value, "java.math.BigDecimal")
        return Decimal(value)
    if kind in FLOATING:
        if value != value or value in (float("inf"), float("-inf")):
            raise wrong("Infinite or NaN", "java.lang.NumberFormatException")
        exact = Decimal(value)
        return exact if exact != exact.to_integral_value() else exact.quantize(Decimal(1))
    if kind is Character:
        return Decimal(ord(value))
    raise no_coercion(value, "java.math.BigDecimal")


def to_big_integer(value: Any) -> int:
    """Coerce to a BigInteger, as a plain int."""
    kind = type(value)
    if kind in WHOLE or kind is BigInteger:
        return int(value)
    if value is None or (kind is str and value == ""):
        return 0
    if kind is str:
        if not _WHOLE_TEXT.fullmatch(value) or len(value) > 4000:
            raise no_coercion(value, "java.math.BigInteger")
        return int(value)
    if kind is Character:
        return ord(value)
    if kind in FLOATING or kind is Decimal:
        try:
            return int(value)
        except (OverflowError, ValueError, InvalidOperation):
            raise wrong("Infinite or NaN", "java.lang.NumberFormatException") from None
    raise no_coercion(value, "java.math.BigInteger")


def to_boolean(value: Any) -> bool:
    """Coerce to a Boolean: null and every text but "true" are false, numbers fail."""
    if value is True or value is False:
        return value
    if value is None:
        return False
    if type(value) is str:
        return len(value) == 4 and value.lower() == "true"
    raise no_coercion(value, "java.lang.Boolean")


def to_text(value: Any) -> str:
    """Coerce to a text: null is the empty text."""
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None:
        return ""
    return double_text(value) if kind is float else java_text(value)


def to_character(value: Any) -> Character:
    """Coerce to a char: the first letter of a text, the letter of a code, U+0000 for null."""
    kind = type(value)
    if value is None or (kind is str and value == ""):
        return Character("\0")
    if kind is Character or kind is str:
        return Character(value[0])
    if kind in NUMBERS:
        return Character(chr(to_long(value, bits=16) & 0xFFFF))
    raise no_coercion(value, "java.lang.Character")
