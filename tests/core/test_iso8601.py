"""Durations, dates and repeating intervals of ISO 8601."""

from datetime import UTC, datetime

import pytest

from simulator.core.iso8601 import Cycle, Duration, parse_cycle, parse_date, parse_duration

HOUR = 3_600_000
DAY = 24 * HOUR


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "months", "milliseconds"),
    [
        ("PT1H30M", 0, HOUR + HOUR // 2),
        ("P1Y2M3DT4S", 14, 3 * DAY + 4_000),
        ("P2W", 0, 14 * DAY),
        ("PT0.5S", 0, 500),
        ("-P1M", -1, 0),
        ("PT-1H", 0, -HOUR),
    ],
)
def test_a_duration_is_months_and_milliseconds(text: str, months: int, milliseconds: int) -> None:
    assert parse_duration(text) == Duration(months, milliseconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "1 hour", "P1H", "PT1D", "P1DT"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    month = parse_duration("P1M")

    assert month.add_to(at("2024-01-31T10:00:00")) == at("2024-02-29T10:00:00")
    assert month.add_to(at("2023-12-31T10:00:00")) == at("2024-01-31T10:00:00")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2030-01-01T10:00:00Z", "2030-01-01T10:00:00"),
        ("2030-01-01T10:00:00+02:00", "2030-01-01T08:00:00"),
        ("2030-07-01T10:00:00[Europe/Berlin]", "2030-07-01T08:00:00"),
        ("2030-01-01T10:00", "2030-01-01T10:00:00"),
        ("2030-01-01", "2030-01-01T00:00:00"),
    ],
)
def test_a_date_is_a_moment_in_its_zone(text: str, moment: str) -> None:
    assert parse_date(text) == at(moment)


def test_a_date_without_an_offset_is_refused_where_one_is_wanted() -> None:
    with pytest.raises(ValueError, match="date-time"):
        parse_date("2030-01-01T10:00:00", zoned=True)


def test_a_cycle_of_two_is_due_twice() -> None:
    cycle = parse_cycle("R2/PT1H")

    first = cycle.first(0)
    following = cycle.next(first)

    assert first == HOUR
    assert following is not None
    assert following[0] == 2 * HOUR
    assert following[1].next(following[0]) is None


@pytest.mark.parametrize("text", ["R0/PT1H", "R1/PT1H"])
def test_a_cycle_of_none_is_due_once_as_one_of_one(text: str) -> None:
    cycle = parse_cycle(text)

    assert cycle.first(0) == HOUR
    assert cycle.next(HOUR) is None


def test_a_cycle_without_a_number_has_no_end_and_one_with_a_start_begins_there() -> None:
    assert parse_cycle("R/PT1H") == Cycle(-1, Duration(0, HOUR))
    assert parse_cycle("R3/2030-01-01T00:00:00Z/PT1H").first(0) == at("2030-01-01T00:00:00")
