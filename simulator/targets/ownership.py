"""What a run has created at a target, and which raw requests keep to it."""

import re
from collections.abc import Iterable
from typing import Any, Protocol
from urllib.parse import unquote

import msgspec

from simulator.targets.naming import Names
from simulator.targets.protocol import NotObservable, RawAnswer, RawRequest

READING = frozenset({"GET", "HEAD", "OPTIONS"})

QUERIES: dict[str, re.Pattern[str]] = {
    "camunda7": re.compile(
        r"/(history/)?(process-instance|process-definition|task|execution|job|job-definition|incident|external-task"
        r"|variable-instance|activity-instance|detail|case-instance|case-execution|case-definition"
        r"|case-activity-instance|decision-instance|user-operation|event-subscription|deployment)(/count)?"
    ),
    "camunda8": re.compile(r"/.*/search|/topology|/expression/evaluation"),
}
"""Paths at which a POST only reads."""

_WORD = re.compile(r"[A-Za-z0-9_.:-]+")
_IDENTIFIER = re.compile(r"(id|Id|Key)$")
NOBODYS = frozenset({"tenantId", "userId", "groupId", "workerId", "activityId", "elementId", "businessKey"})
"""Fields that end like ids but hold what others may use as well."""

SHORTEST_ID = 8
NAMES_FOLLOW = frozenset({"variables", "localVariables"})
"""Segments after which a variable's name comes, which is no id."""


class Ownership(Protocol):
    """Knows the ids that a run has created, and refuses what would touch others."""

    def add(self, answer: Any) -> None:
        """Learn every id in an answer to a command of the run's own."""

    def add_ids(self, ids: Iterable[str]) -> None:
        """Learn ids of what belongs to the run's own instances."""

    def check(self, request: RawRequest) -> None:
        """Raise NotObservable where the request could change what the run did not create."""

    def learn(self, request: RawRequest, answer: RawAnswer) -> None:
        """Learn what a raw request on the run's own has brought."""


class Everything:
    """The ownership of a target that nobody else uses, or that may be changed at will."""

    def add(self, answer: Any) -> None:
        """Nothing has to be known."""

    def add_ids(self, ids: Iterable[str]) -> None:
        """Nothing has to be known."""

    def check(self, request: RawRequest) -> None:
        """Everything may be done."""

    def learn(self, request: RawRequest, answer: RawAnswer) -> None:
        """Nothing has to be known."""


class Created:
    """The ownership at a URL that others use too.

    A request that reads is always allowed. One that changes has to name, in each id of its path, what the
    run created or a name of the run's own; where its path has no id, its query or body has to. An id is a
    segment that is no word of the API: it has a digit, or follows `key` or `tenant-id`.
    """

    def __init__(self, names: Names, product: str) -> None:
        self._names = names
        self._queries = QUERIES[product]
        self._ids: set[str] = set()

    def add(self, answer: Any) -> None:
        """Learn the values of `id`, `…Id` and `…Key`, at any depth."""
        pending = [answer]
        while pending:
            value = pending.pop()
            match value:
                case dict():
                    pending.extend(inner for inner in value.values() if isinstance(inner, dict | list))
                    self.add_ids(
                        str(inner)
                        for name, inner in value.items()
                        if _IDENTIFIER.search(name) and name not in NOBODYS and _is_id(inner)
                    )
                case list():
                    pending.extend(value)

    def add_ids(self, ids: Iterable[str]) -> None:
        """Learn ids."""
        self._ids.update(ids)

    def check(self, request: RawRequest) -> None:
        """Raise NotObservable("destructive") where the request could change what the run did not create."""
        if self._reads(request) or self._is_own(request):
            return
        raise NotObservable("destructive", f"{request.method} {request.path}")

    def learn(self, request: RawRequest, answer: RawAnswer) -> None:
        """Learn the ids in the answer to a request that names the run's own."""
        if not 200 <= answer.status < 300 or not self._is_own(request):
            return
        try:
            self.add(msgspec.json.decode(answer.content))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return

    def _reads(self, request: RawRequest) -> bool:
        where = request.path.partition("?")[0]
        is_query = request.method == "POST" and self._queries.fullmatch(where) is not None
        return request.method in READING or is_query

    def _is_own(self, request: RawRequest) -> bool:
        where, _, query = request.path.partition("?")
        ids = _ids_of_path(where)
        if ids:
            return all(self._knows(each) for each in ids)
        told = unquote(query) + " " + request.content.decode("utf-8", "replace")
        return self._names.is_own(told) or any(word in self._ids for word in _WORD.findall(told))

    def _knows(self, text: str) -> bool:
        return text in self._ids or self._names.is_own(text)


def _is_id(value: object) -> bool:
    text = str(value)
    is_scalar = isinstance(value, str | int)
    return is_scalar and len(text) >= SHORTEST_ID and any(char.isdigit() for char in text)


def _ids_of_path(where: str) -> list[str]:
    segments = [unquote(segment) for segment in where.split("/") if segment]
    ids: list[str] = []
    for before, segment in zip(["", *segments], segments, strict=False):
        has_digit = any(char.isdigit() for char in segment)
        if before in ("key", "tenant-id") or (has_digit and before not in NAMES_FOLLOW):
            ids.append(segment)
    return ids
