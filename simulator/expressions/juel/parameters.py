"""Parameter types of Java methods: which arguments they take as they are, and which after coercion."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

import msgspec

from simulator.core.java import Float32, Long, class_name
from simulator.expressions.juel.coercion import (
    to_big_integer,
    to_boolean,
    to_character,
    to_decimal,
    to_double,
    to_long,
    to_text,
)
from simulator.expressions.juel.errors import ElError

NUMERIC_TYPES: Final = frozenset(
    f"java.lang.{name}" for name in ("Byte", "Short", "Integer", "Long", "Float", "Double")
) | {"java.math.BigDecimal", "java.math.BigInteger"}


class Match(IntEnum):
    """How well an argument fits a parameter."""

    EXACT = 0
    ASSIGNABLE = 1
    COERCIBLE = 2


class JavaType(msgspec.Struct, frozen=True):
    """A parameter's type: the class it boxes to, the classes it takes, and its coercion (None: only null)."""

    boxed: str
    primitive: bool
    takes: frozenset[str]
    coercion: Callable[[Any], Any] | None

    def match(self, value: Any) -> Match | None:
        """Judge an argument; None if it does not fit."""
        if value is not None:
            own = class_name(value)
            if own == self.boxed and not self.primitive:
                return Match.EXACT
            if own == self.boxed or own in self.takes or self.boxed == "java.lang.Object":
                return Match.ASSIGNABLE
        if self.coercion is None:
            return Match.COERCIBLE if value is None else None
        try:
            self.coercion(value)
        except ElError:
            return None
        return Match.COERCIBLE

    def coerce(self, value: Any) -> Any:
        """Make the argument that the method gets."""
        if value is not None and (class_name(value) == self.boxed or class_name(value) in self.takes):
            return value
        if self.coercion is None:
            return value
        return self.coercion(value)


_LISTS: Final = frozenset(
    (
        "java.util.ArrayList",
        "org.camunda.spin.impl.SpinListImpl",
        "java.util.ImmutableCollections$ListN",
        "java.util.ArrayList$SubList",
    )
)
_SETS: Final = frozenset(
    (
        "java.util.LinkedHashSet",
        "java.util.HashSet",
        "java.util.LinkedHashMap$LinkedKeySet",
        "java.util.LinkedHashMap$LinkedValues",
        "java.util.LinkedHashMap$LinkedEntrySet",
    )
)


def _java_type(
    boxed: str, coercion: Callable[[Any], Any] | None, *, primitive: bool = False, takes: frozenset[str]
) -> JavaType:
    return JavaType(boxed, primitive, takes, coercion)


def _whole(bits: int, boxed: str) -> Callable[[Any], int]:
    return lambda value: to_long(value, boxed, bits)


def _boxed_long(value: Any) -> Long:
    return Long(to_long(value))


_NOTHING: Final[frozenset[str]] = frozenset()
_OBJECT_TYPE: Final = _java_type("java.lang.Object", None, takes=_NOTHING)
JAVA_TYPES: Final[dict[str, JavaType]] = {
    "int": _java_type("java.lang.Integer", _whole(32, "java.lang.Integer"), primitive=True, takes=_NOTHING),
    "long": _java_type("java.lang.Long", _boxed_long, primitive=True, takes=_NOTHING),
    "double": _java_type("java.lang.Double", to_double, primitive=True, takes=_NOTHING),
    "float": _java_type(
        "java.lang.Float", lambda value: Float32(to_double(value)), primitive=True, takes=_NOTHING
    ),
    "boolean": _java_type("java.lang.Boolean", to_boolean, primitive=True, takes=_NOTHING),
    "char": _java_type("java.lang.Character", to_character, primitive=True, takes=_NOTHING),
    "char[]": _java_type("[C", None, takes=_NOTHING),
    "Integer": _java_type("java.lang.Integer", _whole(32, "java.lang.Integer"), takes=_NOTHING),
    "Long": _java_type("java.lang.Long", _boxed_long, takes=_NOTHING),
    "Double": _java_type("java.lang.Double", to_double, takes=_NOTHING),
    "Boolean": _java_type("java.lang.Boolean", to_boolean, takes=_NOTHING),
    "Number": _java_type("java.lang.Number", None, takes=NUMERIC_TYPES),
    "BigDecimal": _java_type("java.math.BigDecimal", to_decimal, takes=_NOTHING),
    "BigInteger": _java_type("java.math.BigInteger", to_big_integer, takes=_NOTHING),
    "String": _java_type("java.lang.String", to_text, takes=_NOTHING),
    "CharSequence": _java_type("java.lang.CharSequence", None, takes=frozenset(("java.lang.String",))),
    "Object": _OBJECT_TYPE,
    "Date": _java_type("java.util.Date", None, takes=_NOTHING),
    "Instant": _java_type("java.time.Instant", None, takes=_NOTHING),
    "DateTime": _java_type("org.joda.time.DateTime", None, takes=_NOTHING),
    "Collection": _java_type("java.util.Collection", None, takes=_LISTS | _SETS),
    "Iterable": _java_type("java.lang.Iterable", None, takes=_LISTS | _SETS),
    "Map": _java_type(
        "java.util.Map", None, takes=frozenset(("java.util.LinkedHashMap", "java.util.HashMap"))
    ),
    "Json": _java_type("org.camunda.spin.impl.json.jackson.JacksonJsonNode", None, takes=_NOTHING),
}
