"""The matchers an expectation may hold in the place of a literal, and the comparison that knows them."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import chain

from simulator.scenario.matching import (
    ABSENT,
    Matcher,
    Mismatch,
    Mismatches,
    Spot,
    compare_list,
    compare_object,
    is_matcher,
    pair_up,
    same,
    show,
)
from simulator.scenario.nodes import Node, kind_of, plain

_SHORT = re.compile(r"\$[a-z][A-Za-z]*")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ZONE = re.compile(r"([+-]\d\d)(\d\d)$")


def compare(expected: object, came: object, spot: Spot = Spot()) -> Mismatches:  # noqa: B008 (frozen value)
    """Compare what came with an expectation; answers each place where they differ."""
    if isinstance(expected, Mapping) and is_matcher(expected):
        yield from chain.from_iterable(
            ARGUED[str(name)](argument, came, spot.under(str(name))) for name, argument in expected.items()
        )
    elif isinstance(expected, Mapping):
        yield from compare_object(expected, came, spot, compare)
    elif isinstance(expected, list):
        yield from compare_list(expected, came, spot, compare)
    elif isinstance(expected, str) and expected in NAMED:
        phrase, holds = NAMED[expected]
        if not holds(came):
            yield Mismatch(spot, phrase, show(came))
    elif not same(expected, came):
        yield Mismatch(spot, show(expected), show(came))


def _is_datetime(came: object) -> bool:
    """ISO 8601 with date and time; Camunda 7 writes the zone without a colon."""
    if not isinstance(came, str) or "T" not in came:
        return False
    try:
        datetime.fromisoformat(_ZONE.sub(r"\1:\2", came))
    except ValueError:
        return False
    return True


def _is_number(came: object) -> bool:
    return isinstance(came, int | float) and not isinstance(came, bool)


def _is_text(came: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(came, str) and pattern.fullmatch(came) is not None


NAMED: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "$any": ("anything", lambda came: came is not ABSENT),
    "$absent": ("nothing", lambda came: came is ABSENT),
    "$null": ("null", lambda came: came is None),
    "$string": ("a string", lambda came: isinstance(came, str)),
    "$nonempty": ("a string that is not empty", lambda came: isinstance(came, str) and came != ""),
    "$number": ("a number", _is_number),
    "$integer": ("an integer", lambda came: _is_number(came) and isinstance(came, int)),
    "$boolean": ("a boolean", lambda came: isinstance(came, bool)),
    "$object": ("an object", lambda came: isinstance(came, Mapping)),
    "$list": ("a list", lambda came: isinstance(came, list)),
    "$uuid": ("a UUID", lambda came: _is_text(came, _UUID)),
    "$key": ("a string of digits", lambda came: _is_text(came, re.compile(r"[0-9]+"))),
    "$datetime": ("a date and time (ISO 8601)", _is_datetime),
}


def _is(argument: object, came: object, spot: Spot) -> Mismatches:
    """The very value, taken as no matcher and with no field more."""
    if _strict(argument) != _strict(came):
        yield Mismatch(spot, show(argument), show(came))


def _strict(value: object) -> object:
    """A value in a form in which equal JSON values are equal and true is not 1."""
    match value:
        case bool():
            return ("boolean", value)
        case Mapping():
            return {key: _strict(inner) for key, inner in value.items()}
        case list():
            return [_strict(inner) for inner in value]
        case _:
            return value


def _not(argument: object, came: object, spot: Spot) -> Mismatches:
    if next(compare(argument, came, spot), None) is None:
        yield Mismatch(spot, f"anything but {show(argument)}", show(came))


def _one_of(argument: object, came: object, spot: Spot) -> Mismatches:
    choices = argument if isinstance(argument, list) else [argument]
    if not any(next(compare(choice, came, spot), None) is None for choice in choices):
        yield Mismatch(spot, f"one of {show(choices)}", show(came))


def _matches(argument: object, came: object, spot: Spot) -> Mismatches:
    if not isinstance(came, str) or re.search(str(argument), came) is None:
        yield Mismatch(spot, f"a string that matches /{argument}/", show(came))


def exactly(argument: object, came: object, spot: Spot) -> Mismatches:
    """Compare with no field more than the expectation names, at any depth."""
    if isinstance(argument, Mapping) and not is_matcher(argument):
        yield from compare_object(argument, came, spot, exactly)
        if isinstance(came, Mapping):
            for key in sorted(came.keys() - argument.keys()):
                yield Mismatch(Spot(spot.where, (*spot.path, key)), "nothing", show(came[key]))
    elif isinstance(argument, list):
        yield from compare_list(argument, came, spot, exactly)
    else:
        yield from compare(argument, came, spot)


def _length(argument: object, came: object, spot: Spot) -> Mismatches:
    length: object = len(came) if isinstance(came, list | str | Mapping) else ABSENT
    if next(compare(argument, length, spot), None) is not None:
        yield Mismatch(spot, f"a length of {show(argument)}", f"{show(length)} for {show(came)}")


def _each(argument: object, came: object, spot: Spot) -> Mismatches:
    if not isinstance(came, list):
        yield Mismatch(spot, "a list", show(came))
        return
    for index, value in enumerate(came):
        yield from compare(argument, value, Spot(spot.where, (*spot.path, index)))


def _containing(argument: object, came: object, spot: Spot) -> Mismatches:
    """A list with (at least) these items in any order, or a string with this part."""
    if isinstance(argument, str) and isinstance(came, str):
        if argument not in came:
            yield Mismatch(spot, f"a string that contains {show(argument)}", show(came))
        return
    wanted = argument if isinstance(argument, list) else [argument]
    if not isinstance(came, list):
        yield Mismatch(spot, f"a list that contains {show(wanted)}", show(came))
        return
    pairs = pair_up(wanted, came, compare)
    for index, item in enumerate(wanted):
        if index not in pairs:
            yield Mismatch(Spot((*spot.where, index), spot.path), f"an item {show(item)}", show(came))


def _unordered(argument: object, came: object, spot: Spot) -> Mismatches:
    """A list of exactly these items in any order."""
    yield from _containing(argument, came, spot)
    if isinstance(argument, list) and isinstance(came, list) and len(came) > len(argument):
        yield Mismatch(spot, f"{len(argument)} items in any order: {show(argument)}", show(came))


ARGUED: Mapping[str, Matcher] = {
    "$is": _is,
    "$not": _not,
    "$oneOf": _one_of,
    "$matches": _matches,
    "$exactly": exactly,
    "$length": _length,
    "$each": _each,
    "$containing": _containing,
    "$unordered": _unordered,
}


def check_matchers(node: Node) -> None:
    """See that an expectation holds only matchers that exist; raises ScenarioError otherwise."""
    pending = [node]
    while pending:
        node = pending.pop()
        match node.value:
            case str() if _SHORT.fullmatch(node.value) and node.value not in NAMED:
                raise node.wrong(f"expected {_names(NAMED)}; came {node.value!r} ({{$is: …}} takes any text)")
            case dict() if is_matcher(node.value):
                pending.extend(_arguments(node.value))
            case dict():
                pending.extend(node.value.values())
            case list():
                pending.extend(node.value)


def _arguments(entries: dict[str, Node]) -> Iterable[Node]:
    for name, inner in entries.items():
        if name not in ARGUED:
            raise inner.wrong(f"expected {_names(ARGUED)}; came {name!r}")
        if name == "$matches":
            try:
                re.compile(inner.text())
            except re.error as error:
                raise inner.wrong(
                    f"expected a regular expression, came {kind_of(plain(inner))}: {error}"
                ) from error
        elif name in ("$unordered", "$oneOf"):
            inner.items()
        if name != "$is":
            yield inner


def _names(matchers: Iterable[str]) -> str:
    return f"one of {', '.join(matchers)}"
