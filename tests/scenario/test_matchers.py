"""What an expectation says, and what it does not let pass."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.matchers import ARGUED, NAMED, compare
from simulator.scenario.matching import ABSENT, pair_up, pointer

HOLDS: list[tuple[object, object]] = [
    (1, 1.0),
    ({"a": 1}, {"a": 1, "b": 2}),
    ([1, {"a": 1}], [1, {"a": 1, "b": 2}]),
    ("$any", None),
    ("$absent", ABSENT),
    ({"a": "$absent"}, {}),
    ("$null", None),
    ("$string", ""),
    ("$nonempty", "x"),
    ("$number", 1.5),
    ("$integer", 7),
    ("$boolean", False),
    ("$object", {}),
    ("$list", []),
    ("$uuid", "2f1b6b32-0d5f-11ef-9262-0242ac120002"),
    ("$key", "2251799813685249"),
    ("$datetime", "2024-05-08T12:00:00.000+0200"),
    ("$datetime", "2024-05-08T12:00:00Z"),
    ({"$is": "$any"}, "$any"),
    ({"$not": 1}, 2),
    ({"$oneOf": [1, "$string"]}, "x"),
    ({"$matches": "^a.c$"}, "abc"),
    ({"$exactly": {"a": {"b": "$any"}}}, {"a": {"b": 1}}),
    ({"$length": 2}, [1, 2]),
    ({"$length": {"$oneOf": [1, 2]}}, "ab"),
    ({"$each": {"a": "$number"}}, [{"a": 1, "b": 0}, {"a": 2}]),
    ({"$containing": "b"}, "abc"),
    ({"$containing": [{"a": 2}]}, [{"a": 1}, {"a": 2}]),
    ({"$unordered": ["$any", 1]}, [1, 2]),
    ({"$length": 3, "$containing": [1]}, [3, 2, 1]),
]

DIFFERS: list[tuple[object, object]] = [
    (1, True),
    (1, "1"),
    (None, ABSENT),
    ({"a": 1}, {}),
    ({"a": 1}, [1]),
    ([1], [1, 2]),
    ([1, 2], [2, 1]),
    ("$any", ABSENT),
    ("$absent", None),
    ("$string", 1),
    ("$nonempty", ""),
    ("$number", True),
    ("$integer", 1.5),
    ("$boolean", 0),
    ("$uuid", "2251799813685249"),
    ("$key", 2251799813685249),
    ("$datetime", "2024-05-08"),
    ({"$is": {"a": 1}}, {"a": 1, "b": 1}),
    ({"$is": 1}, True),
    ({"$not": "$string"}, "x"),
    ({"$oneOf": [1, 2]}, 3),
    ({"$matches": "^b"}, "abc"),
    ({"$exactly": {"a": 1}}, {"a": 1, "b": 2}),
    ({"$exactly": {"a": {"b": 1}}}, {"a": {"b": 1, "c": 2}}),
    ({"$exactly": [{"a": 1}]}, [{"a": 1, "b": 2}]),
    ({"$length": 2}, [1]),
    ({"$length": 2}, 2),
    ({"$each": "$number"}, [1, "2"]),
    ({"$containing": "d"}, "abc"),
    ({"$containing": [1, 1]}, [1, 2]),
    ({"$unordered": [1, 2]}, [1, 2, 2]),
    ({"$unordered": [1, 1]}, [1, 2]),
    ({"$length": 3, "$containing": [4]}, [3, 2, 1]),
]


@pytest.mark.parametrize(("expected", "came"), HOLDS)
def test_what_fits_an_expectation_holds(expected: object, came: object) -> None:
    assert list(compare(expected, came)) == []


@pytest.mark.parametrize(("expected", "came"), DIFFERS)
def test_what_does_not_fit_an_expectation_differs(expected: object, came: object) -> None:
    assert list(compare(expected, came)) != []


def test_every_matcher_is_shown_to_hold_and_to_differ() -> None:
    for table in (HOLDS, DIFFERS):
        used = json.dumps([expected for expected, _ in table])
        rest = [name for name in (*NAMED, *ARGUED) if f'"{name}"' not in used]
        assert rest in ([], ["$null", "$object", "$list"])


def test_each_difference_names_its_place_in_what_came() -> None:
    found = list(compare({"a": [1, {"b/c": 2}], "d": "$string"}, {"a": [1, {"b/c": 3}], "d": None}))

    assert [pointer(mismatch.spot.path) for mismatch in found] == ["/a/1/b~1c", "/d"]
    assert [(mismatch.expected, mismatch.came) for mismatch in found] == [("2", "3"), ("a string", "null")]


def test_items_in_any_order_are_paired_although_the_first_fit_is_taken() -> None:
    assert list(compare({"$unordered": ["$any", "$number", 1]}, [1, 2, "x"])) == []


@given(
    st.lists(st.sampled_from(["$any", "$number", 1, 2]), max_size=5),
    st.lists(st.sampled_from([1, 2, "x"]), max_size=5),
)
def test_pairing_finds_as_many_pairs_as_there_can_be(expected: list[object], came: list[object]) -> None:
    def fits(item: object, value: object) -> bool:
        return next(compare(item, value), None) is None

    best = (
        max(
            sum(fits(item, came[place]) for item, place in zip(expected, order, strict=False))
            for order in itertools.permutations(range(len(came)), min(len(came), len(expected)))
        )
        if len(came) >= len(expected)
        else None
    )
    pairs = pair_up(expected, came, compare)

    assert len(set(pairs.values())) == len(pairs)
    assert all(fits(expected[item], came[place]) for item, place in pairs.items())
    assert best is None or len(pairs) == best
