"""Iterators, streams, Optional and map entries: objects that live only inside an expression."""

from typing import Any, ClassVar, Final

from simulator.core.java import Long, java_text, wrap
from simulator.expressions.juel.comparison import less
from simulator.expressions.juel.errors import thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT


class ListIterator:
    """A java.util.Iterator over a fixed list."""

    java_class: ClassVar[str] = "java.util.ArrayList$Itr"
    __slots__ = ("at", "elements")

    def __init__(self, elements: list[Any]) -> None:
        self.elements = elements
        self.at = 0


class Stream:
    """A java.util.stream.Stream over a list."""

    java_class: ClassVar[str] = "java.util.stream.ReferencePipeline$Head"
    __slots__ = ("elements",)

    def __init__(self, elements: list[Any]) -> None:
        self.elements = elements


class IntStream:
    """A java.util.stream.IntStream."""

    java_class: ClassVar[str] = "java.util.stream.IntPipeline$Head"
    __slots__ = ("elements",)

    def __init__(self, elements: list[int]) -> None:
        self.elements = elements


class Optional:
    """A java.util.Optional; None inside is emptiness."""

    java_class: ClassVar[str] = "java.util.Optional"
    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __str__(self) -> str:
        return "Optional.empty" if self.value is None else f"Optional[{java_text(self.value)}]"


class Entry:
    """A java.util.Map.Entry."""

    java_class: ClassVar[str] = "java.util.LinkedHashMap$Entry"
    __slots__ = ("key", "value")

    def __init__(self, key: Any, value: Any) -> None:
        self.key = key
        self.value = value

    def __str__(self) -> str:
        return f"{java_text(self.key)}={java_text(self.value)}"


class _Ordered:
    """A sort key that follows compareTo."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __lt__(self, other: "_Ordered") -> bool:
        return less(self.value, other.value)


def sorted_values(elements: list[Any]) -> list[Any]:
    """Sort by natural order."""
    return sorted(elements, key=_Ordered)


def _next(iterator: ListIterator) -> Any:
    if iterator.at >= len(iterator.elements):
        raise thrown("java.util.NoSuchElementException", None)
    iterator.at += 1
    return iterator.elements[iterator.at - 1]


def _present(optional: Optional) -> Any:
    if optional.value is None:
        raise thrown("java.util.NoSuchElementException", "No value present")
    return optional.value


def _distinct(stream: Stream) -> Stream:
    kept: list[Any] = []
    for each in stream.elements:
        if not any(OBJECT.methods["equals"][0].call(each, other) for other in kept):
            kept.append(each)
    return Stream(kept)


ITERATOR: Final[JavaClass] = java_class(
    ListIterator.java_class,
    {"hasNext()": lambda iterator: iterator.at < len(iterator.elements), "next()": _next},
    parent=OBJECT,
    not_modelled="remove forEachRemaining",
)
STREAM: Final[JavaClass] = java_class(
    Stream.java_class,
    {
        "count()": lambda stream: Long(len(stream.elements)),
        "findFirst()": lambda stream: Optional(stream.elements[0] if stream.elements else None),
        "findAny()": lambda stream: Optional(stream.elements[0] if stream.elements else None),
        "sorted()": lambda stream: Stream(sorted_values(stream.elements)),
        "distinct()": _distinct,
        "limit(long)": lambda stream, count: Stream(stream.elements[: max(count, 0)]),
        "skip(long)": lambda stream, count: Stream(stream.elements[max(count, 0) :]),
        "toList()": lambda stream: list(stream.elements),
        "iterator()": lambda stream: ListIterator(stream.elements),
    },
    parent=OBJECT,
    not_modelled="map filter reduce collect forEach anyMatch allMatch noneMatch mapToInt flatMap max min "
    "toArray peek parallel sequential boxed",
)
INT_STREAM: Final[JavaClass] = java_class(
    IntStream.java_class,
    {
        "count()": lambda stream: Long(len(stream.elements)),
        "sum()": lambda stream: wrap(sum(stream.elements), 32),
    },
    parent=OBJECT,
    not_modelled="max min average map filter boxed toArray distinct sorted limit skip",
)
OPTIONAL: Final[JavaClass] = java_class(
    Optional.java_class,
    {
        "get()": _present,
        "isPresent()": lambda optional: optional.value is not None,
        "isEmpty()": lambda optional: optional.value is None,
        "orElse(Object)": lambda optional, other: other if optional.value is None else optional.value,
        "toString()": str,
    },
    parent=OBJECT,
    not_modelled="map filter orElseGet orElseThrow ifPresent stream or",
)
ENTRY: Final[JavaClass] = java_class(
    Entry.java_class,
    {"getKey()": lambda entry: entry.key, "getValue()": lambda entry: entry.value, "toString()": str},
    parent=OBJECT,
    not_modelled="setValue comparingByKey comparingByValue",
)
