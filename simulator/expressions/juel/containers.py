"""java.util lists, sets, maps and arrays."""

from collections.abc import Callable
from typing import Any, Final

from simulator.core.java import HashMap, JavaArray, JavaSet, java_equals, java_hash, java_text
from simulator.core.java.equality import contains, find_key, index_of
from simulator.expressions.juel.errors import JavaNotModelledError, thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT
from simulator.expressions.juel.streams import Entry, ListIterator, Stream

_OUT_OF_BOUNDS: Final = "java.lang.IndexOutOfBoundsException"


def _checked(elements: list[Any], index: int) -> int:
    if not 0 <= index < len(elements):
        raise thrown(_OUT_OF_BOUNDS, f"Index {index} out of bounds for length {len(elements)}")
    return index


def _add(elements: list[Any], value: Any) -> bool:
    elements.append(value)
    return True


def _insert(elements: list[Any], index: int, value: Any) -> None:
    if not 0 <= index <= len(elements):
        raise thrown(_OUT_OF_BOUNDS, f"Index: {index}, Size: {len(elements)}")
    elements.insert(index, value)


def _replace(elements: list[Any], index: int, value: Any) -> Any:
    before = elements[_checked(elements, index)]
    elements[index] = value
    return before


def _remove(elements: list[Any], value: Any) -> bool:
    index = index_of(elements, value)
    if index >= 0:
        del elements[index]
    return index >= 0


def _last_index(elements: list[Any], value: Any) -> int:
    return next((at for at in range(len(elements) - 1, -1, -1) if java_equals(elements[at], value)), -1)


def _items(collection: Any) -> list[Any]:
    if collection is None:
        raise thrown("java.lang.NullPointerException", None)
    return collection.elements if isinstance(collection, JavaSet) else list(collection)


def _add_all(elements: list[Any], others: Any) -> bool:
    elements.extend(_items(others))
    return bool(_items(others))


def _sublist(elements: list[Any], start: int, end: int) -> list[Any]:
    if start < 0:
        raise thrown(_OUT_OF_BOUNDS, f"fromIndex = {start}")
    if end > len(elements):
        raise thrown(_OUT_OF_BOUNDS, f"toIndex = {end}")
    if start > end:
        raise thrown("java.lang.IllegalArgumentException", f"fromIndex({start}) > toIndex({end})")
    return elements[start:end]


def _contains_all(elements: list[Any], others: Any) -> bool:
    return all(contains(elements, each) for each in _items(others))


LIST: Final[JavaClass] = java_class(
    "java.util.ArrayList",
    {
        "size()": len,
        "get(int)": lambda elements, index: elements[_checked(elements, index)],
        "set(int, Object)": _replace,
        "add(Object)": _add,
        "add(int, Object)": _insert,
        "addAll(Collection)": _add_all,
        "remove(int)": lambda elements, index: elements.pop(_checked(elements, index)),
        "remove(Object)": _remove,
        "contains(Object)": contains,
        "containsAll(Collection)": _contains_all,
        "indexOf(Object)": index_of,
        "lastIndexOf(Object)": _last_index,
        "isEmpty()": lambda elements: not elements,
        "clear()": lambda elements: elements.clear(),
        "subList(int, int)": _sublist,
        "iterator()": lambda elements: ListIterator(elements),
        "stream()": lambda elements: Stream(elements),
        "toArray()": lambda elements: JavaArray(list(elements)),
        "toString()": java_text,
        "hashCode()": java_hash,
        "equals(Object)": java_equals,
        "clone()": lambda elements: list(elements),
    },
    parent=OBJECT,
    not_modelled="forEach removeIf removeAll retainAll sort replaceAll listIterator spliterator "
    "parallelStream ensureCapacity trimToSize of copyOf",
)


def _set_add(elements: JavaSet, value: Any) -> bool:
    if contains(elements.elements, value):
        return False
    elements.elements.append(value)
    return True


SET: Final[JavaClass] = java_class(
    "java.util.LinkedHashSet",
    {
        "size()": lambda values: len(values.elements),
        "contains(Object)": lambda values, value: contains(values.elements, value),
        "containsAll(Collection)": lambda values, others: _contains_all(values.elements, others),
        "isEmpty()": lambda values: not values.elements,
        "add(Object)": _set_add,
        "remove(Object)": lambda values, value: _remove(values.elements, value),
        "iterator()": lambda values: ListIterator(values.elements),
        "stream()": lambda values: Stream(values.elements),
        "toArray()": lambda values: JavaArray(list(values.elements)),
        "toString()": java_text,
        "hashCode()": java_hash,
        "equals(Object)": java_equals,
    },
    parent=OBJECT,
    not_modelled="addAll removeAll retainAll clear forEach removeIf spliterator parallelStream of copyOf",
)


def map_value(mapping: dict[Any, Any], key: Any, default: Any = None) -> Any:
    """Look a key up as a Java map does: Integer 1 is not Long 1."""
    found = find_key(mapping, key)
    return default if found is None else mapping[found[0]]


def _put(mapping: dict[Any, Any], key: Any, value: Any) -> Any:
    found = find_key(mapping, key)
    if found is None and key in mapping:
        raise JavaNotModelledError("java.util.Map", "keys that differ in their class only")
    before = None if found is None else mapping[found[0]]
    mapping[key if found is None else found[0]] = value
    return before


def _put_all(mapping: dict[Any, Any], other: dict[Any, Any]) -> None:
    for key, value in other.items():
        _put(mapping, key, value)


def _take(mapping: dict[Any, Any], key: Any) -> Any:
    found = find_key(mapping, key)
    return None if found is None else mapping.pop(found[0])


def _view(kind: str, take: Callable[[dict[Any, Any]], list[Any]]) -> Callable[[dict[Any, Any]], JavaSet]:
    return lambda mapping: JavaSet(take(mapping), f"java.util.LinkedHashMap$Linked{kind}")


def _put_if_absent(mapping: dict[Any, Any], key: Any, value: Any) -> Any:
    present = map_value(mapping, key)
    if present is None:
        _put(mapping, key, value)
    return present


_MAP_METHODS: Final[dict[str, Callable[..., Any]]] = {
    "size()": len,
    "get(Object)": map_value,
    "getOrDefault(Object, Object)": map_value,
    "put(Object, Object)": _put,
    "putIfAbsent(Object, Object)": _put_if_absent,
    "putAll(Map)": _put_all,
    "remove(Object)": _take,
    "containsKey(Object)": lambda mapping, key: find_key(mapping, key) is not None,
    "containsValue(Object)": lambda mapping, value: contains(list(mapping.values()), value),
    "isEmpty()": lambda mapping: not mapping,
    "clear()": lambda mapping: mapping.clear(),
    "keySet()": _view("KeySet", list),
    "values()": _view("Values", lambda mapping: list(mapping.values())),
    "entrySet()": _view("EntrySet", lambda mapping: [Entry(*each) for each in mapping.items()]),
    "toString()": java_text,
    "hashCode()": java_hash,
    "equals(Object)": java_equals,
}
_MAP_REST: Final = (
    "forEach replaceAll computeIfAbsent computeIfPresent compute merge replace clone of entry copyOf"
)
MAP: Final[JavaClass] = java_class(
    "java.util.LinkedHashMap", _MAP_METHODS, parent=OBJECT, not_modelled=_MAP_REST
)
HASH_MAP: Final[JavaClass] = java_class(
    "java.util.HashMap",
    {**_MAP_METHODS, "clone()": lambda mapping: HashMap(mapping)},
    parent=OBJECT,
    not_modelled=_MAP_REST,
)
