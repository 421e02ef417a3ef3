"""How query parameters are read."""

import pytest

from simulator.api.v1.filters import like_pattern
from simulator.api.v1.query_forms import (
    DATE,
    INTEGER,
    TEXT_SET,
    TEXTS,
    TRUTH,
    Unconvertible,
    split,
)


@pytest.mark.parametrize(
    ("text", "parts"), [("", [""]), (",", []), ("a,", ["a"]), (",a", ["", "a"]), ("a,,b,,", ["a", "", "b"])]
)
def test_lists_are_split_as_java_splits_texts(text: str, parts: list[str]) -> None:
    assert split(text) == parts
    assert TEXT_SET.from_text(text) == parts


def test_an_empty_list_of_texts_is_none_at_all() -> None:
    assert TEXTS.from_text("") == []


@pytest.mark.parametrize("text", ["TRUE", "", "x", "1.5", "[]"])
def test_what_is_no_json_truth_is_refused(text: str) -> None:
    with pytest.raises(Unconvertible, match=r"java\.lang\.Boolean"):
        TRUTH.from_text(text)


def test_numbers_lose_their_fraction_and_their_quotes() -> None:
    assert [INTEGER.from_text(text) for text in ("7", "1.5", '"12"', "null")] == [7, 1, 12, None]


def test_dates_are_milliseconds() -> None:
    assert DATE.from_text("1970-01-01T00:00:01.000+0000") == 1000
    with pytest.raises(Unconvertible, match='"x"'):
        DATE.from_text("x")


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a%", "abc", True),
        ("a_", "abc", False),
        ("a\\%", "a%", True),
        ("a\\%", "ab", False),
        ("%", "", True),
        (".", "x", False),
    ],
)
def test_like_patterns_are_those_of_sql(pattern: str, text: str, fits: bool) -> None:
    assert (like_pattern(pattern).fullmatch(text) is not None) is fits
