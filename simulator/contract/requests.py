"""Builds the request of a client by the operation's name, so that no path is written twice."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import msgspec

from simulator.contract.forms import encode_multipart, show_scalar
from simulator.contract.model import Contract, Location, MediaType, Operation, Parameter

Values: TypeAlias = Mapping[str, Any]

NOTHING: Values = {}
DOTS = frozenset({".", ".."})
UNRESERVED = "-._~"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request ready to send to a base URL."""

    method: str
    path_with_query: str
    headers: dict[str, str]
    content: bytes | None


class RequestError(Exception):
    """A request that its contract does not allow was to be built."""

    def __init__(self, operation_id: str, problem: str) -> None:
        super().__init__(f"{operation_id}: {problem}")
        self.operation_id = operation_id


class UnknownOperation(RequestError):  # the name says what is wrong, as Rejection does
    """The contract has no operation of this id."""


class MissingParameter(RequestError):  # as above
    """A parameter or body the operation requires was not given."""

    def __init__(self, operation_id: str, location: str, name: str) -> None:
        super().__init__(operation_id, f"the {location} parameter {name!r} is required")
        self.location = location
        self.name = name


class UnknownParameter(RequestError):  # as above
    """A parameter was given that the operation does not have."""

    def __init__(self, operation_id: str, location: str, name: str) -> None:
        super().__init__(operation_id, f"there is no {location} parameter {name!r}")
        self.location = location
        self.name = name


class UnsuitableBody(RequestError):  # as above
    """The body is missing, not wanted, or of a media type the operation does not take."""


def build(
    contract: Contract,
    operation_id: str,
    path: Values = NOTHING,
    query: Values = NOTHING,
    body: Any = None,
    media_type: str | None = None,
    *,
    headers: Values = NOTHING,
) -> Request:
    """Build the request of an operation; a parameter that is None counts as not given.

    A body of bytes goes as it is; any other is encoded by its media type, the operation's first one unless
    told: JSON of what msgspec can encode, a form of a mapping, a text. To send JSON's null, give `b"null"`.
    Raises a RequestError of the kind that says what is missing, unknown or unsuitable.
    """
    operation = contract.operations.get(operation_id)
    if operation is None:
        raise UnknownOperation(operation_id, f"{contract.product} {contract.release} has no such operation")
    target = _path(operation, _given(operation, "path", path))
    pairs = list(_query_pairs(operation, _given(operation, "query", query)))
    sent = {name: show_scalar(value) for name, value in _given(operation, "header", headers).items()}
    sent.setdefault("Accept", _accepted(operation))
    content = None
    if body is not None or media_type is not None:
        content_type, content = _content(operation, body, media_type)
        sent["Content-Type"] = content_type
    elif operation.body is not None and operation.body.required:
        raise UnsuitableBody(operation_id, f"a body is required: {_taken(operation)}")
    if pairs:
        target += "?" + urlencode(pairs, quote_via=quote)
    return Request(method=operation.method, path_with_query=target, headers=sent, content=content)


def _given(operation: Operation, location: Location, values: Values) -> Values:
    """Return the values that are there; raise on one that is unknown or missing."""
    known = operation.parameters_in(location)
    for name in values:
        if name not in known:
            raise UnknownParameter(operation.id, location, name)
    for name, parameter in known.items():
        if parameter.required and values.get(name) is None:
            raise MissingParameter(operation.id, location, name)
    return {name: value for name, value in values.items() if value is not None}


def _path(operation: Operation, values: Values) -> str:
    segments = []
    for segment in operation.path.split("/"):
        if segment.startswith("{") and segment.endswith("}"):
            segments.append(_segment(operation, segment[1:-1], values))
        else:
            segments.append(segment)
    return "/".join(segments)


def _segment(operation: Operation, name: str, values: Values) -> str:
    """Encode one path segment; an empty one would name another path, and so would dots (RFC 3986, 5.2.4)."""
    text = show_scalar(values.get(name, ""))
    if not text:
        raise MissingParameter(operation.id, "path", name)
    return text.replace(".", "%2E") if text in DOTS else quote(text, safe=UNRESERVED)


def _query_pairs(operation: Operation, values: Values) -> Iterator[tuple[str, str]]:
    known = operation.parameters_in("query")
    for name, value in values.items():
        yield from _query_pair(known[name], value)


def _query_pair(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """Write a list as the parameter's style says (OpenAPI 3.1, 4.8.12.3: form)."""
    if not isinstance(value, (list, tuple)):
        yield parameter.name, show_scalar(value)
    elif parameter.explode:
        for item in value:
            yield parameter.name, show_scalar(item)
    else:
        yield parameter.name, ",".join(map(show_scalar, value))


def _accepted(operation: Operation) -> str:
    """Ask for JSON where a success has it, else for what it has; anything else is better than no answer."""
    names: dict[str, None] = {}
    for status, response in operation.responses.items():
        if status.startswith("2"):
            names.update(dict.fromkeys(response.content))
    if "application/json" in names:
        return "application/json, */*;q=0.5"
    return ", ".join((*names, "*/*;q=0.5"))


def _content(operation: Operation, body: Any, media_type: str | None) -> tuple[str, bytes]:
    """Return the Content-Type and the encoded body."""
    essence = _chosen(operation, media_type).name
    name = media_type or essence
    match body:
        case None:
            return name, b""
        case bytes():
            return name, body
        case Mapping() if essence == "multipart/form-data":
            return encode_multipart(body)
        case Mapping() if essence == "application/x-www-form-urlencoded":
            pairs = [(key, show_scalar(value)) for key, value in body.items()]
            return name, urlencode(pairs).encode()
        case _ if essence == "application/json" or essence.endswith("+json"):
            return name, msgspec.json.encode(body)
        case str():
            return name, body.encode()
    raise UnsuitableBody(operation.id, f"a {type(body).__name__} cannot be written as {name}")


def _chosen(operation: Operation, media_type: str | None) -> MediaType:
    content = operation.body.content if operation.body is not None else {}
    name = next(iter(content), "") if media_type is None else media_type.partition(";")[0].strip().lower()
    if name not in content:
        raise UnsuitableBody(operation.id, f"expected {_taken(operation)}, came {media_type or 'a body'}")
    return content[name]


def _taken(operation: Operation) -> str:
    return " or ".join(operation.body.content) if operation.body is not None else "no body"
