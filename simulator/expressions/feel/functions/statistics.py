"""Functions that make one value of many."""

import math
from collections import Counter
from functools import reduce

from simulator.expressions.feel import numbers
from simulator.expressions.feel.failures import EvaluatorThrew, InvocationFailed
from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.numbers import Number, from_double
from simulator.expressions.feel.operators import order_keys
from simulator.expressions.feel.values import Value, is_number, quoted


def _numbers(values: list[Value]) -> list[Number]:
    for value in values:
        if not is_number(value):
            raise InvocationFailed(f"expected number but found '{quoted(value)}'")
    return values


def _extreme(values: list[Value], *, largest: bool) -> Value:
    if not values:
        return None
    found = values[0]
    others = values[1:] if type(found) is list else values
    for value in others:
        keys = order_keys(found, value)
        if keys is None:
            raise InvocationFailed(f"{quoted(values)} is not comparable")
        if keys[0] < keys[1] if largest else keys[0] > keys[1]:
            found = value
    return found


@builtin("min", "list:any", rest="list")
def minimum(values: list[Value]) -> Value:
    """The least of numbers, texts or temporal values."""
    return _extreme(values, largest=False)


@builtin("max", "list:any", rest="list")
def maximum(values: list[Value]) -> Value:
    """The greatest of numbers, texts or temporal values."""
    return _extreme(values, largest=True)


@builtin("sum", "list:any", rest="list")
def total(values: list[Value]) -> Number | None:
    """The exact sum; null of nothing."""
    return reduce(numbers.add, _numbers(values)) if values else None


@builtin("product", "list:any", rest="list")
def product(values: list[Value]) -> Number | None:
    """The product; null of nothing."""
    return reduce(numbers.multiply, _numbers(values)) if values else None


@builtin("mean", "list:any", rest="list")
def mean(values: list[Value]) -> Number | None:
    """The sum by the count; null of nothing."""
    return numbers.divide(reduce(numbers.add, _numbers(values)), len(values)) if values else None


@builtin("median", "list:any", rest="list")
def median(values: list[Value]) -> Number | None:
    """The middle one, or half of the two middle ones together."""
    ordered = sorted(_numbers(values))
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return numbers.divide(numbers.add(ordered[middle - 1], ordered[middle]), 2)


@builtin("stddev", "list:any", rest="list")
def standard_deviation(values: list[Value]) -> Number | None:
    """Of a sample, the root by doubles."""
    found = _numbers(values)
    if not found:
        return None
    if len(found) == 1:
        raise EvaluatorThrew("java.lang.ArithmeticException: Division undefined")
    middle = numbers.divide(reduce(numbers.add, found), len(found))
    gaps = [numbers.subtract(value, middle) for value in found]
    squares = [numbers.multiply(gap, gap) for gap in gaps]
    return from_double(math.sqrt(numbers.divide(reduce(numbers.add, squares), len(found) - 1)))


@builtin("mode", "list:any", rest="list")
def mode(values: list[Value]) -> list[Number]:
    """The most frequent numbers, in order."""
    counts = Counter(_numbers(values))
    most = max(counts.values(), default=0)
    return sorted(value for value, count in counts.items() if count == most)
