"""Days of the calendar, beside `datetime` where that reaches, and beyond."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from simulator.core.civil import civil, show_moment

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(st.integers(-719_162, 2_932_896))
def test_days_are_those_of_datetime_from_year_1_to_9999(days: int) -> None:
    at = EPOCH + timedelta(days=days)

    assert civil(days) == (at.year, at.month, at.day)


def test_the_last_moment_of_a_java_long_has_its_year() -> None:
    assert show_moment(2**63 - 1) == "292278994-08-17T07:12:55.807"


def test_a_moment_before_1970_counts_back() -> None:
    assert show_moment(-1) == "1969-12-31T23:59:59.999"


def test_a_year_before_the_first_is_counted_backwards() -> None:
    assert show_moment(-(2**63)) == "292275056-05-16T16:47:04.192"
