"""Hostile and deep input, the clock, and functions that are not there."""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from simulator.expressions.feel import (
    CAMUNDA_8_6,
    EvaluationFailed,
    ExpressionSyntaxError,
    Surroundings,
    compile_expression,
    variables,
)

NOTHING = variables({})


@pytest.mark.parametrize(
    "nested",
    [
        lambda depth: "(" * depth + "1" + ")" * depth,
        lambda depth: "[" * depth,
        lambda depth: "{a:" * depth + "1" + "}" * depth,
        lambda depth: "if true then " * depth + "1",
        lambda depth: "count([" * depth,
        lambda depth: "1 in (" * depth,
        lambda depth: "1 in " * depth + "1",
        lambda depth: "function(x) " * depth + "x",
    ],
)
def test_deep_nesting_is_a_syntax_error(nested: Callable[[int], str]) -> None:
    text = nested(20_000)

    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_expression(text)

    assert caught.value.message == f"failed to parse expression '{text}'"


def test_sixty_brackets_in_each_other_are_read() -> None:
    text = "(" * 60 + "1" + ")" * 60

    assert compile_expression(text).evaluate(NOTHING).value == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1" + " + 1" * 20_000, 20_001),
        ("true" + " and true" * 20_000, True),
        ("{a: 1}.a" + " * 1" * 20_000, 1),
        ("if false then 0 else " * 5_000 + "7", 7),
        ("[" + "1," * 20_000 + "2][-1]", 2),
    ],
)
def test_long_chains_are_read_and_evaluated(text: str, value: object) -> None:
    assert compile_expression(text).evaluate(NOTHING).value == value


def test_the_position_of_a_syntax_error_is_where_the_rest_begins() -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        compile_expression("1\n + foo bar")

    assert (caught.value.line, caught.value.column) == (2, 8)
    assert 'found "bar"' in str(caught.value)


def test_the_clock_is_the_given_one() -> None:
    moment = datetime(2024, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    surroundings = Surroundings(lambda: moment, Random(1))

    now = compile_expression("now()").result(NOTHING, surroundings)
    today = compile_expression("today()").result(NOTHING, surroundings)

    assert now == "2024-07-01T12:00:00+02:00[Europe/Berlin]"
    assert today == "2024-07-01"


def test_the_clock_is_asked_for_by_name_where_none_was_given() -> None:
    with pytest.raises(EvaluationFailed, match="no clock was given"):
        compile_expression("now()").evaluate(NOTHING)


def test_random_values_come_from_the_given_source() -> None:
    def uuid(seed: int) -> object:
        return compile_expression("uuid()").result(
            NOTHING, Surroundings(lambda: datetime.now(UTC), Random(seed))
        )

    assert uuid(1) == uuid(1) != uuid(2)


def test_a_function_that_is_not_there_is_named() -> None:
    (warning,) = compile_expression("list replace([1], 1, 2)").evaluate(NOTHING).warnings

    assert str(warning) == "[NO_FUNCTION_FOUND] No function found with name 'list replace' and 3 parameters"


def test_a_failed_conjunction_of_tests_is_null_in_8_6_and_false_in_8_8() -> None:
    text = "5 in (> 6 and < 9)"

    assert compile_expression(text).evaluate(NOTHING).value is False
    assert compile_expression(text, CAMUNDA_8_6).evaluate(NOTHING).value is None


@pytest.mark.parametrize("text", ["10 ** 999999999 + 1", "decimal(1, 2 ** 40)", "10 ** 1000000000"])
def test_numbers_without_bounds_fail_instead_of_filling_the_memory(text: str) -> None:
    with pytest.raises(EvaluationFailed, match=r"java\.lang\.ArithmeticException"):
        compile_expression(text).evaluate(NOTHING)
