"""Writes the body of a raw request: JSON, text, or a form of several parts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from simulator.contract.forms import Field, Upload, encode_multipart, show_scalar
from simulator.scenario.nodes import Node, kind_of
from simulator.scenario.play import Play, read_model


def encode(
    body: object, text: str | None, multipart: Mapping[str, object] | None, play: Play
) -> tuple[str, bytes]:
    """The media type and the content; both empty where there is no body."""
    if multipart is not None:
        return encode_multipart(form(multipart, play))
    if text is not None:
        return "", text.encode()
    if body is not msgspec.UNSET:
        return "application/json", msgspec.json.encode(body)
    return "", b""


def form(multipart: Mapping[str, object], play: Play) -> dict[str, list[Field]]:
    """The parts of a form as the contract's requests take them."""
    return {name: _fields(value, play) for name, value in multipart.items()}


def ensure_one_body(entries: Mapping[str, Node]) -> None:
    """See that a step gives at most one body; raises ScenarioError."""
    bodies = [name for name in ("body", "text", "multipart") if name in entries]
    if len(bodies) > 1:
        raise entries[bodies[1]].wrong(f"expected one body, came {' and '.join(bodies)}")


def _fields(value: object, play: Play) -> list[Field]:
    return [_field(item, play) for item in (value if isinstance(value, list) else [value])]


def _field(value: object, play: Play) -> Field:
    """One part: a scalar, or `{file: order.bpmn, filename: …, type: …}`, or `{content: …, filename: …}`."""
    match value:
        case bool() | int() | float() | str():
            return show_scalar(value)
        case {"file": str(name), **more}:
            content = read_model(play.folder / name).content
            return Upload(str(more.get("filename", Path(name).name)), content, _type_of(more))
        case {"content": str(text), **more}:
            return Upload(str(more.get("filename", "")), text.encode(), _type_of(more))
        case _:
            raise play.wrong(f"expected a scalar or a part with `file` or `content`, came {kind_of(value)}")


def _type_of(more: Mapping[Any, object]) -> str:
    return str(more.get("type", "application/octet-stream"))
