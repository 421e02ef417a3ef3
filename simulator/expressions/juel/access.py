"""Properties, indexes and method calls on values of any class."""

from decimal import Decimal
from typing import Any, Final

from simulator.core.java import (
    BigInteger,
    Byte,
    Character,
    Date,
    EnumConstant,
    FileValue,
    Float32,
    HashMap,
    JavaArray,
    JavaSet,
    Long,
    Short,
    SpinJson,
    SpinList,
    SpinXml,
    java_text,
)
from simulator.expressions.juel import containers, moments, numbers, spin_json, spin_xml, streams, texts
from simulator.expressions.juel.coercion import NUMBERS, to_long, to_text
from simulator.expressions.juel.errors import (
    METHOD_NOT_FOUND,
    ElError,
    JavaNotModelledError,
    thrown,
    unknown_property,
    wrong,
)
from simulator.expressions.juel.java_class import JavaClass, find_method
from simulator.expressions.juel.java_object import CLASS, OBJECT, ClassObject, java_name

_CLASSES: Final[dict[type, JavaClass]] = {
    str: texts.STRING,
    Character: texts.CHARACTER,
    int: numbers.INTEGER,
    Long: numbers.LONG,
    Short: numbers.SHORT,
    Byte: numbers.BYTE,
    float: numbers.DOUBLE,
    Float32: numbers.FLOAT,
    Decimal: numbers.DECIMAL,
    BigInteger: numbers.BIG_INTEGER,
    bool: numbers.BOOLEAN,
    list: containers.LIST,
    SpinList: containers.LIST,
    dict: containers.MAP,
    HashMap: containers.HASH_MAP,
    JavaSet: containers.SET,
    JavaArray: OBJECT,
    bytes: OBJECT,
    Date: moments.DATE,
    moments.Instant: moments.INSTANT,
    moments.JodaDateTime: moments.JODA,
    SpinJson: spin_json.JSON_NODE,
    spin_json.JsonQuery: spin_json.QUERY,
    SpinXml: spin_xml.XML_ELEMENT,
    spin_xml.XmlAttribute: spin_xml.ATTRIBUTE,
    spin_xml.XPathQuery: spin_xml.XPATH,
    streams.ListIterator: streams.ITERATOR,
    streams.Stream: streams.STREAM,
    streams.IntStream: streams.INT_STREAM,
    streams.Optional: streams.OPTIONAL,
    streams.Entry: streams.ENTRY,
    ClassObject: CLASS,
}


def class_of(value: Any) -> JavaClass:
    """Find the class of a value or bean; JavaNotModelledError if the simulator has none for it."""
    known = _CLASSES.get(type(value))
    if known is not None:
        return known
    if isinstance(value, EnumConstant):
        return numbers.TIME_UNIT if value.java_class.endswith(".TimeUnit") else numbers.ENUM
    if isinstance(value, FileValue):
        raise JavaNotModelledError("java.io.ByteArrayInputStream", "*")
    bean = getattr(value, "java_bean", None)
    if isinstance(bean, JavaClass):
        return bean
    raise JavaNotModelledError(java_name(value), "*")


def read_property(base: Any, key: Any) -> Any:
    """Read `base[key]`; null at a null base and at a null key."""
    if base is None or key is None:
        return None
    if isinstance(base, dict):
        return base.get(key) if type(key) is str else containers.map_value(base, key)
    if isinstance(base, list):
        return _element(base, key)
    if isinstance(base, JavaArray):
        return _element(base.items, key)
    if isinstance(base, bytes):
        return _element([Byte(each - 256 if each > 127 else each) for each in base], key)
    owner, name = class_of(base), to_text(key)
    getter = owner.getters.get(name)
    if getter is not None:
        return getter(base)
    accessor = name[:1].upper() + name[1:]
    if f"get{accessor}" in owner.not_modelled or f"is{accessor}" in owner.not_modelled:
        raise JavaNotModelledError(owner.name, name)
    raise unknown_property(f"The class '{java_name(base)}' does not have the property '{name}'.")


def _element(elements: list[Any], key: Any) -> Any:
    index = _index(key)
    return elements[index] if 0 <= index < len(elements) else None


def _index(key: Any) -> int:
    kind = type(key)
    if kind in NUMBERS or kind is Character:
        return to_long(key, bits=32)
    if kind is str:
        digits = key[1:] if key[:1] in ("+", "-") else key
        if digits.isascii() and digits.isdigit() and len(digits) < 11 and -(2**31) <= int(key) < 2**31:
            return int(key)
        raise wrong(f'For input string: "{key}"', "java.lang.NumberFormatException")
    raise wrong(None, "java.lang.IllegalArgumentException")


def call_method(base: Any, name: Any, arguments: list[Any]) -> Any:
    """Call `base.name(arguments)` with Java's choice among overloads."""
    owner = class_of(base)
    try:
        if not arguments:
            for overload in owner.methods.get(name, ()):
                if not overload.parameters:
                    return overload.call(base)
        signature, values = find_method(owner, to_text(name), arguments)
        return signature.call(base, *values)
    except ElError as failure:
        if failure.prefix is None or failure.cause == METHOD_NOT_FOUND:
            raise
        raise thrown(failure.cause, failure.text) from None
    except (AttributeError, TypeError):
        if None not in arguments:
            raise
        raise thrown("java.lang.NullPointerException", None) from None
    except (OverflowError, MemoryError):
        raise thrown("java.lang.ArithmeticException", f"overflow in {java_text(name)}") from None


def unreachable(shown: str) -> ElError:
    """Make the failure of a call on null."""
    return unknown_property(f"Target unreachable, base expression '{shown}' resolved to null")
