"""A contract as values: the operations of one release, each with what it takes and what it answers."""

from typing import Any, Literal, TypeAlias

import msgspec

Schema: TypeAlias = dict[str, Any] | bool
Location: TypeAlias = Literal["path", "query", "header", "cookie"]


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of an operation; a list that explodes repeats the name, any other has commas."""

    name: str
    location: Location
    schema: Schema
    required: bool
    explode: bool


class MediaType(msgspec.Struct, frozen=True, kw_only=True):
    """What a body of one media type looks like; `pointer` is the schema's place in the document."""

    name: str
    schema: Schema | None
    pointer: str
    examples: dict[str, Any]


class Body(msgspec.Struct, frozen=True):
    """What an operation takes as its request body, by media type."""

    required: bool
    content: dict[str, MediaType]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """An operation that can follow an answer, with the runtime expressions for its parameters and body."""

    operation_id: str
    parameters: dict[str, Any]
    body: Any


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One documented answer; `status` is `200`, a range such as `4XX`, or `default`."""

    status: str
    content: dict[str, MediaType]
    links: dict[str, Link]


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One method on one path, under the name that handlers and client requests know it by.

    `extensions` are its `x-` entries.
    """

    id: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    responses: dict[str, Response]
    tags: tuple[str, ...]
    summary: str
    extensions: dict[str, Any]

    @property
    def deviation(self) -> Any:
        """Where the vendor's own document and the running engine part (`x-deviation`), None if nowhere."""
        return self.extensions.get("x-deviation")

    def response(self, status: int) -> Response | None:
        """Return the documented answer for a status: the code, else its range, else the default."""
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in self.responses:
                return self.responses[key]
        return None

    def parameters_in(self, location: Location) -> dict[str, Parameter]:
        """Return the parameters of one location by name."""
        return {parameter.name: parameter for parameter in self.parameters if parameter.location == location}


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The REST API of one release of a product, by operationId, and the OpenAPI document behind it."""

    product: str
    release: str
    operations: dict[str, Operation]
    packed_document: bytes

    def document(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 document of this release as a dict of its own, free to change."""
        return msgspec.msgpack.decode(self.packed_document, type=dict[str, Any])
