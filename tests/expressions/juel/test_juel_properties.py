"""What holds for every expression, whatever its text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.core.java import Long, java_text
from simulator.core.java.stored import JSON_FORMAT, ObjectValue
from simulator.expressions.juel import (
    EvaluationFailed,
    ExpressionSyntaxError,
    JavaNotModelledError,
    Variables,
    compile_expression,
    exception_lineage,
)

WORDS = (
    "${ #{ } ( ) [ ] . , ? : + - * / % == < >= && || ! not empty 'a' \"b\" 1 2.5 1e3 null true "
    "x li s m now() S( JSON( .size() .get( .concat( \\ $ { ;"
)
PIECES = st.sampled_from(WORDS.split())
LONGS = st.integers(min_value=-(2**63), max_value=2**63 - 1)
VALUES: dict[str, Any] = {"x": 7, "s": "abc", "li": [1, "a", None, 2.5], "m": {"a": 1}, "n": None}


def evaluated(text: str, **values: Any) -> Any:
    return compile_expression(text).evaluate(Variables({**VALUES, **values}))


@given(st.text(max_size=40) | st.lists(PIECES, max_size=14).map(" ".join))
def test_any_text_compiles_or_is_a_syntax_error(text: str) -> None:
    try:
        answer = compile_expression(text).text
    except ExpressionSyntaxError as malformed:
        answer = malformed.message

    assert answer == text or answer.startswith(("Error parsing '", "Could not resolve", "Parameters for"))


@given(st.lists(PIECES, max_size=14).map(lambda pieces: "${" + " ".join(pieces) + "}"))
def test_evaluation_answers_the_same_twice_and_fails_only_by_name(text: str) -> None:
    def outcome() -> str:
        try:
            return repr(type(evaluated(text))) + java_text(evaluated(text))
        except (ExpressionSyntaxError, EvaluationFailed, JavaNotModelledError) as failure:
            return str(failure)

    assert outcome() == outcome()


@given(LONGS, LONGS)
def test_whole_arithmetic_wraps_at_64_bits(left: int, right: int) -> None:
    values = {"a": Long(left), "b": Long(right)}

    for sign, exact in (("+", left + right), ("-", left - right), ("*", left * right)):
        result = evaluated(f"${{a {sign} b}}", **values)

        assert type(result) is Long
        assert (result - exact) % 2**64 == 0
        assert -(2**63) <= result < 2**63


@given(LONGS, st.floats(), st.text(max_size=5), st.booleans())
def test_everything_equals_itself_and_order_is_consistent(
    whole: int, floating: float, text: str, truth: bool
) -> None:
    for value in (Long(whole), floating, text, truth, None):
        assert evaluated("${v == v && v <= v && v >= v && !(v < v) && !(v != v)}", v=value) is True


@pytest.mark.parametrize(
    "text",
    [
        "${" + "(" * 5000 + "1" + ")" * 5000 + "}",
        "${" + "-" * 5000 + "1}",
        "${s" + ".concat('a')" * 5000 + "}",
        "${" + "li[" * 5000 + "0" + "]" * 5000 + "}",
        "${true ? " * 1 + "(true ? " * 5000 + "1",
    ],
)
def test_hostile_nesting_is_a_syntax_error(text: str) -> None:
    with pytest.raises(ExpressionSyntaxError, match="nested deeper"):
        compile_expression(text)


def test_long_chains_of_one_rank_are_no_nesting() -> None:
    assert evaluated("${" + "+".join(["1"] * 5000) + "}") == 5000
    assert evaluated("${" + "&&".join(["true"] * 5000) + "}") is True
    assert evaluated("${" + "false ? 1 : " * 5000 + "2}") == 2


def test_a_list_that_holds_itself_overflows_the_stack_by_name() -> None:
    holder: list[Any] = []
    holder.append(holder)

    with pytest.raises(EvaluationFailed) as failure:
        evaluated("x${v}", v=holder)

    assert failure.value.cause == "java.lang.StackOverflowError"


def test_changes_to_a_deserialized_list_are_kept() -> None:
    value = ObjectValue('["b", "a"]', "java.util.ArrayList", JSON_FORMAT)

    evaluated("${v.add('c')}", v=value)

    assert (value.text, value.object_type) == ('["b","a","c"]', "java.util.ArrayList<java.lang.String>")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("${n.foo()}", "n"),
        ("${m.get('zz').foo()}", "<method>"),
        ("${currentUser().foo()}", "currentUser"),
        ("${(n).foo()}", "(...)"),
        ("${(true ? n : n).foo()}", "(...)"),
        ("${m.nil['x'].foo()}", "[...]"),
        ("${m.nil.foo()}", ". nil"),
    ],
)
def test_the_base_of_a_call_on_null_is_named_as_the_live_engine_does(text: str, shown: str) -> None:
    with pytest.raises(EvaluationFailed) as failure:
        evaluated(text)

    assert failure.value.message.endswith(f"Target unreachable, base expression '{shown}' resolved to null")


def test_zeros_of_two_signs_are_not_equal() -> None:
    assert evaluated("${-0.0 == 0.0}") is False
    assert evaluated("${-0.0 < 0.0}") is False


def test_a_known_java_method_that_is_missing_here_is_refused() -> None:
    with pytest.raises(JavaNotModelledError, match=r"java\.lang\.String\.codePoints"):
        evaluated("${s.codePoints()}")


def test_texts_grow_only_to_a_limit() -> None:
    with pytest.raises(EvaluationFailed, match="OutOfMemoryError"):
        evaluated("${s.repeat(2000000000)}")


def test_error_events_see_the_innermost_class_and_what_it_extends() -> None:
    with pytest.raises(EvaluationFailed) as failure:
        evaluated("${s.substring(9)}")

    assert exception_lineage(failure.value.cause) == (
        "java.lang.StringIndexOutOfBoundsException",
        "java.lang.IndexOutOfBoundsException",
        "java.lang.RuntimeException",
        "java.lang.Exception",
        "java.lang.Throwable",
    )
