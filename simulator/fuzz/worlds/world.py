"""A world: one target with something deployed and started, and all that a request can name there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec

from simulator.contract.compiling import escape
from simulator.fuzz.answering import Answer, send
from simulator.fuzz.tokens import NOTHING
from simulator.targets.protocol import RawRequest, Target

TENANT = "berlin"
USERS = ("anna", "bert", "demo")
WORKERS = ("worker", "other")
VARIABLES = ("amount", "customer", "parts", "absent")
NO_KEY = 2_251_799_900_000_000
"""Keys of the first partition count up from 2^51; this one is far from being given (live Camunda 8.6)."""


@dataclass(slots=True)
class World:
    """One target and what is known there: for each role the ids or names that have it, in a fixed order.

    `answers` holds what earlier steps were answered, by their labels.
    """

    target: Target
    product: str
    known: dict[str, list[str]] = field(default_factory=dict)
    answers: dict[int, Any] = field(default_factory=dict)

    def knows(self, role: str, *names: str) -> None:
        """Add ids or names of a role."""
        held = self.known.setdefault(role, [])
        held.extend(name for name in names if name not in held)

    def resolve(self, name: str) -> str:
        """What a token's inner text stands for here: an id of the role, or one that names nothing."""
        role, _, place = name.partition(".")
        if ":" in name:
            label, _, pointer = name.partition(":")
            return self._answered(int(label), pointer)
        if role == NOTHING:
            return self.nothing(int(place))
        held = self.known.get(role)
        return held[int(place) % len(held)] if held else self.nothing(int(place))

    def nothing(self, place: int) -> str:
        """An id of the run's own that nothing has."""
        return str(NO_KEY + place) if self.product == "camunda8" else self.target.own(f"none{place}")

    def send(self, request: RawRequest) -> Answer:
        """Send, and take what flies out of an application in this process for an answer as well."""
        return send(self.target, request)

    def read(self, where: str, query: Mapping[str, object] | None = None, body: object = None) -> Any:
        """Ask for JSON; None where the target refuses, so that a world is as whole as a target lets it be."""
        path = where + (f"?{urlencode(query)}" if query else "")
        method = "GET" if body is None else "POST"
        content = b"" if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if content else {}
        answer = self.send(RawRequest(method=method, path=path, headers=headers, content=content))
        if not 200 <= answer.status < 300 or not answer.content:
            return None
        try:
            return msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def keep_answer(self, label: int, answer: Answer) -> None:
        """Keep an answer's body for the steps that refer to it."""
        try:
            self.answers[label] = msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            self.answers[label] = None

    def close(self) -> None:
        """Take away what was made, where others use the target."""
        self.target.close()

    def _answered(self, label: int, pointer: str) -> str:
        value = self.answers.get(label)
        for name in pointer.split("/")[1:]:
            match value:
                case dict():
                    value = next((inner for key, inner in value.items() if escape(key) == name), None)
                case list() if name.isdigit() and int(name) < len(value):
                    value = value[int(name)]
                case _:
                    value = None
        return self.nothing(label) if value is None else str(value)


def rows(found: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of an answer to a query, none where it was refused."""
    listed = found.get("items") if isinstance(found, dict) else found
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
