"""Java's equals and hashCode: values of two classes are never equal, so Integer 1 is not Long 1."""

import struct
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from simulator.core.java.numeric import BigInteger, Float32, Long, wrap
from simulator.core.java.values import Date, JavaArray, JavaSet, SpinJson, SpinXml

IDENTITY_ONLY = (bytes, JavaArray, SpinJson, SpinXml)


def java_equals(left: Any, right: Any) -> bool:
    """Tell whether left.equals(right); null equals only null. Nesting is at most that of read JSON."""
    if left is right:
        return True
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(java_equals, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return _maps_equal(left, right)
    if type(left) is not type(right) or isinstance(left, IDENTITY_ONLY):
        return False
    return bool(_same_kind_equal(left, right))


def _same_kind_equal(left: Any, right: Any) -> Any:
    if isinstance(left, float):
        return struct.pack("d", left) == struct.pack("d", right) or (left != left and right != right)
    if isinstance(left, Decimal):
        return left.as_tuple() == right.as_tuple()
    if isinstance(left, JavaSet):
        return len(left.elements) == len(right.elements) and all(
            contains(right.elements, each) for each in left.elements
        )
    return left == right


def _maps_equal(left: Mapping[Any, Any], right: Mapping[Any, Any]) -> bool:
    if len(left) != len(right):
        return False
    for key, value in left.items():
        other = find_key(right, key)
        if other is None or not java_equals(value, right[other[0]]):
            return False
    return True


def find_key(mapping: Mapping[Any, Any], key: Any) -> tuple[Any] | None:
    """Find the key of a map that equals the given one in Java's sense, as a tuple of one."""
    if type(key) is str:
        return (key,) if key in mapping else None
    return next(((each,) for each in mapping if java_equals(each, key)), None)


def contains(elements: Sequence[Any], wanted: Any) -> bool:
    """Tell whether a collection holds an element equal to the wanted one."""
    return index_of(elements, wanted) >= 0


def index_of(elements: Sequence[Any], wanted: Any) -> int:
    """Find the first index of an equal element, -1 if there is none."""
    return next((at for at, each in enumerate(elements) if java_equals(each, wanted)), -1)


def java_hash(value: Any) -> int:
    """Compute hashCode as a signed 32-bit number; arrays and nodes use their identity."""
    match value:
        case None:
            return 0
        case bool():
            return 1231 if value else 1237
        case str():
            return _text_hash(value)
        case BigInteger():
            return _big_hash(int(value))
        case Long():
            return _long_hash(int(value))
        case int():
            return int(value)
        case Float32():
            return int(struct.unpack(">i", struct.pack(">f", value))[0])
        case float():
            return _long_hash(int(struct.unpack(">q", struct.pack(">d", value))[0]))
        case Decimal():
            return _decimal_hash(value)
        case Date():
            return _long_hash(value.milliseconds)
        case list():
            return _list_hash(value)
        case JavaSet():
            return wrap(sum(map(java_hash, value.elements)), 32)
        case dict():
            return wrap(sum(java_hash(k) ^ java_hash(v) for k, v in value.items()), 32)
        case _:
            return wrap(id(value) >> 4, 31)


def _text_hash(text: str) -> int:
    result = 0
    units = text.encode("utf-16-be", "surrogatepass")
    for high, low in zip(units[::2], units[1::2], strict=True):
        result = (result * 31 + (high << 8 | low)) & 0xFFFFFFFF
    return wrap(result, 32)


def _long_hash(number: int) -> int:
    bits = number & (2**64 - 1)
    return wrap(bits ^ (bits >> 32), 32)


def _big_hash(number: int) -> int:
    result, magnitude = 0, abs(number)
    for shift in range((magnitude.bit_length() + 31) // 32 - 1, -1, -1):
        result = (result * 31 + ((magnitude >> (32 * shift)) & 0xFFFFFFFF)) & 0xFFFFFFFF
    return wrap(result * (-1 if number < 0 else 1), 32)


def _decimal_hash(number: Decimal) -> int:
    sign, digits, exponent = number.as_tuple()
    unscaled = int("".join(map(str, digits))) * (-1 if sign else 1)
    return wrap(31 * _big_hash(unscaled) - int(exponent), 32)


def _list_hash(elements: Sequence[Any]) -> int:
    result = 1
    for each in elements:
        result = wrap(31 * result + java_hash(each), 32)
    return result
