"""Filters of searches: a plain value to be equal to, or an object of conditions that all hold."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from simulator.api.v2.gateway import parse_key
from simulator.api.v2.kinds import Kind, Mismatch, Unknown, int32, text, truth

Test = Callable[[Any], bool]
"""Whether a value of a record fits; None is no value."""

READABLE = re.compile(r"[+-]\d{4}$")
MILLISECONDS = 1000


def key_value(value: Any, strict: bool) -> int | None:
    """A key as a text of digits."""
    found = text(value, strict)
    if found is None:
        return None
    number = parse_key(found)
    if number is None:
        raise Mismatch
    return number


def time_value(value: Any, strict: bool) -> int | None:
    """A date with time as milliseconds since 1970, UTC."""
    found = text(value, strict)
    if found is None:
        return None
    if READABLE.search(found):
        found = f"{found[:-2]}:{found[-2:]}"
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        raise Mismatch from None
    if moment.tzinfo is None:
        raise Mismatch
    return round(moment.timestamp() * MILLISECONDS)


def one_of(*names: str) -> Kind:
    """A name out of a closed list, read in any case."""

    def read(value: Any, strict: bool) -> str | None:
        found = text(value, strict)
        if found is None:
            return None
        if found.upper() not in names:
            raise NotListed(found, names)
        return found.upper()

    return read


class NotListed(Mismatch):
    """A name that is not in its list."""

    def __init__(self, *path: Any) -> None:
        super().__init__(*path)


def _like(pattern: Any, strict: bool) -> Test:
    """`*` stands for any text, `?` for one character."""
    wanted = text(pattern, strict) or ""
    parts = re.split(r"(\\?[*?])", wanted)
    shapes = {"*": ".*", "?": ".", "\\*": r"\*", "\\?": r"\?"}
    expression = re.compile("".join(shapes.get(part, re.escape(part)) for part in parts), re.DOTALL)
    return lambda value: value is not None and expression.fullmatch(str(value)) is not None


def conditions(kind: Kind, *operators: str) -> Kind:
    """A filter value of a kind with its operators; reading gives a `Test`."""

    def read(value: Any, strict: bool) -> Test | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            wanted = kind(value, strict)
            return lambda found: found == wanted
        tests = [_condition(name, operand, kind, operators, strict) for name, operand in value.items()]
        return lambda found: all(test(found) for test in tests)

    return read


def _condition(name: str, operand: Any, kind: Kind, operators: tuple[str, ...], strict: bool) -> Test:
    if name not in operators:
        raise Unknown(name)
    try:
        if name == "$exists":
            exists = truth(operand, strict)
            return lambda value: (value is not None) == exists
        if name == "$like":
            return _like(operand, strict)
        if name in ("$in", "$notIn"):
            return _member(name, operand, kind, strict)
        return _compared(name, kind(operand, strict))
    except Mismatch as mismatch:
        if isinstance(mismatch, NotListed):
            raise
        raise type(mismatch)(name, *mismatch.path) from None


def _member(name: str, operand: Any, kind: Kind, strict: bool) -> Test:
    if not isinstance(operand, list):
        raise Mismatch
    wanted = [kind(each, strict) for each in operand]
    if name == "$in":
        return lambda value: value in wanted
    return lambda value: value not in wanted


def _compared(name: str, wanted: Any) -> Test:
    if wanted is None and name in SIZES:
        return lambda value: True
    match name:
        case "$eq":
            return lambda value: value == wanted
        case "$neq":
            return lambda value: value != wanted
        case "$gt":
            return lambda value: value is not None and value > wanted
        case "$gte":
            return lambda value: value is not None and value >= wanted
        case "$lt":
            return lambda value: value is not None and value < wanted
        case _:
            return lambda value: value is not None and value <= wanted


SIZES = ("$gt", "$gte", "$lt", "$lte")
"""Comparisons of size; one with null counts as not given."""

EQUAL = ("$eq", "$neq", "$exists", "$in")
ORDERED = (*EQUAL, *SIZES)
TEXT = conditions(text, *EQUAL, "$notIn", "$like")
KEY = conditions(key_value, *EQUAL, "$notIn")
NUMBER = conditions(int32, *ORDERED)
TIME = conditions(time_value, *ORDERED)
TRUTH = conditions(truth)
PLAIN_TEXT = conditions(text)
PLAIN_KEY = conditions(key_value)
PLAIN_NUMBER = conditions(int32)


def state_filter(names: Iterable[str]) -> Kind:
    """A filter by a name out of a closed list."""
    return conditions(one_of(*names), *EQUAL, "$like")


def name_filter(names: Iterable[str]) -> Kind:
    """The same without operators."""
    return conditions(one_of(*names))
