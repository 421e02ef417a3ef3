"""Variables that are kept as text and become objects only when somebody looks inside."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal

from lxml.etree import XMLParser, XMLSyntaxError, fromstring

from simulator.core.java.classes import class_name
from simulator.core.java.json_text import MalformedJsonError, read_json, write_json
from simulator.core.java.numeric import BigInteger, Byte, Character, Float32, Long, Short
from simulator.core.java.values import TIME_UNITS, EnumConstant, HashMap, JavaSet, SpinJson, SpinXml

JSON_FORMAT: Final = "application/json"
JAVA_FORMAT: Final = "application/x-java-serialized-object"


class UndeserializableError(Exception):
    """A stored text can't become an object: its class or format is unknown, or the text does not fit."""

    def __init__(self, java_class: str, reason: str) -> None:
        super().__init__(f"{java_class}: {reason}")
        self.java_class = java_class
        self.reason = reason


class SpinText:
    """A Json or Xml variable: the text as it was stored, parsed afresh by each who looks inside."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: Literal["Json", "Xml"], text: str) -> None:
        self.kind = kind
        self.text = text

    def load(self) -> SpinJson | SpinXml:
        """Parse the text; UndeserializableError with Spin's words if it is malformed."""
        return parse_json(self.text) if self.kind == "Json" else parse_xml(self.text)


def parse_json(text: str) -> SpinJson:
    """Parse JSON as Spin does."""
    try:
        return SpinJson(read_json(text))
    except MalformedJsonError:
        reason = "SPIN/JACKSON-JSON-01001 Unable to parse input into json node"
        raise UndeserializableError("org.camunda.spin.json.SpinJsonDataFormatException", reason) from None


def parse_xml(text: str) -> SpinXml:
    """Parse XML as Spin does, without entities, DTDs or the network."""
    parser = XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return SpinXml(fromstring(text.encode("utf-8", "surrogatepass"), parser))
    except (XMLSyntaxError, ValueError):
        reason = "SPIN/DOM-XML-01009 Unable to parse input into DOM document"
        raise UndeserializableError("org.camunda.spin.xml.SpinXmlDataFormatException", reason) from None


class ObjectValue:
    """An Object variable: serialized text, class and format; the object is made when first asked for."""

    __slots__ = ("_declared", "_loaded", "_object", "_text", "format")

    def __init__(self, text: str | None, object_type: str | None, serialization: str | None) -> None:
        self._text = text
        self._declared = object_type
        self.format = serialization
        self._object: Any = None
        self._loaded = text is None

    def load(self) -> Any:
        """Answer the object, always the same one, so that its changes are kept."""
        if not self._loaded:
            self._object = _deserialize(self._text or "", self._declared or "", self.format)
            self._loaded = True
        return self._object

    @property
    def text(self) -> str | None:
        """The serialized form: as it came, or written anew once the object has been in use."""
        if self._loaded and self._text is not None:
            return write_json(self._object)
        return self._text

    @property
    def object_type(self) -> str | None:
        """The class: as it was declared, or with type arguments once the text was written anew."""
        return self._declared if self.text == self._text else canonical_type(self._object)

    def fresh(self) -> Any:
        """Make the object anew, for a look that leaves the text as it is."""
        text = self.text
        return None if text is None else _deserialize(text, self._declared or "", self.format)


def canonical_type(value: Any) -> str:
    """Name a class with its type arguments as Spin finds them: a list's from its first element."""
    depth = 0
    while isinstance(value, list) and value:
        depth, value = depth + 1, value[0]
    if value is None and depth:
        reason = 'Cannot invoke "Object.getClass()" because "object" is null'
        raise UndeserializableError("java.lang.NullPointerException", reason)
    name = "java.lang.Object" if value is None else class_name(value)
    arguments = {list: "<java.lang.Object>", JavaSet: "<java.lang.Object>", dict: _MAP, HashMap: _MAP}
    return "java.util.ArrayList<" * depth + name + arguments.get(type(value), "") + ">" * depth


_MAP: Final = "<java.lang.Object,java.lang.Object>"


def _deserialize(text: str, object_type: str, serialization: str | None) -> Any:
    if serialization != JSON_FORMAT:
        reason = "SPIN-PLUGIN-01002 Fallback serializer cannot handle deserialized objects"
        raise UndeserializableError(object_type, reason)
    plain_type, _, arguments = object_type.partition("<")
    build, build_each = _BUILDERS.get(plain_type), _BUILDERS.get(arguments.removesuffix(">"))
    try:
        tree = read_json(text)
        if build is None:
            reason = f"SPIN/JACKSON-JSON-01007 Cannot construct java type from string '{object_type}'"
            raise UndeserializableError(object_type, reason)
        if isinstance(tree, list) and build_each is not None:
            tree = [None if each is None else build_each(each) for each in tree]
        return None if tree is None else build(tree)
    except MalformedJsonError:
        reason = "SPIN/JACKSON-JSON-01001 Unable to parse input into json node"
        raise UndeserializableError(object_type, reason) from None
    except (TypeError, ValueError, InvalidOperation):
        raise UndeserializableError(object_type, _misfit(text, plain_type)) from None


def _misfit(text: str, plain_type: str) -> str:
    """Why JSON is no object of a class, in Spin's words, which cut the first ten characters without looking."""
    if len(text) < 10:
        return f"begin 0, end 10, length {len(text)}"
    anything = "[simple type, class java.lang.Object]"
    described = f"[simple type, class {plain_type}]"
    if plain_type.endswith(("List", "Set")):
        described = f"[collection type; class {plain_type}, contains {anything}]"
    elif plain_type.endswith("Map"):
        described = f"[map type; class {plain_type}, {anything} -> {anything}]"
    return f"SPIN/JACKSON-JSON-01006 Cannot deserialize '{text[:10]}...' to java type '{described}'"


def _expect(kind: type, build: Callable[[Any], Any] = lambda tree: tree) -> Callable[[Any], Any]:
    def checked(tree: Any) -> Any:
        if not isinstance(tree, kind) or (isinstance(tree, bool) and kind is not bool):
            raise TypeError(f"{kind.__name__} expected")
        return build(tree)

    return checked


def _set_of(java_class: str) -> Callable[[Any], JavaSet]:
    return lambda tree: JavaSet(tree, java_class)


def _decimal(tree: Any) -> Decimal:
    return Decimal(repr(tree) if isinstance(tree, float) else str(tree))


def _time_unit(name: str) -> EnumConstant:
    return EnumConstant("java.util.concurrent.TimeUnit", name, TIME_UNITS.index(name))


_BUILDERS: Final[dict[str, Callable[[Any], Any]]] = {
    "java.lang.Object": lambda tree: tree,
    "java.util.LinkedHashMap": _expect(dict),
    "java.util.Map": _expect(dict),
    "java.util.HashMap": _expect(dict, HashMap),
    "java.util.ArrayList": _expect(list),
    "java.util.List": _expect(list),
    "java.util.LinkedHashSet": _expect(list, _set_of("java.util.LinkedHashSet")),
    "java.util.HashSet": _expect(list, _set_of("java.util.HashSet")),
    "java.math.BigDecimal": _decimal,
    "java.math.BigInteger": _expect(int, BigInteger),
    "java.lang.Long": _expect(int, Long),
    "java.lang.Integer": _expect(int, int),
    "java.lang.Short": _expect(int, Short),
    "java.lang.Byte": _expect(int, Byte),
    "java.lang.Float": Float32,
    "java.lang.Double": float,
    "java.lang.Boolean": _expect(bool),
    "java.lang.String": _expect(str),
    "java.lang.Character": _expect(str, Character),
    "java.util.concurrent.TimeUnit": _expect(str, _time_unit),
}
