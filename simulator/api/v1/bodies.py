"""Reading request bodies as the Camunda 7 family's JSON reader does."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.api.frame import JSON, Call
from simulator.api.v1.rest_error import RestError

TRUE = frozenset({"true", "True", "TRUE"})
FALSE = frozenset({"false", "False", "FALSE", ""})
DECODE = msgspec.json.Decoder().decode


def unreadable() -> RestError:
    """The body is no JSON, or JSON of the wrong shape."""
    return RestError(400, "InvalidRequestException", "")


def read_json(call: Call) -> Any:
    """The body as JSON; an empty one is `{}`.

    Raises `RestError` 415 for another content type, 400 for what is no JSON, 500 for `null`.
    """
    if not call.body and call.media_type == JSON:
        return {}
    if not call.body and not call.media_type:
        raise RestError(500, "NullPointerException", 'Cannot invoke a method because "dto" is null')
    if call.media_type != JSON:
        raise RestError(415, "NotSupportedException", "HTTP 415 Unsupported Media Type")
    if not call.body.strip():
        raise RestError(500, "NullPointerException", 'Cannot invoke a method because "dto" is null')
    try:
        body = DECODE(call.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        body = _read_with_huge_numbers(call.body)
    if body is None:
        raise RestError(500, "NullPointerException", 'Cannot invoke a method because "dto" is null')
    return body


def _read_with_huge_numbers(content: bytes) -> Any:
    """JSON in which numbers beyond a double are infinite, as Java reads them; raises `RestError`."""
    try:
        return json.loads(content.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise unreadable() from None


def _no_number(literal: str) -> Any:
    raise ValueError(literal)


def read_object(call: Call) -> dict[str, Any]:
    """The body as a JSON object; raises `RestError`."""
    body = read_json(call)
    if not isinstance(body, dict):
        raise unreadable()
    return body


def text(body: Mapping[str, Any], name: str) -> str | None:
    """A text field: numbers and booleans are taken as text, other shapes refused."""
    value = body.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    raise unreadable()


def truth(body: Mapping[str, Any], name: str) -> bool | None:
    """A boolean field: whole numbers and the usual words are taken too, None where it is absent or null."""
    value = body.get(name)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value != 0
    if isinstance(value, str):
        word = value.strip()
        if word in TRUE:
            return True
        if word in FALSE:
            return False
    raise unreadable()


def mapping(body: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """A field that is an object of its own."""
    value = body.get(name)
    if value is None or isinstance(value, dict):
        return value
    raise unreadable()


def listing(body: Mapping[str, Any], name: str) -> list[Any] | None:
    """A field that is a list."""
    value = body.get(name)
    if value is None or isinstance(value, list):
        return value
    raise unreadable()
