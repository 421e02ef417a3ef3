"""Cuts a contract down to what one release of its product has.

`x-since` names the first release that has a thing, `x-until` the last one. Both may stand on any mapping:
a path, an operation, a parameter, a response, a media type, a schema, a property. A member of an `enum`
carries them as `{value: B, x-since: "8.7"}`.
"""

import re
from typing import Any, TypeAlias

from simulator.core.errors import UserError

Release: TypeAlias = tuple[int, ...]

MAPS_OF_NAMES = frozenset(
    (
        *("paths", "pathItems", "parameters", "requestBodies", "responses", "headers", "content", "encoding"),
        *("schemas", "properties", "patternProperties", "dependentSchemas", "$defs"),
        *("examples", "links", "callbacks", "securitySchemes", "variables"),
    )
)
"""Keywords below which the keys are names the document gives, so that a property may be called `default`."""

LITERALS = frozenset({"example", "default", "const", "value"})
"""Keywords whose value is anything at all, and is left alone."""


def read_release(text: str) -> Release:
    """Read `7.24`, `8.8.21` or `8.9.0-rc1` as its leading numbers; raises UserError."""
    match = re.match(r"\d+(?:\.\d+)*", text)
    if match is None:
        raise UserError(f"expected a release such as 7.24, came {text!r}")
    return tuple(int(part) for part in match.group().split("."))


def has(node: object, release: Release) -> bool:
    """Say whether a release has what a node of the document describes; patches of a release count as it."""
    if not isinstance(node, dict):
        return True
    since, until = node.get("x-since"), node.get("x-until")
    if isinstance(since, str) and release < read_release(since):
        return False
    if isinstance(until, str):
        last = read_release(until)
        return release[: len(last)] <= last
    return True


def restrict(document: dict[str, Any], release: Release) -> dict[str, Any]:
    """Copy an OpenAPI document without what the release lacks, nor links to operations it lacks."""
    copy: dict[str, Any] = {}
    pending: list[tuple[Any, Any, bool]] = [(document, copy, False)]
    while pending:
        source, target, keys_are_names = pending.pop()
        if isinstance(source, list):
            for item in source:
                if has(item, release):
                    target.append(_copied(item, pending, False))
            continue
        for key, value in source.items():
            if not keys_are_names and key in LITERALS:
                target[key] = value
            elif not has(value, release):
                continue
            elif keys_are_names:
                target[key] = _copied(value, pending, False)
            else:
                target[key] = _keyword(source, key, value, release, pending)
    _drop_dead_links(copy)
    return copy


def _keyword(
    source: dict[str, Any], key: str, value: Any, release: Release, pending: list[tuple[Any, Any, bool]]
) -> Any:
    """Copy the value of a keyword of the document."""
    if key == "examples" and isinstance(value, list):
        return value
    if key == "enum" and isinstance(value, list):
        return [_enum_member(member) for member in value if has(member, release)]
    if key == "required" and isinstance(value, list):
        properties = source.get("properties") or {}
        return [name for name in value if has(properties.get(name), release)]
    return _copied(value, pending, key in MAPS_OF_NAMES)


def _copied(value: Any, pending: list[tuple[Any, Any, bool]], keys_are_names: bool) -> Any:
    if isinstance(value, (dict, list)):
        empty: dict[str, Any] | list[Any] = {} if isinstance(value, dict) else []
        pending.append((value, empty, keys_are_names))
        return empty
    return value


def _enum_member(member: Any) -> Any:
    if isinstance(member, dict) and ("x-since" in member or "x-until" in member):
        return member.get("value")
    return member


def _drop_dead_links(document: dict[str, Any]) -> None:
    alive = {
        operation["operationId"]
        for item in (document.get("paths") or {}).values()
        for operation in item.values()
        if isinstance(operation, dict) and "operationId" in operation
    }
    pending: list[Any] = [document.get("paths"), document.get("components")]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(node)
        elif isinstance(node, dict):
            links = node.get("links")
            if isinstance(links, dict):
                node["links"] = {name: link for name, link in links.items() if not _is_dead(link, alive)}
            pending.extend(node.values())


def _is_dead(link: object, alive: set[str]) -> bool:
    return isinstance(link, dict) and "operationId" in link and link["operationId"] not in alive
