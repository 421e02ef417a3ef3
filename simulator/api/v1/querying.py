"""Lists on the wire: declared filters, sorting and paging, asked by query parameters or by a JSON body.

A resource declares a `Queryable` once; its handlers read a `Query` of it and let it find rows:

    TASKS = Queryable(filters=(equals("name", task_name), ...), sorts={"created": created}, identity=task_key)
    query = TASKS.read(call, engine)
    rows = query.find(candidates)

A getter takes the engine and a row. The order of the filters is the order in which their refusals count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.api.frame import Call
from simulator.api.v1.bodies import listing, mapping, read_object, text, unreadable
from simulator.api.v1.query_forms import Form, Unconvertible
from simulator.api.v1.rest_error import RestError, invalid
from simulator.core.java.hash_order import in_hash_order
from simulator.core.java.numeric import INT_MAX, INT_MIN
from simulator.engine.process_engine import ProcessEngine

Test = Callable[[Any], bool]
"""Whether a row fits."""
Getter = Callable[[ProcessEngine, Any], Any]
"""Takes something of a row: texts, numbers, truths or None."""
Ask = Callable[["Query", Any], Iterable[Test]]
"""Turns a filter's value into tests; raises `RestError` for a value that the engine refuses."""
SortByParameters = Callable[[Mapping[str, Any]], Getter]
"""Makes a sort key out of the `parameters` of an entry of `sorting`; raises `RestError`."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a resource: its name on the wire, how its value is written, what it asks of a row."""

    name: str
    form: Form
    ask: Ask


@dataclass(slots=True)
class Ordering:
    """One rank of the sorting."""

    key: Getter
    descending: bool | None = None


@dataclass(slots=True, kw_only=True)
class Query:
    """What a request asks of a resource: the values of its filters, read to tests, and the order and page wanted.

    `values` holds the filters that are set. `either` are the entries of `orQueries`: of each at least one test holds.
    `refused` is what the engine says when it sets about an otherwise right query. `always` are tests of an entry of
    `orQueries` that must hold whatever else does.
    """

    engine: ProcessEngine
    identity: Callable[[Any], Any]
    values: dict[str, Any]
    tests: list[Test] = field(default_factory=list)
    either: list["Query"] = field(default_factory=list)
    orders: list[Ordering] = field(default_factory=list)
    first: int | None = None
    most: int | None = None
    within_or: bool = False
    always: list[Test] = field(default_factory=list)
    refused: RestError | None = None

    def holds(self, name: str) -> bool:
        """Whether a truth filter is set to true."""
        return self.values.get(name) is True

    def fits(self, row: Any) -> bool:
        """Whether a row passes every filter."""
        return all(test(row) for test in self.tests) and all(entry.fits_one(row) for entry in self.either)

    def fits_one(self, row: Any) -> bool:
        """Whether a row passes at least one filter, where there is any."""
        return not self.tests or any(test(row) for test in self.tests)

    def count(self, candidates: Iterable[Any]) -> int:
        """How many rows fit; pages do not matter."""
        return sum(1 for row in candidates if self.fits(row))

    def find(self, candidates: Iterable[Any]) -> list[Any]:
        """The rows that fit, in order and cut to the page; without an order, in that of their making.

        Rows of the same rank are in the order of their making, too, or against it where the last key is descending.
        """
        tests = self.tests
        if self.either or len(tests) > 1:
            found = [row for row in candidates if self.fits(row)]
        else:
            found = list(filter(tests[0], candidates)) if tests else list(candidates)
        found.sort(key=self.identity)
        if self.orders and self.orders[-1].descending:
            found.reverse()
        for order in reversed(self.orders):
            found.sort(key=self._nulls_first(order.key), reverse=bool(order.descending))
        return self._page(found)

    def _nulls_first(self, key: Getter) -> Callable[[Any], tuple[bool, Any]]:
        engine = self.engine

        def comparable(row: Any) -> tuple[bool, Any]:
            value = key(engine, row)
            return value is not None, value

        return comparable

    def _page(self, rows: list[Any]) -> list[Any]:
        """A page as H2 gives it: nothing for negative numbers."""
        if self.first is None and self.most is None:
            return rows
        first, most = self.first or 0, INT_MAX if self.most is None else self.most
        if first < 0 or most < 0:
            return []
        return rows[first : first + most]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queryable:
    """What can be asked of a resource's rows.

    `identity` gives a row's key (an integer: rows without another order are in its order); `sorts` are the sort keys,
    `parametrized` those that need `parameters` in an entry of `sorting`.
    """

    filters: tuple[Filter, ...]
    sorts: Mapping[str, Getter]
    identity: Callable[[Any], Any]
    parametrized: Mapping[str, SortByParameters] = field(default_factory=dict)
    places: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = {each.name: place for place, each in enumerate(self.filters)}
        if len(places) < len(self.filters):
            message = "a resource has each filter once"
            raise ValueError(message)
        object.__setattr__(self, "places", places)

    def read(self, call: Call, engine: ProcessEngine, *, paged: bool = True) -> Query:
        """Read a request's query: of its parameters, or of its JSON body where the method is POST.

        Raises `RestError` for whatever is refused, in the engine's order. Counts are not `paged`.
        """
        first, most = (
            (_page_number(call, "firstResult"), _page_number(call, "maxResults")) if paged else (None, None)
        )
        query = (
            self.read_body(read_object(call), engine)
            if call.operation.method.upper() == "POST"
            else self._read_get(call, engine)
        )
        query.first, query.most = first, most
        return query

    def _read_get(self, call: Call, engine: ProcessEngine) -> Query:
        given = {name: values[0] for name, values in call.query.items()}
        values: dict[str, Any] = {}
        for name in in_hash_order(given):
            value = given[name]
            if name in ("sortBy", "sortOrder"):
                self._ensure_sortable(name, value)
            elif name in self.places:
                read = _convert(self.filters[self.places[name]].form, name, value)
                if read is not None:
                    values[name] = read
        query = Query(engine=engine, identity=self.identity, values=values)
        self._ask(query)
        self._order(query, given.get("sortBy"), given.get("sortOrder"), ())
        return query

    def _ensure_sortable(self, name: str, value: str) -> None:
        known: Iterable[str] = self.sorts if name == "sortBy" else ("asc", "desc")
        if value not in known:
            raise invalid(f"Cannot set query parameter '{name}' to value '{value}'")

    def read_body(self, body: Mapping[str, Any], engine: ProcessEngine) -> Query:
        """Read the JSON form of a query, as bodies and other requests' fields carry it; raises `RestError`."""
        sort_by, sort_order = self._read_sort(body)
        sorting = [_sorting_entry(entry) for entry in listing(body, "sorting") or ()]
        query = self._shape(body, engine)
        self._ask(query)
        self._order(query, sort_by, sort_order, sorting)
        return query

    def _read_sort(self, body: Mapping[str, Any]) -> tuple[str | None, str | None]:
        sort_by, sort_order = text(body, "sortBy"), text(body, "sortOrder")
        if (sort_by is not None and sort_by not in self.sorts) or sort_order not in (None, "asc", "desc"):
            raise unreadable()
        return sort_by, sort_order

    def _shape(self, body: Mapping[str, Any], engine: ProcessEngine) -> Query:
        """The values of a body and of its `orQueries`, nothing of them asked yet."""
        read = {each.name: each.form.from_json(body, each.name) for each in self.filters}
        values = {name: value for name, value in read.items() if value is not None}
        query = Query(engine=engine, identity=self.identity, values=values)
        for entry in listing(body, "orQueries") or ():
            if entry is None:
                raise _null_pointer("orQuery")
            if not isinstance(entry, dict):
                raise unreadable()
            self._read_sort(entry)
            query.either.append(self._shape(entry, engine))
        return query

    def _ask(self, query: Query) -> None:
        for entry in query.either:
            entry.within_or = True
            self._ask(entry)
            query.tests.extend(entry.always)
            query.refused = query.refused or entry.refused
        for place in sorted(self.places[name] for name in query.values):
            asked = self.filters[place]
            query.tests.extend(asked.ask(query, query.values[asked.name]))

    def _order(
        self, query: Query, sort_by: str | None, sort_order: str | None, sorting: Iterable[Any]
    ) -> None:
        """Follow the calls that the REST layer makes on the engine's query, with what each refuses."""
        if (sort_by is None) != (sort_order is None):
            raise invalid("Only a single sorting parameter specified. sortBy and sortOrder required")
        for entry in ((sort_by, sort_order, None), *sorting):
            if entry is None:
                raise _null_pointer("sorting")
            key = self._sort_key(entry[0], entry[2])
            if key is not None:
                query.orders.append(Ordering(key))
            if entry[1] in ("asc", "desc"):
                _direct(query.orders, entry[1] == "desc")
        if query.refused is not None:
            raise query.refused
        if any(order.descending is None for order in query.orders):
            raise not_valid("Invalid query: call asc() or desc() after using orderByXX(): direction is null")

    def _sort_key(self, name: str | None, parameters: Mapping[str, Any] | None) -> Getter | None:
        if name is None:
            return None
        if name in self.parametrized:
            return self.parametrized[name](parameters or {})
        return self.sorts.get(name)


def _direct(orders: list[Ordering], descending: bool) -> None:
    if not orders:
        message = "You should call any of the orderBy methods first before specifying a direction"
        raise not_valid(f"{message}: currentOrderingProperty is null")
    if orders[-1].descending is not None:
        message = "Invalid query: can specify only one direction desc() or asc() for an ordering constraint"
        raise not_valid(f"{message}: direction is not null")
    orders[-1].descending = descending


def _sorting_entry(entry: Any) -> tuple[str | None, str | None, Mapping[str, Any] | None] | None:
    if entry is None:
        return None
    if not isinstance(entry, dict):
        raise unreadable()
    return text(entry, "sortBy"), text(entry, "sortOrder"), mapping(entry, "parameters")


def _convert(form: Form, name: str, value: str) -> Any:
    try:
        return form.from_text(value)
    except Unconvertible as refusal:
        raise invalid(f"Cannot set query parameter '{name}' to value '{value}': {refusal.reason}") from None


def _page_number(call: Call, name: str) -> int | None:
    """`firstResult` or `maxResults`; what is no number is not found (JAX-RS 3.1, 3.2)."""
    values = call.query.get(name)
    if not values or not values[0]:
        return None
    try:
        number = (
            int(values[0])
            if values[0].isascii() and "_" not in values[0] and values[0].strip() == values[0]
            else None
        )
    except ValueError:
        number = None
    if number is None or not INT_MIN <= number <= INT_MAX:
        raise RestError(404, "QueryParamException", "HTTP 404 Not Found")
    return number


def _null_pointer(what: str) -> RestError:
    return RestError(500, "NullPointerException", f'Cannot invoke a method because "{what}" is null')


def not_valid(message: str) -> RestError:
    """The engine refuses a query as not valid."""
    return RestError(400, "NotValidException", message, 0)


def engine_failure(message: str) -> RestError:
    """The engine fails on a query."""
    return RestError(500, "ProcessEngineException", message, 0)


def null_value(message: str) -> RestError:
    """The engine misses a value."""
    return RestError(500, "NullValueException", message, 0)
