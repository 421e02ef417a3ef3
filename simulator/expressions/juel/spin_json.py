"""Spin's JSON node: reading, changing, JSONPath."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

from simulator.core.java import EnumConstant, HashMap, JavaSet, SpinJson, SpinList, java_equals, java_text
from simulator.core.java.stored import UndeserializableError, parse_json
from simulator.core.typed_values import json_node_type
from simulator.expressions.juel.errors import JavaNotModelledError, thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT
from simulator.expressions.juel.json_path import PathNotModelledError, PathSyntaxError, find, read_path

_SPIN: Final = "org.camunda.spin.json."
_NODE_CLASS: Final = "org.camunda.spin.impl.json.jackson.JacksonJsonNode"
_NODE_TYPES: Final = ("ARRAY", "BINARY", "BOOLEAN", "MISSING", "NULL", "NUMBER", "OBJECT", "POJO", "STRING")


class JsonQuery:
    """A compiled JSONPath bound to a node."""

    java_class: ClassVar[str] = "org.camunda.spin.impl.json.jackson.query.JacksonJsonPathQuery"
    __slots__ = ("definite", "found")

    def __init__(self, found: list[Any], definite: bool) -> None:
        self.found = found
        self.definite = definite


def _missing(name: Any) -> Exception:
    return thrown(
        _SPIN + "SpinJsonPropertyException", f"SPIN/JACKSON-JSON-01004 Unable to find '{java_text(name)}'"
    )


def _expected(kind: str, node: Any) -> Exception:
    return thrown(
        _SPIN + "SpinJsonDataFormatException",
        f"SPIN/JACKSON-JSON-01002 Expected '{kind}', got '{json_node_type(node)}'",
    )


def to_node(value: Any) -> Any:
    """Turn a Java value into what a JSON tree holds."""
    match value:
        case SpinJson():
            return value.node
        case JavaSet():
            return [to_node(each) for each in value.elements]
        case list():
            return [to_node(each) for each in value]
        case dict():
            return {java_text(key): to_node(each) for key, each in value.items()}
        case None | bool() | str() | int() | float():
            return value
    raise JavaNotModelledError(_NODE_CLASS, f"a node made of {type(value).__name__}")


def _property(json: SpinJson, name: str) -> SpinJson:
    if not isinstance(json.node, dict) or name not in json.node:
        raise _missing(name)
    return SpinJson(json.node[name])


def _set_property(json: SpinJson, name: str, value: Any) -> SpinJson:
    _object(json)[name] = to_node(value)
    return json


def _object(json: SpinJson) -> dict[str, Any]:
    if not isinstance(json.node, dict):
        raise _expected("OBJECT", json.node)
    return json.node


def _array(json: SpinJson) -> list[Any]:
    if not isinstance(json.node, list):
        raise _expected("SpinList", json.node)
    return json.node


def _delete(json: SpinJson, name: str) -> SpinJson:
    if not isinstance(json.node, dict) or name not in json.node:
        raise _missing(name)
    del json.node[name]
    return json


def _scalar(kind: str, fits: Callable[[Any], bool]) -> Callable[[SpinJson], Any]:
    def read(json: SpinJson) -> Any:
        if not fits(json.node):
            raise _expected(kind, json.node)
        return json.node

    return read


def _value(json: SpinJson) -> Any:
    if isinstance(json.node, dict | list):
        raise _expected("String/Number/Boolean/Null", json.node)
    return json.node


def _elements(json: SpinJson) -> SpinList:
    return SpinList(SpinJson(each) for each in _array(json))


def _index(json: SpinJson, value: Any) -> int:
    wanted = to_node(value)
    found = next((at for at, each in enumerate(_array(json)) if java_equals(each, wanted)), -1)
    if found < 0:
        raise _missing(value)
    return found


def _last_index(json: SpinJson, value: Any) -> int:
    wanted, items = to_node(value), _array(json)
    found = next((at for at in range(len(items) - 1, -1, -1) if java_equals(items[at], wanted)), -1)
    if found < 0:
        raise _missing(value)
    return found


def _append(json: SpinJson, value: Any) -> SpinJson:
    _array(json).append(to_node(value))
    return json


def _insert(json: SpinJson, index: int, value: Any) -> SpinJson:
    _array(json).insert(index, to_node(value))
    return json


def _outside(index: int, items: list[Any]) -> str:
    return f"SPIN/JACKSON-JSON-01012 Index is out of bound! Index: '{index}', Size: '{len(items)}'"


def _remove_at(json: SpinJson, index: int) -> SpinJson:
    items = _array(json)
    if not -len(items) <= index < len(items):
        raise thrown("java.lang.IndexOutOfBoundsException", _outside(index, items))
    del items[index]
    return json


def _is(kind: str) -> Callable[[SpinJson], bool]:
    return lambda json: json_node_type(json.node) == kind


def _map_to(json: SpinJson, java_name: str) -> Any:
    match java_name:
        case "java.util.HashMap":
            return HashMap(_object(json))
        case "java.util.LinkedHashMap" | "java.util.Map":
            return dict(_object(json))
        case "java.util.ArrayList" | "java.util.List":
            return list(_array(json))
    raise JavaNotModelledError(java_name, "mapTo")


def _query(json: SpinJson, path: str) -> JsonQuery:
    try:
        steps = read_path(path)
    except PathNotModelledError:
        raise JavaNotModelledError("com.jayway.jsonpath.JsonPath", path) from None
    except PathSyntaxError:
        message = f"SPIN/JACKSON-JSON-01014 Unable to compile '{path}'!"
        raise thrown(_SPIN + "SpinJsonPathException", message) from None
    return JsonQuery(find(json.node, steps), all(step.definite for step in steps))


def _found(query: JsonQuery) -> Any:
    if not query.definite:
        return list(query.found)
    if not query.found:
        message = f"SPIN/JACKSON-JSON-01013 Unable to evaluate JsonPath expression on element '{_NODE_CLASS}'"
        raise thrown(_SPIN + "SpinJsonPathException", message)
    return query.found[0]


def _found_as(read: Callable[[SpinJson], Any]) -> Callable[[JsonQuery], Any]:
    return lambda query: read(SpinJson(_found(query)))


def json_of(text: str) -> SpinJson:
    """Parse a text, a failure being Spin's own."""
    try:
        return parse_json(text)
    except UndeserializableError as malformed:
        raise thrown(malformed.java_class, malformed.reason) from None


_number = _scalar("Number", lambda node: isinstance(node, int | float) and not isinstance(node, bool))
_string = _scalar("String", lambda node: isinstance(node, str))
_boolean = _scalar("Boolean", lambda node: isinstance(node, bool))
JSON_NODE: Final[JavaClass] = java_class(
    _NODE_CLASS,
    {
        "prop(String)": _property,
        "prop(String, String)": _set_property,
        "prop(String, Number)": _set_property,
        "prop(String, int)": _set_property,
        "prop(String, long)": _set_property,
        "prop(String, float)": _set_property,
        "prop(String, Boolean)": _set_property,
        "prop(String, boolean)": _set_property,
        "prop(String, Collection)": _set_property,
        "prop(String, Map)": _set_property,
        "prop(String, Json)": _set_property,
        "hasProp(String)": lambda json, name: isinstance(json.node, dict) and name in json.node,
        "deleteProp(String)": _delete,
        "fieldNames()": lambda json: list(_object(json)),
        "value()": _value,
        "numberValue()": _number,
        "stringValue()": _string,
        "boolValue()": _boolean,
        "elements()": _elements,
        "append(Object)": _append,
        "insertAt(int, Object)": _insert,
        "insertBefore(Object, Object)": lambda json, mark, value: _insert(json, _index(json, mark), value),
        "insertAfter(Object, Object)": lambda json, mark, value: _insert(json, _index(json, mark) + 1, value),
        "remove(Object)": lambda json, value: _remove_at(json, _index(json, value)),
        "removeLast(Object)": lambda json, value: _remove_at(json, _last_index(json, value)),
        "removeAt(int)": _remove_at,
        "indexOf(Object)": _index,
        "lastIndexOf(Object)": _last_index,
        "contains(Object)": lambda json, value: any(
            java_equals(each, to_node(value)) for each in _array(json)
        ),
        "isObject() boxed": _is("OBJECT"),
        "isArray() boxed": _is("ARRAY"),
        "isNumber() boxed": _is("NUMBER"),
        "isString() boxed": _is("STRING"),
        "isBoolean() boxed": _is("BOOLEAN"),
        "isNull() boxed": _is("NULL"),
        "isValue() boxed": lambda json: not isinstance(json.node, dict | list),
        "getObject()": _is("OBJECT"),
        "getNodeType()": lambda json: EnumConstant(
            "com.fasterxml.jackson.databind.node.JsonNodeType",
            json_node_type(json.node),
            _NODE_TYPES.index(json_node_type(json.node)),
        ),
        "getDataFormatName()": lambda _: "application/json",
        "jsonPath(String)": _query,
        "mapTo(String)": _map_to,
        "toString()": java_text,
    },
    parent=OBJECT,
    not_modelled="writeToWriter unwrap deleteProps propAs",
)
QUERY: Final[JavaClass] = java_class(
    JsonQuery.java_class,
    {
        "element()": _found_as(lambda json: json),
        "elementList()": _found_as(_elements),
        "numberValue()": _found_as(_number),
        "stringValue()": _found_as(_string),
        "boolValue()": _found_as(_boolean),
    },
    parent=OBJECT,
)
