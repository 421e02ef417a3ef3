"""Functions on lists."""

from functools import cmp_to_key

from simulator.expressions.feel.failures import InvocationFailed
from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.numbers import Number, truncate
from simulator.expressions.feel.operators import member, same
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.values import Function, Value, quoted


@builtin("list contains", "list:list", "element:any")
def list_contains(items: list[Value], element: Value) -> bool:
    """Whether an item equals the element; a context never does."""
    return any(member(item, element) for item in items)


@builtin("count", "list:list")
def count(items: list[Value]) -> int:
    """The number of items."""
    return len(items)


@builtin("is empty", "list:list")
def is_empty(items: list[Value]) -> bool:
    """Whether there is no item."""
    return not items


@builtin("sublist", "list:list", "start position:number", "length:number", optional=1)
def sublist(run: Run, items: list[Value], position: Number, length: Number | None = None) -> list[Value]:
    """Items from a position, counted from 1 or back from the end."""
    start = truncate(position)
    if start == 0:
        if run.release.zero_position_fails:
            raise InvocationFailed("start position must be a non-zero number")
        return []
    begin = start - 1 if start > 0 else max(len(items) + start, 0)
    end = len(items) if length is None else max(begin + truncate(length), begin)
    return items[begin:end]


@builtin("append", "list:list", "items:any", rest="items")
def append(items: list[Value], more: list[Value]) -> list[Value]:
    """The list with items behind it."""
    return [*items, *more]


def _joined(lists: list[Value]) -> list[Value]:
    return [item for part in lists for item in (part if type(part) is list else [part])]


@builtin("concatenate", "lists:any", rest="items")
def concatenate(lists: list[Value]) -> list[Value]:
    """The items of all lists; what is no list is an item."""
    return _joined(lists)


@builtin("insert before", "list:list", "position:number", "newItem:any")
def insert_before(run: Run, items: list[Value], position: Number, item: Value) -> list[Value]:
    """The list with an item more; beyond the end it is the last one."""
    start = truncate(position)
    if start == 0:
        if run.release.zero_position_fails:
            raise InvocationFailed("position must be a non-zero number")
        return [*items, item]
    index = start - 1 if start > 0 else max(len(items) + start, 0)
    return [*items[:index], item, *items[index:]]


@builtin("remove", "list:list", "position:number")
def remove(run: Run, items: list[Value], position: Number) -> list[Value]:
    """The list without the item at a position."""
    start = truncate(position)
    if start == 0:
        if run.release.zero_position_fails:
            raise InvocationFailed("position must be a non-zero number")
        return [*items, *items]
    index = start - 1 if start > 0 else len(items) + start
    return [item for place, item in enumerate(items) if place != index]


@builtin("reverse", "list:list")
def reverse(items: list[Value]) -> list[Value]:
    """From the end to the start."""
    return items[::-1]


@builtin("index of", "list:list", "match:any")
def index_of(run: Run, items: list[Value], match: Value) -> list[int]:
    """The positions of the items that equal the match."""
    equals = same if run.release.index_of_finds_contexts else member
    return [place for place, item in enumerate(items, 1) if equals(item, match) is True]


def _distinct(items: list[Value]) -> list[Value]:
    found: list[Value] = []
    for item in items:
        if not any(same(item, other) is True for other in found):
            found.append(item)
    return found


@builtin("union", "lists:any", rest="items")
def union(lists: list[Value]) -> list[Value]:
    """The items of all lists, each once."""
    return _distinct(_joined(lists))


@builtin("distinct values", "list:list")
def distinct_values(items: list[Value]) -> list[Value]:
    """Each item once, the first of its equals."""
    return _distinct(items)


@builtin("duplicate values", "list:list")
def duplicate_values(items: list[Value]) -> list[Value]:
    """The items that occur more than once."""
    return [item for item in _distinct(items) if sum(same(item, other) is True for other in items) > 1]


@builtin("flatten", "list:list")
def flatten(items: list[Value]) -> list[Value]:
    """The items of all lists within it, at any depth."""
    flat: list[Value] = []
    waiting = items[::-1]
    while waiting:
        item = waiting.pop()
        if type(item) is list:
            waiting.extend(reversed(item))
        else:
            flat.append(item)
    return flat


@builtin("sort", "list:list", "precedes:function")
def sort(items: list[Value], precedes: Function) -> list[Value]:
    """The items in the order that a function of two gives."""
    if len(precedes.parameters) != 2:
        found = len(precedes.parameters)
        raise InvocationFailed(f"expect boolean function with 2 arguments, but found '{found}'")

    def before(left: Value, right: Value) -> bool:
        result = precedes.body([left, right])
        if type(result) is not bool:
            raise InvocationFailed(
                f"fail to sort list by given precedes function: expected boolean but found '{quoted(result)}'"
            )
        return result

    def compare(left: Value, right: Value) -> int:
        return -1 if before(left, right) else 1 if before(right, left) else 0

    return sorted(items, key=cmp_to_key(compare))


@builtin("partition", "list:list", "size:number")
def partition(items: list[Value], size: Number) -> list[Value]:
    """Lists of at most so many items."""
    step = truncate(size)
    if step < 1:
        raise InvocationFailed(f"'size' should be greater than zero but was '{size}'")
    return [items[start : start + step] for start in range(0, len(items), step)]
