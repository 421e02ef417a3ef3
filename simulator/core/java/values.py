"""Java objects that Camunda 7 keeps as variables, beside numbers, texts, lists and dicts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from lxml.etree import _Element

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Date(msgspec.Struct, frozen=True, order=True, gc=False):
    """A java.util.Date: milliseconds since 1970 in UTC."""

    milliseconds: int

    @property
    def moment(self) -> datetime:
        """The same instant as a Python datetime in UTC; OverflowError outside the years 1 to 9999."""
        return _EPOCH + timedelta(milliseconds=self.milliseconds)

    @classmethod
    def of(cls, moment: datetime) -> "Date":
        """Take an aware datetime, cut to whole milliseconds."""
        return cls((moment - _EPOCH) // timedelta(milliseconds=1))


class HashMap(dict[Any, Any]):
    """A java.util.HashMap; a plain dict stands for a LinkedHashMap."""

    __slots__ = ()


class JavaSet:
    """A java.util.Set in insertion order, by default a LinkedHashSet."""

    __slots__ = ("elements", "java_class")

    def __init__(self, elements: list[Any], java_class: str = "java.util.LinkedHashSet") -> None:
        self.elements = elements
        self.java_class = java_class


class JavaArray:
    """A Java array: its items and the name of its class, such as `[Ljava.lang.String;`."""

    __slots__ = ("items", "java_class")

    def __init__(self, items: list[Any], java_class: str = "[Ljava.lang.Object;") -> None:
        self.items = items
        self.java_class = java_class


class SpinList(list[Any]):
    """The list that Spin answers for the elements of a JSON array or of an XML element."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class EnumConstant:
    """A constant of a Java enum: class, name and ordinal."""

    java_class: str
    name: str
    ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileValue:
    """A file variable: name, bytes, and what its sender said of type and encoding."""

    name: str
    content: bytes
    mime_type: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class TypedNull:
    """A null that remembers the type it was declared with (`String`, `Json`, ...)."""

    type: str


class SpinJson:
    """A node of a JSON tree as Spin wraps it; nodes of one tree share their lists and dicts."""

    __slots__ = ("node",)

    def __init__(self, node: Any) -> None:
        self.node = node


class SpinXml:
    """An element of an XML document as Spin wraps it."""

    __slots__ = ("element",)

    def __init__(self, element: _Element) -> None:
        self.element = element


TIME_UNITS: Final = (
    "NANOSECONDS",
    "MICROSECONDS",
    "MILLISECONDS",
    "SECONDS",
    "MINUTES",
    "HOURS",
    "DAYS",
)
