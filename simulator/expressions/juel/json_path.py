"""The JSONPath steps that expressions use: names, indexes, wildcards and deep search; no filters."""

import re
from typing import Any, Final

import msgspec

_STEP: Final = re.compile(
    r"\.\.(?P<deep>\w+|\*)|\.(?P<name>[^.\[\]*()?@\s]+)|(?P<all>\.\*|\[\*\])"
    r"|\[(?P<index>-?\d{1,9})\]|\[(?P<quote>['\"])(?P<key>[^'\"\]]*)(?P=quote)\]"
)


class PathSyntaxError(Exception):
    """A text is no JSONPath."""


class PathNotModelledError(Exception):
    """A JSONPath uses filters, slices, unions or functions."""


class Step(msgspec.Struct, frozen=True):
    """One step: a key (text), an index (number) or None for all; `deep` looks below as well."""

    key: str | int | None
    deep: bool = False

    @property
    def definite(self) -> bool:
        """Whether the step leads to at most one place."""
        return self.key is not None and not self.deep


def read_path(path: str) -> tuple[Step, ...]:
    """Read a path that starts at the root, `$`."""
    if not path.startswith("$"):
        path = f"$.{path}"
    steps: list[Step] = []
    at = 1
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None:
            raise PathNotModelledError if re.match(r"\[.*\]|\.\w+\(", path[at:]) else PathSyntaxError
        steps.append(_step(found))
        at = found.end()
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["deep"]:
        return Step(None if found["deep"] == "*" else found["deep"], deep=True)
    if found["index"]:
        return Step(int(found["index"]))
    if found["all"]:
        return Step(None)
    return Step(found["name"] if found["key"] is None else found["key"])


def find(node: Any, steps: tuple[Step, ...]) -> list[Any]:
    """Answer all nodes that the steps lead to."""
    nodes = [node]
    for step in steps:
        starts = _below(nodes) if step.deep else nodes
        nodes = [child for start in starts for child in _children(start, step.key)]
    return nodes


def _below(nodes: list[Any]) -> list[Any]:
    """List the nodes and everything in them, outer ones first."""
    found: list[Any] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(_children(node, None)))
    return found


def _children(node: Any, key: str | int | None) -> list[Any]:
    match node, key:
        case dict(), None:
            return list(node.values())
        case list(), None:
            return list(node)
        case dict(), str():
            return [node[key]] if key in node else []
        case list(), int():
            return [node[key]] if -len(node) <= key < len(node) else []
    return []
