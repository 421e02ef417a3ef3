"""Variables that can't be read from a request or shown: which answer that gives (live Camunda 7.24)."""

from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.variables import BadVariable
from simulator.core.java.stored import UndeserializableError
from simulator.core.typed_value_refusals import (
    AbstractValueType,
    EmptyValueType,
    FileRefused,
    JavaSerializationProhibited,
    ObjectTypeMissing,
    SerializerMissing,
    TextExpectedInValueInfo,
    TransientNotBoolean,
)


def variable_failure(bad: BadVariable, refusal: str, prefix: str) -> RestError:
    """The error for a variable of a request.

    `refusal` goes before what the REST layer says (400), `prefix` before what the engine says when it comes to
    store the value (500, code 0); Java's own failures have neither.
    """
    reason = bad.refusal
    match reason:
        case EmptyValueType():
            return RestError(500, "StringIndexOutOfBoundsException", str(reason))
        case FileRefused() | TransientNotBoolean():
            return RestError(500, "IllegalArgumentException", str(reason))
        case TextExpectedInValueInfo():
            message = (
                f"class {reason.java_class} cannot be cast to class java.lang.String ({reason.java_class} and "
                "java.lang.String are in module java.base of loader 'bootstrap')"
            )
            return RestError(500, "ClassCastException", message)
        case JavaSerializationProhibited():
            text = f"ENGINE-17007 Cannot set variable with name {bad.name}. Java serialization format is prohibited"
        case ObjectTypeMissing():
            text = f"Cannot write serialized value for variable '{bad.name}': "
            text += "no 'objectTypeName' provided for non-null value."
        case AbstractValueType() | SerializerMissing():
            text = str(reason)
        case _:
            return invalid(f"{refusal}{reason}")
    return RestError(500, "RestException", f"{prefix}{text}", 0)


def undeserializable(name: str, failure: UndeserializableError) -> RestError:
    """The error for a stored object that can't be made."""
    message = f"Cannot deserialize object in variable '{name}': {failure.reason}"
    return RestError(500, "ProcessEngineException", message, 0)
