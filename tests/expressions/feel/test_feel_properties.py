"""What holds for every expression."""

from contextlib import suppress
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.expressions.feel import (
    CAMUNDA_8_6,
    CAMUNDA_8_8,
    EvaluationFailed,
    ExpressionSyntaxError,
    compile_expression,
    variables,
)

WORDS = st.sampled_from(
    [
        *("if ", " then ", " else ", "for ", " in ", " return ", "some ", " satisfies ", "function", "and"),
        *("or", "1", "-", "+", "*", "**", "/", ".5", "..", "[", "]", "(", ")", "{", "}", ":", ",", ".", "x"),
        *('"a"', '"', "@", '@"P1D"', "?", "<", "=", "!=", " between ", " instance of ", "null", "true"),
        *("not(", "`a b`", "//", "/*", "*/", "\\", "count(", "string(", "date and time(", "\n", "😀", "$"),
        *("item", "number", "sum(", "replace(", "sort(", "[1..3]", "{a: x}", "x.a", "x[", " and ", " or "),
    ]
)
FEEL_LIKE = st.lists(WORDS, max_size=25).map("".join)
INTEGERS = st.integers(min_value=-(10**16), max_value=10**16)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def outcome(text: str, values: dict[str, Any]) -> object:
    try:
        evaluation = compile_expression.__wrapped__(text, CAMUNDA_8_8).evaluate(variables(values))
    except ExpressionSyntaxError as error:
        return str(error)
    except EvaluationFailed as failure:
        return failure.text
    return repr(evaluation)


@settings(deadline=None)
@given(st.text() | FEEL_LIKE, st.sampled_from([CAMUNDA_8_6, CAMUNDA_8_8]))
def test_compiling_any_text_raises_nothing_but_a_syntax_error(text: str, release: Any) -> None:
    with suppress(ExpressionSyntaxError):
        assert compile_expression(text, release).text == text


@settings(deadline=None)
@given(FEEL_LIKE, JSON_VALUES)
def test_evaluating_twice_gives_the_same_value_warnings_or_failure(text: str, x: Any) -> None:
    first = outcome(text, {"x": x})

    assert outcome(text, {"x": x}) == first


@settings(deadline=None)
@given(INTEGERS, INTEGERS, INTEGERS)
def test_arithmetic_on_whole_numbers_is_exact(a: int, b: int, c: int) -> None:
    lookup = variables({"a": a, "b": b, "c": c})

    value = compile_expression("a * b + c - (a - b)").evaluate(lookup).value

    assert value == a * b + c - (a - b)


@settings(deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), INTEGERS)
def test_sums_of_decimals_are_exact(a: Decimal, b: int) -> None:
    value = compile_expression("a + b - b = a").evaluate(variables({"a": a, "b": b})).value

    assert value is True


@settings(deadline=None)
@given(JSON_VALUES)
def test_a_variable_equals_itself(x: Any) -> None:
    assert compile_expression("x = x").evaluate(variables({"x": x})).value is True
