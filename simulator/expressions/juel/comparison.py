"""JUEL's comparisons and `empty`."""

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from simulator.core.java import (
    BigInteger,
    Character,
    EnumConstant,
    JavaSet,
    class_name,
    java_equals,
)
from simulator.core.java.values import TIME_UNITS
from simulator.expressions.juel.coercion import (
    FLOATING,
    WHOLE,
    to_big_integer,
    to_boolean,
    to_decimal,
    to_double,
    to_long,
    to_text,
)
from simulator.expressions.juel.errors import cast_failure, wrong


def _coercion_for(left: Any, right: Any) -> Callable[[Any], Any] | None:
    """Choose the number type that two operands are compared in; None if neither is a number."""
    kinds = (type(left), type(right))
    if Decimal in kinds:
        return to_decimal
    if kinds[0] in FLOATING or kinds[1] in FLOATING:
        return to_decimal if BigInteger in kinds else to_double
    if BigInteger in kinds:
        return to_big_integer
    if kinds[0] in WHOLE or kinds[1] in WHOLE:
        return to_long
    return None


def equal(left: Any, right: Any) -> bool:
    """Compare with `==`."""
    if left is right or (type(left) is type(right) and java_equals(left, right)):
        return True
    if left is None or right is None:
        return False
    coerce = _coercion_for(left, right)
    if coerce is not None:
        return _same_number(coerce(left), coerce(right))
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    if isinstance(left, EnumConstant):
        return left == _constant(right, left)
    if isinstance(right, EnumConstant):
        return right == _constant(left, right)
    if type(left) is str or type(right) is str:
        return to_text(left) == to_text(right)
    return java_equals(left, right)


def _same_number(left: Any, right: Any) -> bool:
    """Compare as Java's equals does: BigDecimals with their scale, doubles bit by bit."""
    if isinstance(left, Decimal):
        return left.as_tuple() == Decimal(right).as_tuple()
    if isinstance(left, float):
        same_sign = math.copysign(1.0, left) == math.copysign(1.0, right)
        return (left == right and same_sign) or (left != left and right != right)
    return bool(left == right)


def _constant(value: Any, like: EnumConstant) -> EnumConstant | None:
    if isinstance(value, EnumConstant):
        return value
    if type(value) is str and value == "":
        return None
    if type(value) is str and value in TIME_UNITS:
        return EnumConstant(like.java_class, value, TIME_UNITS.index(value))
    if type(value) is str:
        raise wrong(f"Cannot coerce '{value}' to class {like.java_class}")
    raise wrong(f"Cannot coerce from class {class_name(value)} to class {like.java_class}")


def _ordering(compare: Callable[[Any, Any], bool], equal_holds: bool) -> Callable[[Any, Any], bool]:
    def ordered(left: Any, right: Any) -> bool:
        """Compare two values of any class by their order."""
        if left is right or (type(left) is type(right) and java_equals(left, right)):
            return equal_holds
        if left is None or right is None:
            return False
        coerce = _coercion_for(left, right)
        if coerce is not None:
            return compare(coerce(left), coerce(right))
        if type(left) is str or type(right) is str:
            return compare(utf16_key(to_text(left)), utf16_key(to_text(right)))
        return compare(natural_order(left, right), 0)

    return ordered


less = _ordering(operator.lt, False)
less_or_equal = _ordering(operator.le, True)
greater = _ordering(operator.gt, False)
greater_or_equal = _ordering(operator.ge, True)


def utf16_key(text: str) -> bytes:
    """Make a key by which texts sort as Java's compareTo does."""
    return text.encode("utf-16-be", "surrogatepass")


def natural_order(left: Any, right: Any) -> int:
    """Compare with compareTo: negative, 0 or positive."""
    if type(left) is type(right) and _is_comparable(left):
        first, second = _rank(left), _rank(right)
        return int(first > second) - int(first < second)
    if _is_comparable(left) or _is_comparable(right):
        one, other = (left, right) if _is_comparable(left) else (right, left)
        raise wrong(cast_failure(class_name(other), class_name(one)), "java.lang.ClassCastException")
    raise wrong(f"Cannot compare 'class {class_name(left)}' and 'class {class_name(right)}'")


def _rank(value: Any) -> int:
    if isinstance(value, EnumConstant):
        return value.ordinal
    return ord(value) if isinstance(value, Character) else int(getattr(value, "milliseconds", value))


def _is_comparable(value: Any) -> bool:
    return hasattr(value, "milliseconds") or isinstance(value, bool | EnumConstant | Character)


def is_empty(value: Any) -> bool:
    """Tell whether `empty` holds: null, an empty text, list, set or map."""
    if value is None:
        return True
    if isinstance(value, JavaSet):
        return not value.elements
    if isinstance(value, Character):
        return False
    return isinstance(value, str | list | dict) and not value
