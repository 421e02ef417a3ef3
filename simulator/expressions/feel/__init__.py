"""FEEL as Camunda 8 evaluates it, compiled once to closures, and what each place of a model accepts."""

from simulator.expressions.feel.expression import Evaluation, Expression, compile_expression, variables
from simulator.expressions.feel.failures import EvaluationFailed, ExpressionSyntaxError, Warning
from simulator.expressions.feel.release import CAMUNDA_8_6, CAMUNDA_8_8, FeelRelease
from simulator.expressions.feel.scope import Surroundings
from simulator.expressions.feel.values import MISSING, Lookup, to_json, type_name

__all__ = [
    "CAMUNDA_8_6",
    "CAMUNDA_8_8",
    "MISSING",
    "Evaluation",
    "EvaluationFailed",
    "Expression",
    "ExpressionSyntaxError",
    "FeelRelease",
    "Lookup",
    "Surroundings",
    "Warning",
    "compile_expression",
    "to_json",
    "type_name",
    "variables",
]
