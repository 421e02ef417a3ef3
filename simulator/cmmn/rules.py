"""The rules of item controls and the conditions of sentries, evaluated."""

from simulator.cmmn.model import Rule
from simulator.core.java import class_name, java_text
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate

NULL = ("NullValueException",)


def holds(execution: Execution, rule: Rule | None) -> bool:
    """Whether a rule is there and holds; raises `ModelFailure` where its value is no Boolean (live Camunda 7.24)."""
    if rule is None:
        return False
    if rule.condition is None:
        return True
    value = rule.condition(execution)
    if value is None:
        failure = ModelFailure("rule expression returns null: result is null")
        failure.lineage = NULL
        raise failure
    if value is not True and value is not False:
        message = "ENGINE-05001 Rule expression returns a non-boolean value."
        raise ModelFailure(f"{message} Value: '{java_text(value)}', Class: '{class_name(value)}'")
    return value


def is_true(condition: Evaluate, place: Execution) -> bool:
    """Whether a sentry's condition holds; raises `ModelFailure` where its value is no Boolean (live Camunda 7.24)."""
    value = condition(place)
    if value is True or value is False:
        return value
    what = "is null" if value is None else f"has class {class_name(value)} and not java.lang.Boolean"
    raise ModelFailure(f"condition expression returns non-Boolean: result {what}")
