"""Turns nodes into typed values, with errors that name the line and the words of the format."""

import re
from typing import TypeVar

import msgspec

from simulator.scenario.nodes import Key, Node, ScenarioError, at, kind_of, plain

T = TypeVar("T")

_AT = re.compile(r"^(?P<problem>.*?)( - at `(?P<path>.*)`)?$", re.DOTALL)
_PART = re.compile(r"\.(?P<field>[^.\[\]]+)|\[(?P<index>\d+)\]|(?P<some>\[\.\.\.\])|(?P<key>`key`)")
_EXPECTED = re.compile(r"Expected `(?P<kind>.*)`, got `(?P<came>.*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>.*)`")
_MISSING = re.compile(r"Object missing required field `(?P<field>.*)`")
_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def convert(node: Node, kind: type[T]) -> T:
    """Convert a node; raises ScenarioError where it does not fit."""
    try:
        return msgspec.convert(plain(node), kind)
    except msgspec.ValidationError as error:
        raise _worded(node, kind, str(error)) from error


def fields_of(kind: type) -> list[str]:
    """The names of a struct's fields as scenarios write them."""
    return [field.encode_name for field in msgspec.structs.fields(kind)]


def _worded(node: Node, kind: type, text: str) -> ScenarioError:
    parts = _AT.match(text)
    problem = parts["problem"] if parts else text
    path = _path(parts["path"] or "") if parts else ()
    place = at(node, path)
    if unknown := _UNKNOWN.match(problem):
        name = unknown["field"]
        known = f"one of {', '.join(fields_of(kind))}" if not path else "a field of the format"
        return at(place, (name,)).wrong(f"expected {known}; came {name!r}")
    if missing := _MISSING.match(problem):
        return place.wrong(f"expected the field {missing['field']!r}, which is missing")
    if expected := _EXPECTED.match(problem):
        words = [_WORDS.get(word, word) for word in expected["kind"].split(" | ")]
        return place.wrong(f"expected {' or '.join(words)}, came {kind_of(place.value)}")
    return place.wrong(f"expected another value, came {kind_of(place.value)}: {problem}")


def _path(text: str) -> tuple[Key, ...]:
    keys: list[Key] = []
    for part in _PART.finditer(text):
        if part["field"] is not None:
            keys.append(part["field"])
        elif part["index"] is not None:
            keys.append(int(part["index"]))
        else:
            break
    return tuple(keys)
