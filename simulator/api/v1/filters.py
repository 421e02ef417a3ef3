"""The filters that many resources share: equal to, like, one of, flags, times."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from simulator.api.v1.query_forms import DATE, INTEGER, TEXT, TEXTS, TRUTH, Form
from simulator.api.v1.querying import Filter, Getter, Query, Test, null_value


@lru_cache(maxsize=512)
def like_pattern(pattern: str) -> re.Pattern[str]:
    """A SQL LIKE pattern as a regular expression: `%` any text, `_` any character, `\\` takes the next as it is."""
    parts: list[str] = []
    letters = iter(pattern)
    for letter in letters:
        if letter == "\\":
            parts.append(re.escape(next(letters, "\\")))
        else:
            parts.append({"%": ".*", "_": "."}.get(letter) or re.escape(letter))
    return re.compile("".join(parts), re.DOTALL)


def equals(name: str, get: Getter, form: Form = TEXT, read: Callable[[Any], Any] | None = None) -> Filter:
    """What a row has equals the value; `read` turns the wire's value into the row's (an id into a key)."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        wanted = value if read is None else read(value)
        engine = query.engine
        yield lambda row: get(engine, row) == wanted

    return Filter(name, form, ask)


def differs(name: str, get: Getter) -> Filter:
    """What a row has is there and differs from the value."""

    def ask(query: Query, value: Any) -> Iterable[Test]:
        engine = query.engine
        yield lambda row: get(engine, row) not in (None, value)

    return Filter(name, TEXT, ask)


def like(name: str, get: Getter, *, inverted: bool = False) -> Filter:
    """What a row has matches a SQL LIKE pattern, or (`inverted`) does not; a row that has nothing never does."""

    def ask(query: Query, value: str) -> Iterable[Test]:
        matches, engine = like_pattern(value).fullmatch, query.engine

        def test(row: Any) -> bool:
            found = get(engine, row)
            return found is not None and (matches(found) is None) is inverted

        yield test

    return Filter(name, TEXT, ask)


def one_of(
    name: str,
    get: Getter,
    label: str | None = None,
    *,
    inverted: bool = False,
    read: Callable[[Any], Any] | None = None,
    form: Form = TEXTS,
) -> Filter:
    """What a row has is (or, `inverted`, is not) in a list.

    An empty list does not filter; `form` TEXT_SET takes an empty parameter as a list of one empty text. `label` is
    what the engine calls the list when it refuses a null in it.
    """

    def ask(query: Query, values: list[Any]) -> Iterable[Test]:
        if not values:
            return
        ensure_no_null(values, label or name)
        wanted = frozenset(values if read is None else map(read, values))
        engine = query.engine

        def test(row: Any) -> bool:
            found = get(engine, row)
            return found is not None and (found in wanted) is not inverted

        yield test

    return Filter(name, form, ask)


def ensure_no_null(values: Iterable[Any], label: str) -> None:
    """Refuse a list with a null in it."""
    if any(value is None for value in values):
        raise null_value(f"{label} contains null value")


def tenants(include: str = "") -> Filter:
    """One of some tenants, with what belongs to none where the parameter `include` says so."""

    def ask(query: Query, values: list[str | None]) -> Iterable[Test]:
        ensure_no_null(values, "tenantIds")
        if values and not query.holds("withoutTenantId"):
            wanted = {*values, None} if query.holds(include) else set(values)
            yield lambda row: row.tenant in wanted

    return Filter("tenantIdIn", TEXTS, ask)


def flag(name: str, get: Getter) -> Filter:
    """When true, the getter's truth must hold; false does not filter."""

    def ask(query: Query, value: bool) -> Iterable[Test]:
        if value:
            engine = query.engine
            yield lambda row: bool(get(engine, row))

    return Filter(name, TRUTH, ask)


def option(name: str, form: Form = TRUTH) -> Filter:
    """A field that changes how other filters work and filters nothing itself."""
    return Filter(name, form, lambda _query, _value: ())


def nothing(name: str, form: Form = TEXT) -> Filter:
    """A filter by something that no row here can have."""
    return Filter(name, form, lambda _query, _value: (lambda _row: False,))


def at_least(name: str, get: Getter, form: Form = INTEGER) -> Filter:
    """What a row has is there and not less than the value."""
    return _compared(name, get, form, lambda found, value: bool(found >= value))


def at_most(name: str, get: Getter, form: Form = INTEGER) -> Filter:
    """What a row has is there and not more than the value."""
    return _compared(name, get, form, lambda found, value: bool(found <= value))


def before(name: str, get: Getter, *, inclusive: bool = False) -> Filter:
    """The row's time (milliseconds) is there and before the value, or (`inclusive`) the same."""
    if inclusive:
        return at_most(name, get, DATE)
    return _compared(name, get, DATE, lambda found, value: bool(found < value))


def after(name: str, get: Getter, *, inclusive: bool = False) -> Filter:
    """The row's time (milliseconds) is there and after the value, or (`inclusive`) the same."""
    if inclusive:
        return at_least(name, get, DATE)
    return _compared(name, get, DATE, lambda found, value: bool(found > value))


def _compared(name: str, get: Getter, form: Form, fits: Callable[[Any, Any], bool]) -> Filter:
    def ask(query: Query, value: Any) -> Iterable[Test]:
        engine = query.engine

        def test(row: Any) -> bool:
            found = get(engine, row)
            return found is not None and fits(found, value)

        yield test

    return Filter(name, form, ask)
