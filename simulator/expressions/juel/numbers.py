"""The boxed numbers, Boolean, and enums."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any, Final

from simulator.core.java import (
    BigInteger,
    Byte,
    EnumConstant,
    Float32,
    Long,
    Short,
    class_name,
    java_hash,
    java_text,
    wrap,
)
from simulator.expressions.juel.coercion import to_double, to_long
from simulator.expressions.juel.errors import cast_failure, thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT, ClassObject

_EXACT: Final = Context(prec=2000, rounding=ROUND_HALF_UP)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def _compare_to(kind: type, java_name: str) -> Callable[[Any, Any], int]:
    def compare(value: Any, other: Any) -> int:
        if other is None:
            raise thrown("java.lang.NullPointerException", None)
        if type(other) is not kind:
            raise thrown("java.lang.ClassCastException", cast_failure(class_name(other), java_name))
        return _sign(value, other)

    return compare


_CONVERSIONS: Final[dict[str, Callable[..., Any]]] = {
    "intValue()": lambda number: to_long(number, bits=32),
    "longValue()": lambda number: Long(to_long(number)),
    "shortValue()": lambda number: Short(to_long(number, bits=16)),
    "byteValue()": lambda number: Byte(to_long(number, bits=8)),
    "doubleValue()": to_double,
    "floatValue()": lambda number: Float32(to_double(number)),
    "toString()": java_text,
    "hashCode()": java_hash,
}


def _parse(text: str, bits: int) -> int:
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 40 or wrap(int(text), bits) != int(text):
        raise thrown("java.lang.NumberFormatException", f'For input string: "{text}"')
    return int(text)


def to_base(number: int, base: int) -> str:
    """Write a whole number in a base from 2 to 36."""
    rest, digits = abs(number), ""
    while rest:
        rest, digit = divmod(rest, base)
        digits = _DIGITS[digit] + digits
    return ("-" if number < 0 else "") + (digits or "0")


def _unsigned(base: int, bits: int) -> Callable[[Any, int], str]:
    return lambda _, number: to_base(number & ((1 << bits) - 1), base)


def _whole_methods(name: str, kind: type, primitive: str, bits: int) -> dict[str, Callable[..., Any]]:
    boxed, parse = f"java.lang.{name}", "Int" if name == "Integer" else name
    return {
        **_CONVERSIONS,
        f"compareTo({name})": _compare_to(kind, boxed),
        "compareTo(Object) bridge": _compare_to(kind, boxed),
        f"compare({primitive}, {primitive})": lambda _, left, right: _sign(left, right),
        f"parse{parse}(String)": lambda _, text: kind(_parse(text, bits)),
        "valueOf(String)": lambda _, text: kind(_parse(text, bits)),
        f"valueOf({primitive})": lambda _, number: kind(number),
        f"toString({primitive})": lambda _, number: java_text(number),
        f"toString({primitive}, int)": lambda _, number, base: to_base(number, base),
        f"toBinaryString({primitive})": _unsigned(2, bits),
        f"toHexString({primitive})": _unsigned(16, bits),
        f"toOctalString({primitive})": _unsigned(8, bits),
        f"max({primitive}, {primitive})": lambda _, left, right: kind(max(left, right)),
        f"min({primitive}, {primitive})": lambda _, left, right: kind(min(left, right)),
        f"sum({primitive}, {primitive})": lambda _, left, right: kind(wrap(left + right, bits)),
        f"signum({primitive})": lambda _, number: _sign(number, 0),
        f"bitCount({primitive})": lambda _, number: (number & ((1 << bits) - 1)).bit_count(),
    }


_WHOLE_REST: Final = (
    "parseUnsignedInt parseUnsignedLong reverse reverseBytes rotateLeft rotateRight highestOneBit "
    "lowestOneBit numberOfLeadingZeros numberOfTrailingZeros decode getInteger getLong divideUnsigned "
    "remainderUnsigned compareUnsigned toUnsignedLong toUnsignedString describeConstable "
    "resolveConstantDesc"
)
INTEGER: Final[JavaClass] = java_class(
    "java.lang.Integer",
    _whole_methods("Integer", int, "int", 32),
    parent=OBJECT,
    not_modelled=_WHOLE_REST,
)
LONG: Final[JavaClass] = java_class(
    "java.lang.Long", _whole_methods("Long", Long, "long", 64), parent=OBJECT, not_modelled=_WHOLE_REST
)
SHORT: Final[JavaClass] = java_class(
    "java.lang.Short", {**_CONVERSIONS, "compareTo(Object) bridge": _compare_to(Short, "java.lang.Short")},
    parent=OBJECT, not_modelled="parseShort valueOf compare toUnsignedInt decode reverseBytes",
)  # fmt: skip
BYTE: Final[JavaClass] = java_class(
    "java.lang.Byte", {**_CONVERSIONS, "compareTo(Object) bridge": _compare_to(Byte, "java.lang.Byte")},
    parent=OBJECT, not_modelled="parseByte valueOf compare toUnsignedInt decode",
)  # fmt: skip

_DOUBLE_METHODS: Final[dict[str, Callable[..., Any]]] = {
    **_CONVERSIONS,
    "isNaN()": math.isnan,
    "isInfinite()": math.isinf,
}
DOUBLE: Final[JavaClass] = java_class(
    "java.lang.Double",
    {
        **_DOUBLE_METHODS,
        "compareTo(Double)": _compare_to(float, "java.lang.Double"),
        "compareTo(Object) bridge": _compare_to(float, "java.lang.Double"),
        "compare(double, double)": lambda _, left, right: _sign(left, right),
        "parseDouble(String)": lambda _, text: to_double(text),
        "valueOf(String)": lambda _, text: to_double(text),
        "valueOf(double)": lambda _, number: number,
        "toString(double)": lambda _, number: java_text(number),
        "max(double, double)": lambda _, left, right: max(left, right),
        "min(double, double)": lambda _, left, right: min(left, right),
        "sum(double, double)": lambda _, left, right: left + right,
    },
    parent=OBJECT,
    not_modelled="isFinite doubleToLongBits doubleToRawLongBits longBitsToDouble toHexString",
)
FLOAT: Final[JavaClass] = java_class(
    "java.lang.Float", _DOUBLE_METHODS, parent=OBJECT, not_modelled="compareTo compare parseFloat valueOf"
)


def _rounded(number: Decimal, scale: int) -> Decimal:
    unit = Decimal((0, (1,), -scale))
    try:
        rounded = number.quantize(unit, context=_EXACT)
    except InvalidOperation:
        raise thrown("java.lang.ArithmeticException", "Overflow") from None
    if rounded != number:
        raise thrown("java.lang.ArithmeticException", "Rounding necessary")
    return rounded


DECIMAL: Final[JavaClass] = java_class(
    "java.math.BigDecimal",
    {
        **_CONVERSIONS,
        "add(BigDecimal)": _EXACT.add,
        "subtract(BigDecimal)": _EXACT.subtract,
        "multiply(BigDecimal)": _EXACT.multiply,
        "negate()": lambda number: number.copy_negate(),
        "abs()": abs,
        "scale()": lambda number: -int(number.as_tuple().exponent),
        "precision()": lambda number: len(number.as_tuple().digits),
        "signum()": lambda number: _sign(number, 0),
        "setScale(int)": _rounded,
        "max(BigDecimal)": lambda number, other: max(number, other),
        "min(BigDecimal)": lambda number, other: min(number, other),
        "compareTo(BigDecimal)": _compare_to(Decimal, "java.math.BigDecimal"),
        "compareTo(Object) bridge": _compare_to(Decimal, "java.math.BigDecimal"),
        "toPlainString()": lambda number: f"{number:f}",
    },
    parent=OBJECT,
    not_modelled="divide remainder pow round stripTrailingZeros toBigInteger toBigIntegerExact unscaledValue "
    "ulp movePointLeft movePointRight scaleByPowerOfTen toEngineeringString valueOf sqrt plus intValueExact "
    "longValueExact divideToIntegralValue divideAndRemainder",
)
BIG_INTEGER: Final[JavaClass] = java_class(
    "java.math.BigInteger",
    {
        **_CONVERSIONS,
        "add(BigInteger)": lambda number, other: BigInteger(number + other),
        "subtract(BigInteger)": lambda number, other: BigInteger(number - other),
        "negate()": lambda number: BigInteger(-number),
        "abs()": lambda number: BigInteger(abs(number)),
        "signum()": lambda number: _sign(number, 0),
        "bitLength()": lambda number: (number if number >= 0 else ~number).bit_length(),
        "compareTo(BigInteger)": lambda number, other: _sign(int(number), int(other)),
        "compareTo(Object) bridge": _compare_to(BigInteger, "java.math.BigInteger"),
    },
    parent=OBJECT,
    not_modelled="multiply divide mod remainder pow gcd modPow modInverse sqrt shiftLeft shiftRight and or "
    "xor not testBit setBit bitCount isProbablePrime nextProbablePrime valueOf toByteArray "
    "max min intValueExact",
)
BOOLEAN: Final[JavaClass] = java_class(
    "java.lang.Boolean",
    {
        "booleanValue()": bool,
        "toString()": java_text,
        "hashCode()": java_hash,
        "compareTo(Boolean)": _compare_to(bool, "java.lang.Boolean"),
        "compareTo(Object) bridge": _compare_to(bool, "java.lang.Boolean"),
        "parseBoolean(String)": lambda _, text: text.lower() == "true",
        "valueOf(String)": lambda _, text: text.lower() == "true",
        "valueOf(boolean)": lambda _, value: value,
        "logicalAnd(boolean, boolean)": lambda _, left, right: left and right,
        "logicalOr(boolean, boolean)": lambda _, left, right: left or right,
        "logicalXor(boolean, boolean)": lambda _, left, right: left != right,
    },
    parent=OBJECT,
    not_modelled="compare getBoolean",
)
_NANOSECONDS: Final = (1, 10**3, 10**6, 10**9, 60 * 10**9, 3600 * 10**9, 86400 * 10**9)


def _in_unit(ordinal: int) -> Callable[[EnumConstant, int], Long]:
    def convert(constant: EnumConstant, amount: int) -> Long:
        nanoseconds = abs(amount) * _NANOSECONDS[constant.ordinal]
        whole = nanoseconds // _NANOSECONDS[ordinal] * (-1 if amount < 0 else 1)
        return Long(max(-(2**63), min(2**63 - 1, whole)))

    return convert


ENUM: Final[JavaClass] = java_class(
    "java.lang.Enum",
    {
        "name()": lambda constant: constant.name,
        "ordinal()": lambda constant: constant.ordinal,
        "toString()": lambda constant: constant.name,
        "getDeclaringClass()": lambda constant: ClassObject(constant.java_class),
    },
    parent=OBJECT,
    not_modelled="compareTo values valueOf describeConstable",
)
TIME_UNIT: Final[JavaClass] = java_class(
    "java.util.concurrent.TimeUnit",
    {
        f"to{unit}(long)": _in_unit(ordinal)
        for ordinal, unit in enumerate(("Nanos", "Micros", "Millis", "Seconds", "Minutes", "Hours", "Days"))
    },
    parent=ENUM,
    not_modelled="convert sleep timedJoin timedWait toChronoUnit of",
)
