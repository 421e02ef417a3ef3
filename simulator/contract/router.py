"""Finds the operation for a method and a path: a trie over the segments of the path templates."""

from collections.abc import Iterable
from typing import TypeAlias
from urllib.parse import unquote

import msgspec

from simulator.contract.model import Operation


class Match(msgspec.Struct, frozen=True):
    """The operation a request means, and its path parameters, decoded."""

    operation: Operation
    path_parameters: dict[str, str]


class MethodNotAllowed(msgspec.Struct, frozen=True):
    """The path is known under other methods, in alphabetical order."""

    allowed: tuple[str, ...]


class NotFound(msgspec.Struct, frozen=True):
    """No template fits the path."""


Routing: TypeAlias = Match | MethodNotAllowed | NotFound

NOT_FOUND = NotFound()


class Route(msgspec.Struct, frozen=True):
    """An operation where its template ends, with the names of the template's parameters in order."""

    operation: Operation
    names: tuple[str, ...]


class Junction:
    """A node of the trie: where a literal segment leads, where any other leads, which routes end here."""

    __slots__ = ("literals", "parameter", "routes")

    def __init__(self) -> None:
        self.literals: dict[str, Junction] = {}
        self.parameter: Junction | None = None
        self.routes: dict[str, Route] = {}


class Router:
    """The operations of a contract as a trie; a literal segment goes before a parameter where both fit."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._root = Junction()
        for operation in operations:
            self._add(operation)

    def match(self, method: str, path: str) -> Routing:
        """Route a method in capitals and a path still percent-encoded, without query and base path.

        A parameter takes exactly one segment that is not empty. Where the most literal template lacks the
        method, a less literal one that has it is taken.
        """
        segments = path.split("/")
        if "%" in path:
            segments = [unquote(segment) for segment in segments]
        return NOT_FOUND if segments[0] else self._search(method, segments)

    def _search(self, method: str, segments: list[str]) -> Routing:
        """Walk the trie, coming back to the parameters passed over while literals lead nowhere."""
        count, index, junction = len(segments), 1, self._root
        values: tuple[str, ...] = ()
        others: list[tuple[Junction, int, tuple[str, ...]]] = []
        allowed: set[str] = set()
        while True:
            literal = parameter = None
            if index == count:
                if method in junction.routes:
                    route = junction.routes[method]
                    return Match(route.operation, dict(zip(route.names, values, strict=True)))
                allowed.update(junction.routes)
            else:
                segment = segments[index]
                literal = junction.literals.get(segment)
                parameter = junction.parameter if segment else None
                index += 1
            if literal is not None:
                if parameter is not None:
                    others.append((parameter, index, (*values, segment)))
                junction = literal
            elif parameter is not None:
                junction, values = parameter, (*values, segment)
            elif others:
                junction, index, values = others.pop()
            else:
                return MethodNotAllowed(tuple(sorted(allowed))) if allowed else NOT_FOUND

    def _add(self, operation: Operation) -> None:
        junction = self._root
        names = []
        for segment in operation.path.split("/")[1:]:
            if segment.startswith("{") and segment.endswith("}"):
                names.append(segment[1:-1])
                if junction.parameter is None:
                    junction.parameter = Junction()
                junction = junction.parameter
            elif "{" in segment:
                raise ValueError(
                    f"{operation.id}: expected a parameter to be a whole segment, came {segment!r}"
                )
            else:
                junction = junction.literals.setdefault(unquote(segment), Junction())
        if operation.method in junction.routes:
            other = junction.routes[operation.method].operation
            raise ValueError(f"{operation.id} and {other.id} have the same method and path")
        junction.routes[operation.method] = Route(operation, tuple(names))
