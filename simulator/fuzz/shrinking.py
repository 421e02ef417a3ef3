"""Makes what shows a finding shorter: fewer steps, fewer parameters, smaller values, as long as it still shows."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from simulator.fuzz.example import Example
from simulator.fuzz.tokens import has_token

Shows = Callable[[tuple[Example, ...]], bool]


@dataclass(slots=True)
class Patience:
    """How many more times the target is asked, and until when by the monotonic clock."""

    left: int
    until: float = math.inf

    def allows(self) -> bool:
        """Count one question, if there is one left."""
        self.left -= 1
        return self.left >= 0 and time.monotonic() < self.until


def shrink(steps: tuple[Example, ...], shows: Shows, patience: Patience) -> tuple[Example, ...]:
    """The shortest steps found that still show what these do; the last step stays the last."""
    steps = _fewer_steps(steps, shows, patience)
    *before, last = steps

    def last_shows(candidate: Example) -> bool:
        return shows((*before, candidate))

    return (*before, _smaller(last, last_shows, patience))


def _fewer_steps(steps: tuple[Example, ...], shows: Shows, patience: Patience) -> tuple[Example, ...]:
    """Leave out halves, quarters, … and at last single steps."""
    size = len(steps) - 1
    while size >= 1:
        start = 0
        while start < len(steps) - 1:
            shorter = steps[:start] + steps[min(start + size, len(steps) - 1) :]
            if patience.allows() and shows(shorter):
                steps = shorter
            else:
                start += size
        size = min(size // 2, len(steps) - 1)
    return steps


def _smaller(example: Example, shows: Callable[[Example], bool], patience: Patience) -> Example:
    """Take the first smaller request that still shows it, until there is none."""
    again = True
    while again:
        again = False
        for candidate in candidates(example):
            if not patience.allows():
                return example
            if shows(candidate):
                example, again = candidate, True
                break
    return example


def candidates(example: Example) -> Iterator[Example]:
    """Requests that are a little smaller, the boldest first."""
    replace = msgspec.structs.replace
    if example.headers:
        yield replace(example, headers={})
    if len(example.query) > 1:
        names = list(example.query)
        for kept in (names[: len(names) // 2], names[len(names) // 2 :]):
            yield replace(example, query={name: example.query[name] for name in kept})
    for name in example.query:
        yield replace(
            example, query={other: value for other, value in example.query.items() if other != name}
        )
    for name, value in example.query.items():
        for smaller in values(value):
            yield replace(example, query={**example.query, name: smaller})
    if example.content is not None:
        yield replace(example, content=None)
        for smaller in values(example.content.value):
            yield replace(example, content=replace(example.content, value=smaller))
    for name, text in example.path.items():
        if not has_token(text) and len(text) > 1:
            yield replace(example, path={**example.path, name: "a"})
            yield replace(example, path={**example.path, name: text[: len(text) // 2]})


def values(value: Any) -> Iterator[Any]:
    """Values that are a little smaller."""
    match value:
        case str() if value and not has_token(value):
            yield ""
            if len(value) > 1:
                yield "a"
                yield value[: len(value) // 2]
        case bool() | None:
            return
        case int() | float() if value not in (0, 1):
            yield from (0, 1)
        case list():
            for place in range(len(value)):
                yield value[:place] + value[place + 1 :]
            for place, item in enumerate(value):
                yield from ([*value[:place], each, *value[place + 1 :]] for each in values(item))
        case dict():
            for name in value:
                yield {other: inner for other, inner in value.items() if other != name}
            for name, inner in value.items():
                yield from ({**value, name: each} for each in values(inner))
