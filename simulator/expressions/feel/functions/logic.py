"""Functions on booleans and on what may be missing."""

from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.values import Value


@builtin("not", "negand:any")
def negated(value: Value) -> bool | None:
    """The opposite; null for what is no boolean."""
    return not value if type(value) is bool else None


@builtin("is defined", "value:any")
def is_defined(value: Value) -> bool:
    """Whether the value is not null."""
    return value is not None


@builtin("get or else", "value:any", "default:any")
def get_or_else(value: Value, default: Value) -> Value:
    """The value, or the default in place of null."""
    return default if value is None else value


@builtin("assert", "value:any", "condition:any", "cause:text", optional=1)
def asserted(
    run: Run, value: Value, condition: Value, cause: str = "The condition is not fulfilled"
) -> Value:
    """The value if the condition is true; otherwise the evaluation fails."""
    if condition is True:
        return value
    run.warn("ASSERT_FAILURE", cause)
    return run.fail("Assertion failure on evaluate the expression", cause)


@builtin("all", "list:any", rest="list")
@builtin("and", "list:any", rest="list")
def all_true(values: list[Value]) -> bool | None:
    """Whether all are true; others than booleans count as null."""
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


@builtin("any", "list:any", rest="list")
@builtin("or", "list:any", rest="list")
def any_true(values: list[Value]) -> bool | None:
    """Whether one is true; others than booleans count as null."""
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None
