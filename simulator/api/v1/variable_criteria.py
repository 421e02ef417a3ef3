"""Variables in queries: name, operator and value, and how the engine's SQL compares what is stored."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.api.v1.bodies import listing, text, unreadable
from simulator.api.v1.filters import like_pattern
from simulator.api.v1.query_forms import Form, Unconvertible, read_date, split
from simulator.api.v1.querying import Filter, Getter, Query, Test, engine_failure, not_valid
from simulator.api.v1.rest_error import RestError, invalid
from simulator.core.errors import Rejection
from simulator.core.java import TypedNull, java_text
from simulator.core.java.numeric import INT_MAX, INT_MIN, LONG_MAX, LONG_MIN, Long, Short
from simulator.core.java.values import Date

Compare = Callable[[Any, Any], bool]
OPERATORS: dict[str, tuple[Compare, str]] = {
    "eq": (lambda stored, value: bool(stored == value), ""),
    "neq": (lambda stored, value: bool(stored == value), ""),
    "gt": (lambda stored, value: bool(stored > value), "greater than"),
    "gteq": (lambda stored, value: bool(stored >= value), "greater than or equal"),
    "lt": (lambda stored, value: bool(stored < value), "less than"),
    "lteq": (lambda stored, value: bool(stored <= value), "less than or equal"),
}
RANGES: dict[type, tuple[int, int]] = {
    int: (INT_MIN, INT_MAX),
    Long: (LONG_MIN, LONG_MAX),
    Short: (-32768, 32767),
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One comparison as the request has it; any part may be missing."""

    name: str | None
    operator: str | None
    value: Any


def _from_text(value: str) -> list[Criterion]:
    criteria = []
    for part in split(value):
        parts = split(part, "_")
        if len(parts) != 3:
            raise Unconvertible("variable query parameter has to have format KEY_OPERATOR_VALUE.")
        criteria.append(Criterion(*parts))
    return criteria


def _from_json(body: Mapping[str, Any], name: str) -> list[Criterion | None] | None:
    entries = listing(body, name)
    if entries is None:
        return None
    criteria: list[Criterion | None] = []
    for entry in entries:
        if entry is not None and not isinstance(entry, dict):
            raise unreadable()
        criteria.append(
            None
            if entry is None
            else Criterion(text(entry, "name"), text(entry, "operator"), entry.get("value"))
        )
    return criteria


CRITERIA = Form(_from_text, _from_json)


def variables(name: str, get: Getter, label: str = "", *, not_like: bool = False) -> Filter:
    """A filter by variables, all of which must compare as asked.

    `get` gives the mapping of variables that belong to a row, or None. `label` ("process ", "task ") stands in the
    refusal of an unknown operator. The flags `variableNamesIgnoreCase` and `variableValuesIgnoreCase` of the query
    count where it has them.
    """

    def ask(query: Query, criteria: list[Criterion | None]) -> Iterable[Test]:
        for criterion in criteria:
            if criterion is None:
                raise RestError(
                    500, "NullPointerException", 'Cannot invoke a method because "variable" is null'
                )
            matches = compare(query, criterion, label, not_like=not_like)
            yield _test(query, get, criterion.name or "", matches)

    return Filter(name, CRITERIA, ask)


def _test(query: Query, get: Getter, name: str, matches: Test) -> Test:
    engine = query.engine
    if query.holds("variableNamesIgnoreCase"):
        wanted = name.upper()
        return lambda row: any(
            each.upper() == wanted and matches(value) for each, value in (get(engine, row) or {}).items()
        )

    def test(row: Any) -> bool:
        held = get(engine, row)
        return bool(held) and name in held and matches(held[name])

    return test


def compare(query: Query, criterion: Criterion, label: str = "", *, not_like: bool = False) -> Test:
    """What a stored value is asked; raises `RestError` for a comparison that is refused.

    An object is refused only once the rest of the query is known to be right.
    """
    operator, value = criterion.operator, _resolved(query, criterion.value)
    if operator is None:
        raise RestError(
            500, "NullPointerException", 'Cannot invoke "String.equals(Object)" because "op" is null'
        )
    if operator not in OPERATORS and operator not in ("like", "notLike")[: 2 if not_like else 1]:
        raise invalid(f"Invalid {label}variable comparator specified: {operator}")
    if criterion.name is None:
        raise not_valid("name is null")
    folded = query.holds("variableValuesIgnoreCase")
    if operator not in OPERATORS:
        return _like(_like_text(value), inverted=operator == "notLike", folded=folded)
    test, words = OPERATORS[operator]
    if words and (value is None or isinstance(value, bool)):
        raise not_valid(f"Booleans and null cannot be used in '{words}' condition")
    if isinstance(value, list | dict):
        query.refused = engine_failure("Object values cannot be used to query")
    matches = _matcher(value, test, folded=folded)
    return (lambda stored: not matches(stored)) if operator == "neq" else matches


def _resolved(query: Query, value: Any) -> Any:
    """A text in the shape of a date is one, the empty text is null; not so inside `orQueries`."""
    if not isinstance(value, str) or query.within_or:
        return value
    try:
        moment = read_date(value)
    except Rejection:
        return value
    return None if moment is None else Date(moment)


def _like_text(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"Value '{java_text(value)}' of type 'PrimitiveValueType[number]', isTransient=false"
    return "null" if value is None else java_text(value)


def _like(pattern: str, *, inverted: bool, folded: bool) -> Test:
    matches = like_pattern(pattern.upper() if folded else pattern).fullmatch

    def test(stored: Any) -> bool:
        return type(stored) is str and (matches(stored.upper() if folded else stored) is None) is inverted

    return test


def _matcher(value: Any, test: Compare, *, folded: bool) -> Test:
    if value is None:
        return lambda stored: stored is None or isinstance(stored, TypedNull) or _empty(stored)
    if isinstance(value, bool):
        return lambda stored: isinstance(stored, bool) and test(stored, value)
    if isinstance(value, Date):
        return lambda stored: isinstance(stored, Date) and test(stored.milliseconds, value.milliseconds)
    if isinstance(value, str):
        wanted = value.upper() if folded else value
        return lambda stored: type(stored) is str and test(stored.upper() if folded else stored, wanted)
    if isinstance(value, int | float):
        return _number_matcher(value, test)
    return lambda _stored: False


def _empty(stored: Any) -> bool:
    """An object without a value."""
    return hasattr(stored, "object_type") and stored.text is None


def _number_matcher(value: float, test: Compare) -> Test:
    """A number is compared with the variables of each number type that holds it exactly (doubles: nearly)."""
    try:
        double = float(value)
    except OverflowError:
        double = math.inf if value > 0 else -math.inf
    whole = int(value) if math.isfinite(double) and value == int(value) else None
    kinds = {kind for kind, (least, most) in RANGES.items() if whole is not None and least <= whole <= most}

    def matches(stored: Any) -> bool:
        kind = type(stored)
        if kind is float:
            return test((True, 0.0) if math.isnan(stored) else (False, stored), (False, double))
        return kind in kinds and test(int(stored), whole)

    return matches
