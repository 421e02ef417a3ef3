"""Compares what came with what a scenario expects: literals, objects as subsets, lists in full, matchers."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from simulator.scenario.nodes import Key

LONGEST_SHOWN = 400


class _Absent:
    """What came where nothing came."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = _Absent()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a comparison stands: in the expectation, and in what came."""

    where: tuple[Key, ...] = ()
    path: tuple[Key, ...] = ()

    def into(self, key: Key) -> "Spot":
        """The same step in both."""
        return Spot((*self.where, key), (*self.path, key))

    def under(self, matcher: str) -> "Spot":
        """The argument of a matcher."""
        return Spot((*self.where, matcher), self.path)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where what came is not what was expected."""

    spot: Spot
    expected: str
    came: str


Mismatches = Iterator[Mismatch]
Matcher = Callable[[object, object, Spot], Mismatches]


def show(value: object) -> str:
    """Write a value for people: compact JSON, cut where it is long."""
    if value is ABSENT:
        return repr(value)
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}… ({len(text)} characters)"


def pointer(path: Iterable[Key]) -> str:
    """Write a path as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def is_matcher(expected: object) -> bool:
    """Whether an expectation is a matcher with arguments, such as `{$length: 2}`."""
    return isinstance(expected, Mapping) and any(str(key).startswith("$") for key in expected)


def same(expected: object, came: object) -> bool:
    """Whether two scalars are the same JSON value: 1 and 1.0 are, 1 and true are not."""
    if isinstance(expected, bool) or isinstance(came, bool):
        return expected is came
    if isinstance(expected, int | float) and isinstance(came, int | float):
        return expected == came
    return type(expected) is type(came) and expected == came


def compare_object(expected: Mapping[str, object], came: object, spot: Spot, compare: Matcher) -> Mismatches:
    """Compare an object as a subset: what the expectation does not name may be anything."""
    if not isinstance(came, Mapping):
        yield Mismatch(spot, show(expected), show(came))
        return
    for key, inner in expected.items():
        yield from compare(inner, came.get(key, ABSENT), spot.into(key))


def compare_list(expected: list[object], came: object, spot: Spot, compare: Matcher) -> Mismatches:
    """Compare a list item by item; the lengths have to be the same."""
    if not isinstance(came, list) or len(came) != len(expected):
        yield Mismatch(spot, show(expected), show(came))
        return
    for index, (inner, value) in enumerate(zip(expected, came, strict=True)):
        yield from compare(inner, value, spot.into(index))


def pair_up(expected: list[object], came: list[object], compare: Matcher) -> dict[int, int]:
    """Pair as many expected items as can be with items that came; answers expected index → came index.

    Augmenting paths (Kuhn's algorithm), without recursion.
    """
    fits = [
        [place for place, value in enumerate(came) if next(compare(item, value, Spot()), None) is None]
        for item in expected
    ]
    owner: dict[int, int] = {}
    for item in range(len(expected)):
        _augment(item, fits, owner)
    return {item: place for place, item in owner.items()}


def _augment(start: int, fits: list[list[int]], owner: dict[int, int]) -> None:
    came_from: dict[int, int] = {}
    pending = [start]
    while pending:
        item = pending.pop()
        for place in fits[item]:
            if place in came_from:
                continue
            came_from[place] = item
            if place in owner:
                pending.append(owner[place])
                continue
            _turn(place, start, came_from, owner)
            return


def _turn(place: int, start: int, came_from: dict[int, int], owner: dict[int, int]) -> None:
    """Give each place along the path found to the item that reached it."""
    held = {item: spot for spot, item in owner.items()}
    while True:
        item = came_from[place]
        before = held.get(item)
        owner[place] = item
        if item == start or before is None:
            return
        place = before
