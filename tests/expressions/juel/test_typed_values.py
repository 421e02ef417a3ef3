"""The variable values of Camunda 7's REST API, read and shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.errors import Rejection
from simulator.core.java import BigInteger, Date, Long, Short
from simulator.core.java.stored import UndeserializableError
from simulator.core.typed_values import TypedValue, read_transient, read_typed_value, show_typed_value

JSON_LIST = {"objectTypeName": "java.util.ArrayList", "serializationDataFormat": "application/json"}
JAVA = "application/x-java-serialized-object"


@pytest.mark.parametrize(
    ("given_type", "value", "stored"),
    [
        ("Integer", " 5 ", 5),
        ("integer", "5", 5),
        ("Short", "7", Short(7)),
        ("Long", 5, Long(5)),
        ("Double", 5, 5.0),
        ("Boolean", "TRUE", True),
        ("String", {"a": [1, 2.0]}, "{a=[1, 2.0]}"),
        ("String", {"a": 'x"y'}, "{a=x"),
        ("Bytes", "AQID", b"\x01\x02\x03"),
        ("Date", "2024-13-45T00:00:00.1+0200", Date(1739484000001)),
        (None, 2**40, Long(2**40)),
        (None, 2**70, BigInteger(2**70)),
    ],
)
def test_json_values_become_the_declared_type(given_type: str | None, value: Any, stored: Any) -> None:
    read = read_typed_value(given_type, value)

    assert (type(read), read) == (type(stored), stored)


@pytest.mark.parametrize(
    ("given_type", "value", "message"),
    [
        ("X", 1, "Unsupported value type 'X'"),
        ("STRING", "a", "Unsupported value type 'STRING'"),
        ("", 1, "begin 0, end 1, length 0"),
        ("Number", 1, "Cannot serialize value of abstract type number"),
        ("Integer", 5.0, "Cannot convert value '5.0' of type 'Integer' to java type java.lang.Integer"),
        (
            "Integer",
            2**31,
            "Cannot convert value '2147483648' of type 'Integer' to java type java.lang.Integer",
        ),
        ("Long", True, "Cannot convert value 'true' of type 'Long' to java type java.lang.Long"),
        ("Boolean", 1, "Cannot convert value '1' of type 'Boolean' to java type java.lang.Boolean"),
        (
            "Date",
            "2024-01-31",
            "Cannot convert value '2024-01-31' of type 'Date' to java type java.util.Date",
        ),
        ("Bytes", "A", "Cannot convert value 'A' of type 'Bytes' to java type [B"),
        ("Null", 1, "Cannot convert value '1' of type 'Null' to java type javax.lang.model.type.NullType"),
        ("Json", {}, "Must provide 'null' or String value for value of SerializableValue type 'Json'."),
        ("File", "AQID", "Cannot create file without valueInfo."),
    ],
)
def test_a_refused_value_says_what_the_live_engine_says(given_type: str, value: Any, message: str) -> None:
    with pytest.raises(Rejection) as refusal:
        read_typed_value(given_type, value)

    assert str(refusal.value) == message


@pytest.mark.parametrize("given_type", ["String", "Integer", "Date", "Bytes", "Json", "Xml"])
def test_a_typed_null_keeps_its_type(given_type: str) -> None:
    assert show_typed_value(read_typed_value(given_type, None)) == TypedValue(given_type, None, {})


def test_an_object_is_shown_as_text_or_as_what_it_holds() -> None:
    value = read_typed_value("Object", "[1, 2]", JSON_LIST)

    assert show_typed_value(value, deserialize=False) == TypedValue("Object", "[1, 2]", JSON_LIST)
    shown = show_typed_value(value)
    assert (shown.value, shown.value_info["objectTypeName"]) == (
        [1, 2],
        "java.util.ArrayList<java.lang.Integer>",
    )


def test_an_object_of_an_unknown_class_is_refused_only_when_opened() -> None:
    value = read_typed_value("Object", "{}", {**JSON_LIST, "objectTypeName": "a.B"})

    assert show_typed_value(value, deserialize=False).value == "{}"
    with pytest.raises(UndeserializableError):
        show_typed_value(value)


def test_untyped_lists_and_maps_are_java_objects() -> None:
    assert show_typed_value(read_typed_value(None, {"a": [1]})) == TypedValue(
        "Object",
        {"a": [1]},
        {"objectTypeName": "java.util.LinkedHashMap", "serializationDataFormat": JAVA},
    )


def test_a_file_shows_its_name_and_kind_but_not_its_content() -> None:
    info = {"filename": "a.txt", "mimeType": "text/plain", "encoding": "UTF-8"}

    assert show_typed_value(read_typed_value("File", "AQID", info)) == TypedValue("File", None, info)


def test_transient_must_be_a_boolean() -> None:
    assert read_transient("String", "a", {"transient": True}) is True
    assert read_transient(None, "a", {"transient": "yes"}) is False
    with pytest.raises(Rejection, match="Cannot convert value"):
        read_transient("String", "a", {"transient": "yes"})
    with pytest.raises(Rejection, match="should have a value of type 'boolean'"):
        read_transient("Object", "a", {"transient": "yes"})


@given(
    st.sampled_from(["String", "Integer", "Long", "Short", "Double", "Boolean"]), st.integers(-30000, 30000)
)
def test_what_is_shown_can_be_read_again(given_type: str, number: int) -> None:
    value = number > 0 if given_type == "Boolean" else number
    shown = show_typed_value(read_typed_value(given_type, value))

    assert show_typed_value(read_typed_value(shown.type, shown.value)) == shown


@given(
    st.sampled_from(["String", "Integer", "Long", "Double", "Boolean", "Date", "Bytes", "Json", "File", "X"]),
    st.text(),
)
def test_any_text_is_taken_or_refused_by_name(given_type: str, text: str) -> None:
    try:
        answer = show_typed_value(
            read_typed_value(given_type, text, {"filename": "f"}), deserialize=False
        ).type
    except Rejection as refusal:
        answer = str(refusal)

    assert answer == given_type or answer.startswith(("Cannot convert value", "Unsupported value type"))
