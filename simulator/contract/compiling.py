"""Turns an OpenAPI 3.1 document into a contract: references resolved, operations complete in themselves."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from simulator.contract.model import (
    Body,
    Contract,
    Link,
    MediaType,
    Operation,
    Parameter,
    Response,
    Schema,
)
from simulator.core.errors import UserError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MOST_REFERENCES = 32
"""A chain of references longer than this is a circle."""


class Place(NamedTuple):
    """A node of the document and the JSON pointer to it."""

    node: dict[str, Any]
    pointer: str

    def into(self, *names: str) -> "Place":
        """Return the mapping below, an empty one where the document has none."""
        node: Any = self.node
        for name in names:
            node = node.get(name) or {}
        return Place(node, "".join((self.pointer, *(f"/{escape(name)}" for name in names))))


def escape(name: str) -> str:
    """Write a name as one reference token of a JSON pointer (RFC 6901, 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def compile_contract(product: str, release: str, document: dict[str, Any]) -> Contract:
    """Compile the document of one release.

    Raises UserError on a reference to nothing, a missing operationId or one used twice.
    """
    operations: dict[str, Operation] = {}
    root = Place(document, "")
    for path in document.get("paths") or {}:
        item = resolve(document, root.into("paths", path))
        for method in METHODS:
            if method in item.node:
                operation = _operation(document, path, method, item)
                if operation.id in operations:
                    raise UserError(f"the operationId {operation.id!r} stands on two operations")
                operations[operation.id] = operation
    return Contract(
        product=product,
        release=release,
        operations=operations,
        packed_document=msgspec.msgpack.encode(document),
    )


def resolve(document: dict[str, Any], place: Place) -> Place:
    """Follow `$ref`s within the document; raises UserError where one leads nowhere or round in a circle."""
    for _ in range(MOST_REFERENCES):
        reference = place.node.get("$ref")
        if reference is None:
            return place
        if not reference.startswith("#/"):
            raise UserError(
                f"expected a reference within the document, came {reference!r} at {place.pointer}"
            )
        place = Place(_at(document, reference, place.pointer), reference[1:])
    raise UserError(f"the references at {place.pointer} lead round in a circle")


def _at(document: dict[str, Any], reference: str, asked_from: str) -> dict[str, Any]:
    node: Any = document
    for token in reference[2:].split("/"):
        name = token.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or name not in node:
            raise UserError(f"{asked_from} refers to {reference}, which is not there")
        node = node[name]
    if not isinstance(node, dict):
        raise UserError(f"{asked_from} refers to {reference}, which is no object")
    return node


def _operation(document: dict[str, Any], path: str, method: str, item: Place) -> Operation:
    place = item.into(method)
    node = place.node
    if "operationId" not in node:
        raise UserError(f"{method.upper()} {path} has no operationId")
    parameters = {
        (parameter.name, parameter.location): parameter
        for owner in (item, place)
        for parameter in _parameters(document, owner)
    }
    return Operation(
        id=node["operationId"],
        method=method.upper(),
        path=path,
        parameters=tuple(parameters.values()),
        body=_body(document, place) if "requestBody" in node else None,
        responses={
            str(status): _response(document, str(status), place.into("responses", status))
            for status in node.get("responses") or {}
        },
        tags=tuple(node.get("tags") or ()),
        summary=node.get("summary", ""),
        extensions={name: value for name, value in node.items() if name.startswith("x-")},
    )


def _parameters(document: dict[str, Any], owner: Place) -> Iterator[Parameter]:
    for position, written in enumerate(owner.node.get("parameters") or ()):
        node, _ = resolve(document, Place(written, f"{owner.pointer}/parameters/{position}"))
        location = node["in"]
        style = node.get("style", "form" if location in ("query", "cookie") else "simple")
        yield Parameter(
            name=node["name"],
            location=location,
            schema=_parameter_schema(document, node, owner),
            required=bool(node.get("required", location == "path")),
            explode=bool(node.get("explode", style == "form")),
        )


def _parameter_schema(document: dict[str, Any], node: dict[str, Any], owner: Place) -> Schema:
    """Return the schema itself, so that a reader of requests finds its type without the document."""
    schema = node.get("schema", True)
    return resolve(document, Place(schema, owner.pointer)).node if isinstance(schema, dict) else bool(schema)


def _body(document: dict[str, Any], operation: Place) -> Body:
    place = resolve(document, operation.into("requestBody"))
    return Body(bool(place.node.get("required", False)), _content(document, place))


def _response(document: dict[str, Any], status: str, written: Place) -> Response:
    place = resolve(document, written)
    links = {}
    for name in place.node.get("links") or {}:
        node = resolve(document, place.into("links", name)).node
        if "operationId" in node:
            links[name] = Link(
                operation_id=node["operationId"],
                parameters=node.get("parameters") or {},
                body=node.get("requestBody"),
            )
    return Response(status=status, content=_content(document, place), links=links)


def _content(document: dict[str, Any], owner: Place) -> dict[str, MediaType]:
    return {
        name.lower(): MediaType(
            name=name.lower(),
            schema=owner.node["content"][name].get("schema"),
            pointer=f"{owner.pointer}/content/{escape(name)}/schema",
            examples=_examples(document, owner.into("content", name)),
        )
        for name in owner.node.get("content") or {}
    }


def _examples(document: dict[str, Any], media_type: Place) -> dict[str, Any]:
    examples = {}
    if "example" in media_type.node:
        examples["example"] = media_type.node["example"]
    for name in media_type.node.get("examples") or {}:
        node = resolve(document, media_type.into("examples", name)).node
        if "value" in node:
            examples[name] = node["value"]
    return examples
