"""Why a variable on the Camunda 7 wire can't be taken (rows of the live 7.24's answers)."""

from dataclasses import dataclass

from simulator.core.errors import Rejection


@dataclass(eq=False)
class UnsupportedValueType(Rejection):
    """A type name that no value type has."""

    type: str

    def __str__(self) -> str:
        return f"Unsupported value type '{self.type}'"


@dataclass(eq=False)
class EmptyValueType(Rejection):
    """An empty type name, at which Camunda's own first-letter rule fails."""

    def __str__(self) -> str:
        return "begin 0, end 1, length 0"


@dataclass(eq=False)
class AbstractValueType(Rejection):
    """The type Number, which queries know and storage does not."""

    def __str__(self) -> str:
        return "Cannot serialize value of abstract type number"


@dataclass(eq=False)
class UnconvertibleValue(Rejection):
    """A value that can't become the declared type; `text` is its Java text form."""

    text: str
    type: str
    java_class: str

    def __str__(self) -> str:
        return f"Cannot convert value '{self.text}' of type '{self.type}' to java type {self.java_class}"


@dataclass(eq=False)
class SerializedTextExpected(Rejection):
    """An Object, Json or Xml whose value is no text."""

    type: str

    def __str__(self) -> str:
        return f"Must provide 'null' or String value for value of SerializableValue type '{self.type}'."


@dataclass(eq=False)
class ObjectTypeMissing(Rejection):
    """An Object with a value and a known format, but without its class."""


@dataclass(eq=False)
class SerializerMissing(Rejection):
    """An Object without a serialization format: nobody can write it."""

    object_type: str | None
    length: int | None

    def __str__(self) -> str:
        length = "null" if self.length is None else f"{self.length} chars"
        return (
            "Cannot find serializer for value 'ObjectValue [value=null, isDeserialized=false, "
            f"serializationDataFormat=null, objectTypeName={self.object_type or 'null'}, "
            f"serializedValue={length}, isTransient=false]'."
        )


@dataclass(eq=False)
class JavaSerializationProhibited(Rejection):
    """An Object submitted in Java's serialization format."""


@dataclass(eq=False)
class TextExpectedInValueInfo(Rejection):
    """A valueInfo entry of an Object that is no text; Camunda fails with a ClassCastException."""

    key: str
    java_class: str


@dataclass(eq=False)
class FileRefused(Rejection):
    """A File without what a file needs; Camunda fails with an IllegalArgumentException."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(eq=False)
class TransientNotBoolean(Rejection):
    """A `transient` of an Object or a File that is neither true nor false."""

    def __str__(self) -> str:
        return "The property 'transient' should have a value of type 'boolean'."


@dataclass(eq=False)
class NotStorable(Rejection):
    """An object of a class that no variable can hold."""

    java_class: str
