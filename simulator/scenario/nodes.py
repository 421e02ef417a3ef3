"""What a scenario file says, each value with the line it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.core.core_schema import Scalar
from simulator.core.errors import UserError

Key = str | int
LONGEST_TOLD = 80
"""Characters of a text that a message shows."""


class ScenarioError(UserError):
    """A scenario is not written as the format wants it; the message says what was expected and what came."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a scenario file; in a mapping its line is that of its key."""

    value: Scalar | list[Node] | dict[str, Node]
    file: Path
    line: int

    def wrong(self, message: str) -> ScenarioError:
        """Make the error that names this place."""
        return ScenarioError(message, file=self.file, line=self.line)

    def mapping(self) -> dict[str, Node]:
        """The entries, where a mapping is expected; raises ScenarioError otherwise."""
        if not isinstance(self.value, dict):
            raise self.wrong(f"expected a mapping, came {kind_of(self.value)}")
        return self.value

    def items(self) -> list[Node]:
        """The items, where a list is expected; raises ScenarioError otherwise."""
        if not isinstance(self.value, list):
            raise self.wrong(f"expected a list, came {kind_of(self.value)}")
        return self.value

    def text(self) -> str:
        """The text, where one is expected; raises ScenarioError otherwise."""
        if not isinstance(self.value, str):
            raise self.wrong(f"expected a text, came {kind_of(self.value)}")
        return self.value


def kind_of(value: object) -> str:
    """Name the kind of a JSON value, with its article."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {value if len(value) <= LONGEST_TOLD else value[:LONGEST_TOLD] + '…'!r}"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


def plain(node: Node) -> object:
    """The value without its lines (a file nests 100 deep at most, so this may recurse)."""
    match node.value:
        case dict():
            return {key: plain(inner) for key, inner in node.value.items()}
        case list():
            return [plain(inner) for inner in node.value]
        case _:
            return node.value


def at(node: Node, path: tuple[Key, ...]) -> Node:
    """The node at a path of keys and indexes, or the last one on the way to it that is there."""
    for key in path:
        match node.value:
            case dict() if key in node.value:
                node = node.value[str(key)]
            case list() if isinstance(key, int) and key < len(node.value):
                node = node.value[key]
            case _:
                return node
    return node


def below(node: Node) -> Iterator[Node]:
    """The node and everything in it."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node.value, dict):
            pending.extend(node.value.values())
        elif isinstance(node.value, list):
            pending.extend(node.value)


def merged(node: Node, patch: Node) -> Node | None:
    """Apply a JSON merge patch (RFC 7396) whose null removes; an object of matchers replaces as a whole."""
    if patch.value is None:
        return None
    if not isinstance(patch.value, dict) or any(key.startswith("$") for key in patch.value):
        return patch
    known = node.value if isinstance(node.value, dict) else {}
    if any(key.startswith("$") for key in known):
        known = {}
    entries = dict(known)
    for key, inner in patch.value.items():
        new = merged(entries.get(key, Node(None, inner.file, inner.line)), inner)
        if new is None:
            entries.pop(key, None)
        else:
            entries[key] = new
    return Node(entries, node.file, node.line)
