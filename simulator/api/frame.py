"""Requests, replies, and the functions that make one from the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from simulator.contract.model import Operation

Handler = Callable[["Call", Any], "Reply | Later"]
H = TypeVar("H", bound=Handler)
JSON = "application/json"


@dataclass(slots=True, kw_only=True)
class Call:
    """One request: the operation it means, its path parameters and headers (lower-case names), its body.

    `base` is the address up to and with the API's root, for links.
    """

    operation: Operation
    path: Mapping[str, str]
    query_text: str
    headers: Mapping[str, str]
    body: bytes
    base: str = ""
    _query: dict[str, list[str]] | None = field(default=None)

    @property
    def query(self) -> dict[str, list[str]]:
        """The query parameters, each with all its values; a name without `=` has the empty text."""
        if self._query is None:
            found: dict[str, list[str]] = {}
            for name, value in parse_qsl(self.query_text, keep_blank_values=True):
                found.setdefault(name, []).append(value)
            self._query = found
        return self._query

    def parameter(self, name: str) -> str | None:
        """The last value of a query parameter, None where it is not given."""
        values = self.query.get(name)
        return values[-1] if values else None

    @property
    def media_type(self) -> str:
        """The media type of the body, in lower case and without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `body` is plain data to be written as JSON, bytes as they are, or None for no content."""

    status: int
    body: Any = None
    media_type: str = JSON
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """An answer that has to wait: `poll` gives it when it is there, `expired` what is said after `seconds`."""

    poll: Callable[[], Reply | None]
    seconds: float
    expired: Callable[[], Reply]


def operation(identity: str) -> Callable[[H], H]:
    """Mark a function as the handler of an operation of the contract."""

    def mark(function: H) -> H:
        function.__dict__["operation"] = identity
        return function

    return mark
