"""Java's boxed numbers that Python has no word for; Integer is a plain int and Double a plain float."""

from typing import Final

LONG_MIN: Final = -(2**63)
LONG_MAX: Final = 2**63 - 1
INT_MIN: Final = -(2**31)
INT_MAX: Final = 2**31 - 1


class Long(int):
    """A java.lang.Long; arithmetic on it gives a plain int, to be wrapped again by the caller."""

    __slots__ = ()


class Short(int):
    """A java.lang.Short."""

    __slots__ = ()


class Byte(int):
    """A java.lang.Byte."""

    __slots__ = ()


class BigInteger(int):
    """A java.math.BigInteger."""

    __slots__ = ()


class Float32(float):
    """A java.lang.Float, its value rounded to 32 bits by whoever makes it."""

    __slots__ = ()


class Character(str):
    """A java.lang.Character: one UTF-16 unit."""

    __slots__ = ()


def wrap(number: int, bits: int) -> int:
    """Keep the lowest bits of a number, read as a signed one (Java's silent overflow)."""
    half = 1 << (bits - 1)
    return ((number + half) & ((1 << bits) - 1)) - half


def whole_number(number: int) -> int:
    """Choose the narrowest of Integer, Long and BigInteger, as Jackson does for a JSON number."""
    if INT_MIN <= number <= INT_MAX:
        return number
    if LONG_MIN <= number <= LONG_MAX:
        return Long(number)
    return BigInteger(number)
