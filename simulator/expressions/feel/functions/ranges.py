"""Functions that relate points and ranges to each other (DMN 1.3, 10.3.2.3.8)."""

from collections.abc import Callable
from typing import NamedTuple

from simulator.expressions.feel.failures import EvaluatorThrew, InvocationFailed
from simulator.expressions.feel.functions.registry import KINDS, builtin
from simulator.expressions.feel.operators import order_keys
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.values import Range, Value, quoted


class Span(NamedTuple):
    """A range, or a point as the range that holds it alone; bounds are keys with an order."""

    start: Value
    end: Value
    from_start: bool
    to_end: bool
    is_point: bool


Relation = Callable[[Span, Span], bool]


def _key(value: Value) -> Value:
    return order_keys(value, value)[0]  # type: ignore[index]  # points always have an order


def _span(value: Value) -> Span:
    if isinstance(value, Range):
        return Span(_key(value.start), _key(value.end), value.start_included, value.end_included, False)
    return Span(_key(value), _key(value), True, True, True)


def _bounds(value: Value) -> list[Value]:
    return [value.start, value.end] if isinstance(value, Range) else [value]


def _defined(value: Value) -> str:
    """The engine's words for a range between texts."""
    sides = ((value.start, value.start_included), (value.end, value.end_included))
    bounds = [
        f"{'Closed' if closed else 'Open'}ConstRangeBoundary(ConstString({text}))" for text, closed in sides
    ]
    return f"Invalid range definition 'ConstRange({','.join(bounds)})'"


def _check(run: Run, first: Value, second: Value) -> None:
    for value in (first, second):
        if isinstance(value, Range) and type(value.start) is str and type(value.end) is str:
            run.warn("INVALID_TYPE", _defined(value))
            raise InvocationFailed(_defined(value))
    points = [*_bounds(first), *_bounds(second)]
    ordered = all(type(point) in KINDS["point"] and order_keys(points[0], point) for point in points)
    if not ordered:
        raise InvocationFailed(f"Illegal arguments: '{quoted(first)}', '{quoted(second)}'")


def _declare(name: str, relation: Relation, *, points: bool = False) -> None:
    """Declare a function of two; without `points` two points have no answer and the evaluator throws."""

    def body(run: Run, first: Value, second: Value) -> bool:
        _check(run, first, second)
        left, right = _span(first), _span(second)
        if left.is_point and right.is_point and not points:
            shown = f"({quoted(first)},{quoted(second)})"
            raise EvaluatorThrew(f"scala.MatchError: {shown} (of class scala.Tuple2)")
        return relation(left, right)

    for names in (("point1", "point2"), ("range1", "range2"), ("point", "range"), ("range", "point")):
        builtin(name, *(f"{parameter}:any" for parameter in names))(body)


def _before(left: Span, right: Span) -> bool:
    touching = left.end == right.start and not (left.to_end and right.from_start)
    return bool(left.end < right.start or touching)


def _meets(left: Span, right: Span) -> bool:
    return bool(left.to_end and right.from_start and left.end == right.start)


def _reaches(left: Span, right: Span) -> bool:
    """Whether the left one's end is not before the right one's start."""
    return not _before(left, right)


def _starts_earlier(left: Span, right: Span) -> bool:
    same = left.start == right.start and left.from_start and not right.from_start
    return bool(left.start < right.start or same)


def _ends_no_later(left: Span, right: Span) -> bool:
    return bool(left.end < right.end or (left.end == right.end and (right.to_end or not left.to_end)))


def _starts_no_earlier(left: Span, right: Span) -> bool:
    same = left.start == right.start and (right.from_start or not left.from_start)
    return bool(left.start > right.start or same)


def _overlaps(left: Span, right: Span) -> bool:
    return _reaches(left, right) and _reaches(right, left)


def _overlaps_before(left: Span, right: Span) -> bool:
    return _starts_earlier(left, right) and _reaches(left, right) and _ends_no_later(left, right)


def _during(left: Span, right: Span) -> bool:
    return _starts_no_earlier(left, right) and _ends_no_later(left, right)


def _finishes(left: Span, right: Span) -> bool:
    return bool(left.end == right.end and left.to_end == right.to_end and _starts_no_earlier(left, right))


def _starts(left: Span, right: Span) -> bool:
    together = left.start == right.start and left.from_start == right.from_start
    return bool(together and _ends_no_later(left, right))


def _coincides(left: Span, right: Span) -> bool:
    return left == right


def _swapped(relation: Relation) -> Relation:
    return lambda left, right: relation(right, left)


_declare("before", _before, points=True)
_declare("after", _swapped(_before), points=True)
_declare("meets", _meets)
_declare("met by", _swapped(_meets))
_declare("overlaps", _overlaps)
_declare("overlaps before", _overlaps_before)
_declare("overlaps after", _swapped(_overlaps_before))
_declare("finishes", _finishes)
_declare("finished by", _swapped(_finishes))
_declare("during", _during)
_declare("includes", _swapped(_during))
_declare("starts", _starts)
_declare("started by", _swapped(_starts))
_declare("coincides", _coincides, points=True)
