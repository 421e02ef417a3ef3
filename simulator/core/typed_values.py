"""Variables on the Camunda 7 wire: the triple of type, value and valueInfo, read and shown."""

import base64
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

import msgspec

from simulator.core.java.classes import CLASS_NAMES, class_name
from simulator.core.java.floating import double_text
from simulator.core.java.json_text import rest_date, write_json
from simulator.core.java.numeric import BigInteger, Byte, Character, Float32, Long, Short, whole_number
from simulator.core.java.stored import JAVA_FORMAT, JSON_FORMAT, ObjectValue, SpinText, canonical_type
from simulator.core.java.text import java_text, xml_text
from simulator.core.java.values import (
    Date,
    EnumConstant,
    FileValue,
    HashMap,
    JavaArray,
    JavaSet,
    SpinJson,
    SpinXml,
    TypedNull,
)
from simulator.core.typed_value_conversions import PRIMITIVES, convert_primitive
from simulator.core.typed_value_refusals import (
    AbstractValueType,
    EmptyValueType,
    FileRefused,
    JavaSerializationProhibited,
    NotStorable,
    ObjectTypeMissing,
    SerializedTextExpected,
    SerializerMissing,
    TextExpectedInValueInfo,
    TransientNotBoolean,
    UnconvertibleValue,
    UnsupportedValueType,
)


class TypedValue(msgspec.Struct, frozen=True):
    """A variable as REST shows it; `value` is plain JSON."""

    type: str
    value: Any
    value_info: dict[str, Any]


def read_typed_value(type_name: Any, value: Any, value_info: Mapping[str, Any] | None = None) -> Any:
    """Read what a request says of a variable into the value to store.

    `type_name` None lets the JSON value decide. Raises the kinds of `typed_value_refusals`.
    """
    if type_name is None:
        return _untyped(value)
    name = _canonical(java_text(type_name))
    if name in PRIMITIVES:
        read = _convert(name, java_text(type_name), value)
        return TypedNull(name) if read is None and name != "Null" else read
    match name:
        case "Object":
            return _read_object(value, value_info or {})
        case "Json" | "Xml":
            text = _serialized_text(name, value)
            return TypedNull(name) if text is None else SpinText(name, text)
        case "File":
            return _read_file(value, value_info)
        case "Number":
            raise AbstractValueType
    raise UnsupportedValueType(java_text(type_name))


def _convert(name: str, given: str, value: Any) -> Any:
    """Convert to a primitive type; a refusal names the type as it was given."""
    try:
        return convert_primitive(name, value)
    except UnconvertibleValue as refusal:
        refusal.type = given
        raise


def read_transient(type_name: Any, value: Any, value_info: Mapping[str, Any] | None) -> bool:
    """Tell whether valueInfo makes a variable transient, with the failures each type has for nonsense."""
    given = (value_info or {}).get("transient")
    if type_name is None or not value_info or "transient" not in value_info:
        return given is True
    if isinstance(given, bool):
        return given
    name = _canonical(java_text(type_name))
    if name in PRIMITIVES:
        raise UnconvertibleValue(java_text(value), java_text(type_name), PRIMITIVES[name][1])
    raise TransientNotBoolean


def _canonical(name: str) -> str:
    if not name:
        raise EmptyValueType
    return name[0].upper() + name[1:]


def _untyped(value: Any) -> Any:
    if isinstance(value, list):
        return [_untyped(each) for each in value]
    if isinstance(value, dict):
        return {key: _untyped(each) for key, each in value.items()}
    if isinstance(value, int) and not isinstance(value, bool):
        return whole_number(int(value))
    return value


def _serialized_text(name: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise SerializedTextExpected(name)
    return value


def _read_object(value: Any, value_info: Mapping[str, Any]) -> ObjectValue:
    text = _serialized_text("Object", value)
    for key in ("objectTypeName", "serializationDataFormat"):
        if not isinstance(value_info.get(key), str | None):
            raise TextExpectedInValueInfo(key, class_name(value_info[key]))
    object_type, serialization = value_info.get("objectTypeName"), value_info.get("serializationDataFormat")
    if serialization is None:
        raise SerializerMissing(object_type, None if text is None else len(text))
    if serialization == JAVA_FORMAT:
        raise JavaSerializationProhibited
    if text is not None and object_type is None:
        raise ObjectTypeMissing
    return ObjectValue(text, object_type, serialization)


def _read_file(value: Any, value_info: Mapping[str, Any] | None) -> FileValue:
    if value_info is None:
        raise FileRefused("Cannot create file without valueInfo.")
    if value_info.get("filename") is None:
        raise FileRefused(
            "Cannot create file without filename! Please set a name into ValueInfo with key filename"
        )
    for key, shown, named in (("mimeType", "mime type", "filename"), ("encoding", "encoding", "encoding")):
        if key in value_info and value_info[key] is None:
            reason = f"The provided {shown} is null. Set a non-null value info property with key '{named}'"
            raise FileRefused(reason)
    if not isinstance(value, str):
        raise FileRefused("Provided value is not of File, InputStream or byte[] type.")
    return FileValue(
        name=java_text(value_info["filename"]),
        content=_lenient_base64(value),
        mime_type=_optional_text(value_info.get("mimeType")),
        encoding=_optional_text(value_info.get("encoding")),
    )


def _optional_text(value: Any) -> str | None:
    return None if value is None else java_text(value)


def _lenient_base64(text: str) -> bytes:
    letters = re.sub(r"[^A-Za-z0-9+/]", "", text.replace("-", "+").replace("_", "/"))
    usable = letters[: len(letters) - (len(letters) % 4 == 1)]
    return base64.b64decode(usable + "=" * (-len(usable) % 4))


def storable(value: Any) -> Any:
    """Turn the result of an expression into what a variable holds; NotStorable if none can."""
    match value:
        case SpinJson():
            return SpinText("Json", write_json(value.node))
        case SpinXml():
            return SpinText("Xml", xml_text(value))
    if value is None or type(value) in _SHOWN or isinstance(value, ObjectValue | SpinText):
        return value
    raise NotStorable(class_name(value))


def show_typed_value(value: Any, *, deserialize: bool = True) -> TypedValue:
    """Show a stored value; `deserialize` gives an Object as JSON instead of its text.

    Raises UndeserializableError if `deserialize` asks for an object that can't be made.
    An untyped list, map or other object is in Java's own serialization, which is not written here:
    without `deserialize` the Base64 text of its JSON stands in for that opaque text.
    """
    show = _SHOWN.get(type(value))
    if show is not None:
        return show(value, deserialize)
    if type(value) not in CLASS_NAMES and not hasattr(value, "java_class"):
        raise NotStorable(type(value).__name__)
    return show_typed_value(storable(value), deserialize=deserialize)


def _primitive(name: str, convert: Callable[[Any], Any]) -> Callable[[Any, bool], TypedValue]:
    return lambda value, _: TypedValue(name, convert(value), {})


def _show_double(value: float, _: bool) -> TypedValue:
    finite = value == value and value not in (float("inf"), float("-inf"))
    return TypedValue("Double", value if finite else double_text(value), {})


def _show_file(file: FileValue, _: bool) -> TypedValue:
    shown = {"filename": file.name, "mimeType": file.mime_type, "encoding": file.encoding}
    return TypedValue("File", None, {key: each for key, each in shown.items() if each is not None})


def _show_object(value: ObjectValue, deserialize: bool) -> TypedValue:
    shown = {"objectTypeName": value.object_type, "serializationDataFormat": value.format}
    if deserialize and value.text is not None:
        opened = value.fresh()
        plain = msgspec.json.decode(write_json(opened))
        shown["objectTypeName"] = canonical_type(opened)
    else:
        plain = value.text
    return TypedValue("Object", plain, {key: each for key, each in shown.items() if each is not None})


def _show_java_object(value: Any, deserialize: bool) -> TypedValue:
    text = write_json(value)
    plain = msgspec.json.decode(text) if deserialize else base64.b64encode(text.encode()).decode()
    shown = {"objectTypeName": class_name(value), "serializationDataFormat": JAVA_FORMAT}
    return TypedValue("Object", plain, shown)


def _show_spin(value: SpinText, deserialize: bool) -> TypedValue:
    if not deserialize:
        return TypedValue(value.kind, value.text, {})
    loaded = value.load()
    if isinstance(loaded, SpinXml):
        return TypedValue("Xml", {"dataFormatName": "application/xml"}, {})
    return TypedValue("Json", None if loaded.node is None else _json_bean(loaded.node), {})


def _json_bean(node: Any) -> dict[str, Any]:
    """Describe a node as Jackson renders Spin's wrapper: flags, no content (live Camunda 7.24)."""
    kind = json_node_type(node)
    return {
        "boolean": kind == "BOOLEAN",
        "object": kind == "OBJECT",
        "array": kind == "ARRAY",
        "null": kind == "NULL",
        "number": kind == "NUMBER",
        "string": kind == "STRING",
        "nodeType": kind,
        "dataFormatName": JSON_FORMAT,
        "value": kind not in ("OBJECT", "ARRAY"),
    }


def json_node_type(node: Any) -> str:
    """Name the kind of a JSON node as Spin does: OBJECT, ARRAY, STRING, BOOLEAN, NUMBER or NULL."""
    match node:
        case dict():
            return "OBJECT"
        case list():
            return "ARRAY"
        case str():
            return "STRING"
        case bool():
            return "BOOLEAN"
        case None:
            return "NULL"
        case _:
            return "NUMBER"


_JAVA_OBJECTS: Final = (
    BigInteger, Byte, Float32, Character, Decimal, list, dict, HashMap, JavaSet, JavaArray, EnumConstant
)  # fmt: skip
_SHOWN: Final[dict[type, Callable[[Any, bool], TypedValue]]] = {
    type(None): lambda _value, _deserialize: TypedValue("Null", None, {}),
    TypedNull: lambda null, _: TypedValue(null.type, None, {}),
    str: _primitive("String", str),
    bool: _primitive("Boolean", bool),
    int: _primitive("Integer", int),
    Short: _primitive("Short", int),
    Long: _primitive("Long", int),
    float: _show_double,
    Date: _primitive("Date", lambda date: rest_date(date.milliseconds)),
    bytes: _primitive("Bytes", lambda content: base64.b64encode(content).decode()),
    FileValue: _show_file,
    ObjectValue: _show_object,
    SpinText: _show_spin,
    **dict.fromkeys(_JAVA_OBJECTS, _show_java_object),
}
