"""Searches: filter, sort, page, and the answer with its cursors."""

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from simulator.api.frame import Call, Reply
from simulator.api.v2.bodies import read_json, unparseable
from simulator.api.v2.conditions import NotListed
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import INT_HIGHEST, Kind, Mismatch, int32, read_fields, text
from simulator.api.v2.problems import UNREADABLE, Problem, bad_request, invalid

DEFAULT_LIMIT, HIGHEST_LIMIT = 100, 10_000
PAGE = {"from": int32, "limit": int32, "after": text, "before": text}
SORT = {"field": text, "order": text}
BODY = ("filter", "sort", "page")

Read = Callable[[Any, Gateway], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searchable:
    """A kind of records: how its fields are read off a record, filtered and sorted.

    `key` reads what counts a record; `found` gives the records that could fit a filter, all or those of one process
    instance; `orders` are readings to sort by where they differ from those to filter by.
    """

    key: Callable[[Any], int]
    found: Callable[[Gateway, Mapping[str, Any]], Iterable[Any]]
    read: Mapping[str, Read]
    filters: Mapping[str, Kind]
    sorts: Sequence[str]
    show: Callable[[Any, Gateway], dict[str, Any]]
    orders: Mapping[str, Read]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The part of what was found that is asked for; cursors are the keys of records."""

    limit: int = DEFAULT_LIMIT
    first: int = 0
    after: int | None = None
    before: int | None = None


def search(
    call: Call,
    gateway: Gateway,
    searchable: Searchable,
    check: Callable[[Mapping[str, Any]], None] | None = None,
) -> Reply:
    """Answer a search; `check` looks at a body that has been read."""
    body = read_json(call)
    if body is not None and not isinstance(body, dict):
        raise bad_request(UNREADABLE)
    body = body or {}
    for name in body:
        if name not in BODY:
            raise unparseable((name,), gateway.strict)
    wanted = body.get("filter") or {}
    tests = read_filter(wanted, searchable.filters, gateway, "filter")
    sort = _read_sort(body.get("sort"), searchable, gateway)
    page = _read_page(body.get("page"), gateway)
    if check is not None:
        check(body)
    records = [
        record
        for record in searchable.found(gateway, wanted)
        if fits(record, tests, searchable.read, gateway)
    ]
    records.sort(key=searchable.key)
    for read, descending in reversed(sort):
        records.sort(key=lambda record: _rank(read(record, gateway)), reverse=descending)
    return gateway.reply(_answer(records, page, searchable, gateway))


def read_filter(wanted: Any, filters: Mapping[str, Kind], gateway: Gateway, *path: str) -> dict[str, Any]:
    """The tests of a filter by field; raises `Problem`."""
    if not isinstance(wanted, dict):
        raise unparseable(path, gateway.strict)
    try:
        found = read_fields(wanted, filters, gateway.strict)
    except NotListed as unlisted:
        name, value, names = unlisted.path[-3:]
        raise _not_listed(str(name), str(value), names) from None
    except Mismatch as mismatch:
        raise unparseable((*path, *mismatch.path), gateway.strict) from None
    return {name: test for name, test in found.items() if test is not None}


def _not_listed(field: str, value: str, names: Any) -> Problem:
    listed = ", ".join(names)
    return invalid(
        f"Unexpected value '{value}' for enum field '{field}'. Use any of the following values: [{listed}]"
    )


def fits(record: Any, tests: Mapping[str, Any], read: Mapping[str, Read], gateway: Gateway) -> bool:
    """Whether a record passes all tests."""
    return all(test(read[name](record, gateway)) for name, test in tests.items())


def _rank(value: Any) -> tuple[bool, Any]:
    return value is None, 0 if value is None else value


def _read_sort(given: Any, searchable: Searchable, gateway: Gateway) -> list[tuple[Read, bool]]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise unparseable(("sort",), gateway.strict)
    found = []
    for item in given:
        try:
            fields = read_fields(item if isinstance(item, dict) else {"": item}, SORT, gateway.strict)
        except Mismatch as mismatch:
            raise unparseable(("sort", None, *mismatch.path), gateway.strict) from None
        name, order = fields.get("field"), (fields.get("order") or "ASC").upper()
        if name is None:
            raise invalid("Sort field must not be null.")
        if name not in searchable.sorts:
            raise _not_listed("field", name, searchable.sorts)
        if order not in ("ASC", "DESC"):
            raise _not_listed("order", fields["order"], ("ASC", "DESC"))
        found.append((searchable.orders.get(name, searchable.read[name]), order == "DESC"))
    return found


def _read_page(given: Any, gateway: Gateway) -> Page:
    if given is None:
        return Page()
    if not isinstance(given, dict):
        raise unparseable(("page",), gateway.strict)
    try:
        fields = read_fields(given, PAGE, gateway.strict)
    except Mismatch as mismatch:
        raise unparseable(("page", *mismatch.path), gateway.strict) from None
    if sum(fields.get(name) is not None for name in ("from", "after", "before")) > 1:
        raise invalid("Only one of [from, after, before] is allowed.")
    limit, first = fields.get("limit"), fields.get("from")
    if limit is not None and not 1 <= limit <= HIGHEST_LIMIT:
        raise invalid(
            f"The value for page.limit is '{limit}' but must be within the [1,{HIGHEST_LIMIT}] range."
        )
    if first is not None and not 0 <= first <= INT_HIGHEST:
        raise invalid(f"The value for page.from is '{first}' but must be not negative.")
    return Page(
        limit=DEFAULT_LIMIT if limit is None else limit,
        first=first or 0,
        after=_read_cursor(fields.get("after"), "after"),
        before=_read_cursor(fields.get("before"), "before"),
    )


def cursor(key: int) -> str:
    """A record's place as a text."""
    return base64.b64encode(msgspec.json.encode([key])).decode()


def _read_cursor(given: str | None, name: str) -> int | None:
    if given is None:
        return None
    try:
        found = msgspec.json.decode(base64.b64decode(given, validate=True), type=tuple[int])
    except (ValueError, msgspec.DecodeError):
        raise invalid(f"Cannot decode the cursor '{given}' of page.{name}.") from None
    return found[0]


def _answer(records: list[Any], page: Page, searchable: Searchable, gateway: Gateway) -> dict[str, Any]:
    start, end = _bounds(records, page, searchable)
    part = records[start:end]
    shown: dict[str, Any] = {"totalItems": len(records), "hasMoreTotalItems": False}
    if part:
        shown |= {
            "startCursor": cursor(searchable.key(part[0])),
            "endCursor": cursor(searchable.key(part[-1])),
        }
    return {"items": [searchable.show(record, gateway) for record in part], "page": shown}


def _bounds(records: list[Any], page: Page, searchable: Searchable) -> tuple[int, int]:
    marker = page.after if page.before is None else page.before
    if marker is None:
        return page.first, page.first + page.limit
    places = (place for place, record in enumerate(records) if searchable.key(record) == marker)
    place = next(places, None)
    if place is None:
        return 0, 0
    if page.before is None:
        return place + 1, place + 1 + page.limit
    return max(place - page.limit, 0), place
