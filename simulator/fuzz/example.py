"""One request as drawn from a contract, with tokens in place of ids, and how it goes on the wire."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import quote, urlencode

import msgspec

from simulator.contract.forms import Field, Upload, encode_multipart, show_scalar
from simulator.contract.model import Operation
from simulator.fuzz.tokens import Resolve, fill
from simulator.targets.protocol import RawRequest

FORM = "multipart/form-data"
UNROUTABLE = frozenset("/\\%;")
"""Characters that servers refuse in a path segment before any API sees it, even percent-encoded."""

NO_SEGMENT = "none"
PLAIN = re.compile(r"[A-Za-z0-9_-]+")
"""What is written in a path as it is."""


class Content(msgspec.Struct, frozen=True):
    """A request's body: a JSON value, a form's fields, or a text as it is."""

    kind: Literal["json", "form", "text"]
    value: Any
    media_type: str


class Example(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One request to an operation; texts may hold tokens, `label` names a step that others refer to.

    A query parameter that is a list repeats its name.
    """

    operation: str
    path: dict[str, str] = {}
    query: dict[str, Any] = {}
    headers: dict[str, str] = {}
    content: Content | None = None
    label: int = 0

    def request(self, operation: Operation, resolve: Resolve) -> RawRequest:
        """Write it for the wire."""
        headers = {"Accept": "application/json, */*;q=0.5"}
        headers.update((name, _header(fill(text, resolve))) for name, text in self.headers.items())
        content = b""
        if self.content is not None:
            headers["Content-Type"], content = _encoded(self.content, resolve)
        pairs = [
            (name, _query_text(fill(item, resolve)))
            for name, value in self.query.items()
            for item in (value if isinstance(value, list) else [value])
        ]
        where = _path(operation.path, {name: str(fill(text, resolve)) for name, text in self.path.items()})
        if pairs:
            where += "?" + urlencode(pairs, quote_via=quote, errors="replace")
        return RawRequest(method=operation.method, path=where, headers=headers, content=content)


def routable(text: str) -> str:
    """A path segment that reaches the API: nothing a server refuses or takes for the path's own."""
    if PLAIN.fullmatch(text):
        return text
    kept = "".join(char for char in text if char.isprintable() and char not in UNROUTABLE)
    return NO_SEGMENT if kept.strip(". ") == "" else kept


def _path(template: str, values: Mapping[str, str]) -> str:
    segments = []
    for segment in template.split("/"):
        is_parameter = segment.startswith("{")
        text = routable(values.get(segment[1:-1], "")) if is_parameter else segment
        is_plain = not is_parameter or PLAIN.fullmatch(text)
        segments.append(text if is_plain else quote(text, safe="-._~", errors="replace"))
    return "/".join(segments)


def _query_text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value)
    return "null" if value is None else show_scalar(value)


def _header(text: Any) -> str:
    return "".join(char for char in str(text) if " " <= char <= "~").strip()


def _encoded(content: Content, resolve: Resolve) -> tuple[str, bytes]:
    value = fill(content.value, resolve)
    if content.kind == "form" and isinstance(value, dict):
        return encode_multipart({_utf8(name): _fields(name, field) for name, field in value.items()})
    if content.kind == "json":
        return content.media_type, _json(value)
    return content.media_type, str(value).encode(errors="replace")


def _fields(name: str, value: Any) -> Field | list[Field]:
    return [_field(name, item) for item in value] if isinstance(value, list) else _field(name, value)


def _field(name: str, value: Any) -> Field:
    """A field of a form; what looks like a model is a file."""
    text = _utf8(value if isinstance(value, str) else _query_text(value))
    if text.lstrip().startswith("<"):
        return Upload(f"{_utf8(name) or 'model'}.bpmn", text.encode())
    return text


def _utf8(text: str) -> str:
    return text.encode(errors="replace").decode()


def _json(value: Any) -> bytes:
    """Write JSON; what msgspec cannot hold (integers beyond 64 bits, half of a surrogate pair) by the slow way."""
    try:
        return msgspec.json.encode(value)
    except (OverflowError, UnicodeError, msgspec.MsgspecError):
        return json.dumps(value).encode()
