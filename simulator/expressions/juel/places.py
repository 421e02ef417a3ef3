"""What each place of a model makes of an expression's value (live Camunda 7.24)."""

import re
from typing import Any, Final

from simulator.core.java import Date, JavaSet, Long, Short, java_text, wrap
from simulator.expressions.juel.coercion import NUMBERS, to_long
from simulator.expressions.juel.errors import ENGINE_EXCEPTION as ENGINE
from simulator.expressions.juel.errors import (
    PROPERTY_NOT_FOUND,
    ElError,
    EvaluationFailed,
    ExpressionSyntaxError,
    cast_failure,
)
from simulator.expressions.juel.expression import Expression, compile_script
from simulator.expressions.juel.java_object import java_name
from simulator.expressions.juel.moments import read_moment
from simulator.expressions.juel.scope import Scope

_CAST: Final = "java.lang.ClassCastException"
_NUMBER_FORMAT: Final = "java.lang.NumberFormatException"
_WHOLE_TEXT: Final = re.compile(r"[+-]?\d{1,10}", re.ASCII)


def _failed(message: str, cause: str = ENGINE) -> EvaluationFailed:
    return EvaluationFailed(message, cause, cause)


def condition_value(value: Any) -> bool:
    """Take the value of a condition: only a Boolean will do."""
    if value is True or value is False:
        return bool(value)
    if value is None:
        raise _failed("condition expression returns null: result is null")
    found = f"result has class {java_name(value)} and not java.lang.Boolean"
    raise _failed(f"condition expression returns non-Boolean: {found}")


def conditional_event_holds(condition: Expression, scope: Scope) -> bool:
    """Evaluate a conditional event: an unknown name is false, all else as in any condition."""
    try:
        return condition_value(condition.evaluate(scope))
    except EvaluationFailed as failure:
        if failure.cause == PROPERTY_NOT_FOUND:
            return False
        raise


def error_definition_holds(condition: Expression, scope: Scope) -> bool:
    """Evaluate an external task's error definition: all but Boolean true is false, failures too."""
    try:
        return condition.evaluate(scope) is True
    except EvaluationFailed:
        return False


def completion_condition_value(value: Any, text: str) -> bool:
    """Take the value of a multi-instance completion condition."""
    if value is True or value is False:
        return bool(value)
    raise _failed(
        "ENGINE-02028 Could not resolve expression of type 'completionCondition'. "
        f"Expression '{text}' needs to evaluate to a boolean value."
    )


def cardinality_value(value: Any, text: str) -> int:
    """Take the number of instances of a loop: a number, cut to a whole one, or the text of a whole one."""
    if type(value) is str:
        count = _parsed(value)
        if count is None:
            raise _failed(f'For input string: "{value}"', _NUMBER_FORMAT)
    elif type(value) in NUMBERS:
        count = to_long(value, bits=32)
    else:
        raise _failed(
            "ENGINE-02027 Could not resolve expression of type 'loopCardinality'. "
            f"Expression '{text}' needs to be a number or number String."
        )
    if count < 0:
        must = "must be positive integer value or zero"
        raise _failed(f"ENGINE-02023 Invalid number of 'instances': {must}, but was '{count}'.")
    return count


def _parsed(text: str) -> int | None:
    return int(text) if _WHOLE_TEXT.fullmatch(text) and wrap(int(text), 32) == int(text) else None


def collection_value(value: Any, text: str, *, is_variable_name: bool) -> list[Any]:
    """Take the collection of a loop: a list or set; a plain text names a variable with one."""
    if isinstance(value, list):
        return list(value)
    if isinstance(value, JavaSet):
        return list(value.elements)
    if is_variable_name:
        raise _failed(f"ENGINE-02025 Variable '{text}' is not of the expected type 'Collection'.")
    raise _failed(f"ENGINE-02024 Expression '{text}' didn't resolve to type 'Collection'.")


def text_value(value: Any) -> str | None:
    """Take a text, as for assignee, names, form key, topic, message; other classes fail in the JVM."""
    if value is None or type(value) is str:
        return value
    raise _failed(cast_failure(java_name(value), "java.lang.String"), _CAST)


def cast_text_value(value: Any) -> str | None:
    """Take a text, as for called element, business key, decision; other classes fail in the engine."""
    if value is None or type(value) is str:
        return value
    raise _failed(f"Cannot cast '{java_text(value)}' to String", _CAST)


def candidates_value(value: Any) -> list[str]:
    """Take candidate users or groups: a text split at its commas, or a collection of texts."""
    if type(value) is str:
        return [each.strip() for each in value.split(",")]
    items = value.elements if isinstance(value, JavaSet) else value
    if not isinstance(items, list):
        raise _failed("Expression did not resolve to a string or collection of strings")
    return [text_value(each) or "" for each in items]


def split_candidates(text: str) -> list[str]:
    """Split the attribute of candidates at the commas outside of expressions; parts are trimmed."""
    parts, depth, start = [], 0, 0
    for at, character in enumerate(text):
        if character == "{" and at and text[at - 1] in "$#":
            depth += 1
        elif character == "}" and depth:
            depth -= 1
        elif character == "," and not depth:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def date_value(value: Any, text: str, kind: str = "Due date") -> Date | None:
    """Take a due date or, with `kind` `Follow up date`, a follow-up date: a Date or the text of one."""
    if value is None or isinstance(value, Date):
        return value
    if type(value) is not str:
        raise _failed(f"{kind} expression does not resolve to a Date or Date string: {text}")
    try:
        return Date(read_moment(value))
    except ElError as failure:
        raise _failed(f"ENGINE-09027 Exception while resolving duedate '{value}': {failure.text}") from None


def timer_value(value: Any, activity: str) -> Date | str:
    """Take what a timer is configured with: a Date, or a text that the calendar then reads."""
    if isinstance(value, Date) or type(value) is str:
        return value
    raise _failed(
        f"Timer '{activity}' was not configured with a valid duration/time, either hand in a java.util.Date "
        "or a String in format 'yyyy-MM-dd'T'hh:mm:ss'"
    )


def task_priority_value(value: Any, text: str) -> int:
    """Take a user task's priority: a number, cut to an Integer, or the text of one; null is 50."""
    if value is None:
        return 50
    if type(value) is str:
        number = _parsed(value)
        if number is None:
            raise _failed(f"Priority does not resolve to a number: {value}")
        return number
    if type(value) not in NUMBERS:
        raise _failed(f"Priority expression does not resolve to a number: {text}")
    return to_long(value, bits=32)


def job_priority(priority: Expression, scope: Scope) -> int:
    """Evaluate a job's or external task's priority: a Short, Integer or Long; an unknown name is 0."""
    try:
        value = priority.evaluate(scope)
    except EvaluationFailed as failure:
        if failure.cause == PROPERTY_NOT_FOUND:
            return 0
        raise
    if type(value) in (int, Short, Long):
        return int(value)
    if type(value) in NUMBERS:
        raise _failed("Priority value must be either Short, Integer, or Long")
    raise _failed("Priority value is not an Integer")


def evaluate_script(text: str, scope: Scope, activity: str, definition_id: str) -> Any:
    """Run a script in the format `juel`; failures carry the words that scripts have of their own."""
    where = (
        f"Unable to evaluate script while executing activity '{activity}' "
        f"in the process definition with id '{definition_id}'"
    )
    package = "org.camunda.bpm.impl.juel."
    try:
        return compile_script(text).evaluate(scope)
    except ExpressionSyntaxError as malformed:
        parsed = malformed.message.startswith("Error parsing")
        cause = package + ("TreeBuilderException" if parsed else "jakarta.el.ELException")
        raise EvaluationFailed(f"{where}:{cause}: {malformed.message}", cause) from None
    except EvaluationFailed as failure:
        words = re.sub(
            r".*Cause: Cannot resolve identifier '(.*)'$", r"Cannot find property \1", failure.message
        )
        raise EvaluationFailed(f"{where}:{failure.cause}: {words}", failure.cause) from None
