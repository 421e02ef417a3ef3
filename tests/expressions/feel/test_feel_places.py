"""What each place of a model accepts, with the incident texts of live Camunda 8.8.21."""

from collections.abc import Callable
from typing import Any

import pytest

from simulator.expressions.feel import EvaluationFailed, Expression, places, to_json, variables
from simulator.expressions.feel.places import StaticText, read_expression
from simulator.expressions.feel.temporal import DaysDuration
from simulator.expressions.feel.temporal_text import date_time_variable_text

NOTHING = variables({})


def formula(text: str) -> Expression:
    found = read_expression(text)
    assert isinstance(found, Expression)
    return found


@pytest.mark.parametrize("text", ["abc", "=", "", ' ="a"', "5"])
def test_a_text_without_a_leading_equals_sign_is_static(text: str) -> None:
    assert read_expression(text) == StaticText(text)


def test_a_static_number_is_told_from_other_text() -> None:
    assert [StaticText(text).is_number for text in ("5", "5.5", "-1", "abc", "true", "null")] == [
        *(True, True, True),
        *(False, False, False),
    ]


@pytest.mark.parametrize(
    ("evaluate", "text", "value"),
    [
        (places.evaluate_boolean, "=1 < 2", True),
        (places.evaluate_string, '="a"', "a"),
        (places.evaluate_string, "a", "a"),
        (places.evaluate_job_type, "=string(1)", "1"),
        (places.evaluate_retries, "=5.5", 5),
        (places.evaluate_retries, "=-2", -2),
        (places.evaluate_retries, "5", 5),
        (places.evaluate_list, "=[1, null]", [1, None]),
        (places.evaluate_strings, '=["a"]', ["a"]),
        (places.evaluate_strings, "a, b", ["a", "b"]),
        (places.evaluate_correlation_key, '=""', ""),
        (places.evaluate_correlation_key, "=5.5", "5"),
        (places.evaluate_duration, "PT1H", DaysDuration(3_600 * 10**9)),
        (places.evaluate_duration, '=duration("PT1H")', DaysDuration(3_600 * 10**9)),
        (places.evaluate_due_date, "=null", None),
        (places.evaluate_due_date, '=""', None),
        (places.evaluate_priority, "=100", 100),
        (places.evaluate_priority, "7", 7),
    ],
)
def test_a_place_takes_what_it_accepts(evaluate: Callable[..., Any], text: str, value: Any) -> None:
    assert evaluate(read_expression(text), NOTHING) == value


@pytest.mark.parametrize(
    ("evaluate", "text", "incident"),
    [
        (
            places.evaluate_boolean,
            "=null",
            "Expected result of the expression 'null' to be 'BOOLEAN', but was 'NULL'.",
        ),
        (
            places.evaluate_boolean,
            "=x",
            "Expected result of the expression 'x' to be 'BOOLEAN', but was 'NULL'. The evaluation reported "
            "the following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'x'",
        ),
        (
            places.evaluate_string,
            "=5",
            "Expected result of the expression '5' to be 'STRING', but was 'NUMBER'.",
        ),
        (
            places.evaluate_job_type,
            '=""',
            "Expected result of the expression '\"\"' to be a not-empty string, but was an empty string.",
        ),
        (
            places.evaluate_retries,
            "abc",
            "Expected result of the expression 'abc' to be 'NUMBER', but was 'STRING'.",
        ),
        (
            places.evaluate_strings,
            '=["a", 1]',
            "Expected result of the expression '[\"a\", 1]' to be 'ARRAY' containing 'STRING' items, but was "
            "'ARRAY' containing at least one non-'STRING' item.",
        ),
        (
            places.evaluate_correlation_key,
            "=null",
            "Failed to extract the correlation key for 'null': "
            "The value must be either a string or a number, but was 'NULL'.",
        ),
        (
            places.evaluate_duration,
            "=null",
            "Expected result of the expression 'null' to be one of '[DURATION, PERIOD, STRING]', "
            "but was 'NULL'.",
        ),
        (places.evaluate_duration, '="abc"', "Invalid duration format 'abc' for expression '\"abc\"'."),
        (
            places.evaluate_date_time,
            '="2040-01-01T00:00:00"',
            "Invalid date-time format '2040-01-01T00:00:00' for expression '\"2040-01-01T00:00:00\"'.",
        ),
        (
            places.evaluate_due_date,
            "=5",
            "Expected result of the expression '5' to be one of '[NULL, DATE_TIME, STRING]', "
            "but was 'NUMBER'.",
        ),
        (places.evaluate_cycle, '="a"', "Cron expression contains 1 parts but we expect one of [6]"),
        (places.evaluate_cycle, '=""', "Empty expression!"),
        (
            places.evaluate_priority,
            "=5.5",
            "Expected result of the expression '5.5' to be an integer, but was a decimal.",
        ),
        (places.evaluate_priority, "=-1", "Expected priority to be in the range [0,100] but was '-1'."),
    ],
)
def test_a_place_refuses_the_rest_with_the_engines_words(
    evaluate: Callable[..., Any], text: str, incident: str
) -> None:
    with pytest.raises(EvaluationFailed) as caught:
        evaluate(read_expression(text), NOTHING)

    assert caught.value.text == incident


def test_a_local_date_time_counts_as_utc() -> None:
    moment = places.evaluate_date_time(formula('=date and time("2040-01-01T00:00:00")'), NOTHING)

    assert date_time_variable_text(moment, java=True) == "2040-01-01T00:00Z[Etc/UTC]"


def test_a_cycle_is_read_with_repetitions_interval_and_start() -> None:
    cycle = places.evaluate_cycle(StaticText("R3/2040-01-01T00:00:00Z/PT10S"), NOTHING)

    assert cycle.repetitions == 3
    assert to_json(cycle.interval) == "PT10S"
    assert to_json(cycle.start) == "2040-01-01T00:00:00Z"


def test_a_cycle_without_a_number_repeats_without_end() -> None:
    cycle = places.evaluate_cycle(formula('=cycle(duration("PT1H"))'), NOTHING)

    assert (cycle.repetitions, to_json(cycle.interval)) == (-1, "PT1H")


def test_a_static_text_is_refused_where_an_expression_is_wanted() -> None:
    with pytest.raises(ValueError) as caught:
        places.expect_expression("abc")

    assert str(caught.value) == (
        "Expected expression but found static value 'abc'. An expression must start with '=' (e.g. '=abc')."
    )


def test_a_quote_in_a_static_assignee_fails_as_an_expression() -> None:
    with pytest.raises(EvaluationFailed, match='failed to parse expression \'"a"b"\''):
        places.read_assignee('a"b')
