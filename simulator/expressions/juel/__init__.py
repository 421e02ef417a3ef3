"""JUEL as Camunda 7.24 evaluates it."""

from simulator.expressions.juel.errors import (
    EvaluationFailed,
    ExpressionSyntaxError,
    JavaNotModelledError,
    exception_lineage,
)
from simulator.expressions.juel.expression import Expression, compile_expression, compile_script
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT
from simulator.expressions.juel.scope import UNKNOWN, Bean, Scope, Variables

__all__ = [
    "OBJECT",
    "UNKNOWN",
    "Bean",
    "EvaluationFailed",
    "Expression",
    "ExpressionSyntaxError",
    "JavaClass",
    "JavaNotModelledError",
    "Scope",
    "Variables",
    "compile_expression",
    "compile_script",
    "exception_lineage",
    "java_class",
]
