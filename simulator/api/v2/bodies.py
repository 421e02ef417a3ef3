"""Reading request bodies as the gateway of a release does."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.api.frame import Call
from simulator.api.v2.kinds import Kind, Mismatch, read_fields
from simulator.api.v2.problems import BODY_MISSING, UNREADABLE, Problem, bad_request

DECODE = msgspec.json.Decoder().decode
BOM = b"\xef\xbb\xbf"
ESCAPE = "\\u"
LENIENT = json.JSONDecoder(parse_constant=lambda word: _refuse(word))


def _refuse(word: str) -> Any:
    raise ValueError(word)


def read_json(call: Call) -> Any:
    """The body as JSON, None where there is none; what follows the value is passed over. Raises `Problem`."""
    body = call.body
    if not body:
        return None
    try:
        return DECODE(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _first_value(body)


def _first_value(body: bytes) -> Any:
    try:
        text = body.removeprefix(BOM).decode("utf-8").lstrip(" \t\r\n")
        value = LENIENT.raw_decode(text)[0]
    except (ValueError, RecursionError):
        raise bad_request(UNREADABLE) from None
    return _without_halves(value) if ESCAPE in text else value


def _without_halves(value: Any) -> Any:
    """Half a character, written as an escape, becomes a question mark, as when Java encodes it."""
    return DECODE(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def read_body(call: Call, fields: Mapping[str, Kind], *, strict: bool) -> dict[str, Any]:
    """The body's fields; raises `Problem` for no body, no object, an unknown or a wrong field."""
    body = read_json(call)
    if body is None:
        raise bad_request(BODY_MISSING)
    return read_object(body, fields, strict=strict)


def read_optional_body(call: Call, fields: Mapping[str, Kind], *, strict: bool) -> dict[str, Any]:
    """The same where no body and `null` say nothing."""
    body = read_json(call)
    return {} if body is None else read_object(body, fields, strict=strict)


def read_object(body: Any, fields: Mapping[str, Kind], *, strict: bool) -> dict[str, Any]:
    """The fields of a JSON value that has to be an object; raises `Problem`."""
    if body.__class__ is not dict:
        raise bad_request(UNREADABLE)
    try:
        return read_fields(body, fields, strict)
    except Mismatch as mismatch:
        raise unparseable(mismatch.path, strict) from None


def unparseable(path: tuple[str | None, ...], strict: bool) -> Problem:
    """A field that can't be read; strictly the answer names it, a step into a list as `null`."""
    if not strict:
        return bad_request(UNREADABLE)
    names = ".".join("null" if step is None else step for step in path)
    return bad_request(f"Request property [{names}] cannot be parsed")
