"""Compiled expressions and what evaluating them gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from simulator.expressions.feel.compiler import compile_node
from simulator.expressions.feel.failures import EvaluationFailed, EvaluatorThrew, Warning
from simulator.expressions.feel.parser import Parser
from simulator.expressions.feel.release import CAMUNDA_8_8, FeelRelease
from simulator.expressions.feel.scope import Evaluator, Run, Scope, Surroundings
from simulator.expressions.feel.values import MISSING, Lookup, Value, to_json


class Evaluation(NamedTuple):
    """A FEEL value with the warnings on the way to it."""

    value: Value
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """A FEEL expression, ready to be evaluated; `text` is what stands behind the `=`."""

    text: str
    release: FeelRelease
    evaluator: Evaluator

    def evaluate(self, lookup: Lookup, surroundings: Surroundings | None = None) -> Evaluation:
        """The value with these variables; raises EvaluationFailed with the incident's text.

        `lookup` gives a variable's JSON value or `MISSING`; `surroundings` are asked by `now()`, `today()`,
        `random number()` and `uuid()` alone.
        """
        run = Run(self.release, surroundings)
        try:
            value = self.evaluator(Scope(lookup, run))
        except EvaluatorThrew as thrown:
            raise self._thrown(str(thrown)) from thrown
        except ArithmeticError as error:
            raise self._thrown("java.lang.ArithmeticException: Overflow") from error
        except RecursionError as error:
            raise self._thrown("java.lang.StackOverflowError") from error
        if run.failure is not None:
            words, text = run.failure
            raise EvaluationFailed(f"{words} '{self.text}': {text}", run.warnings)
        return Evaluation(value, tuple(run.warnings)) if run.warnings else Evaluation(value)

    def result(self, lookup: Lookup, surroundings: Surroundings | None = None) -> Value:
        """The value as the JSON of a result variable."""
        value = self.evaluate(lookup, surroundings).value
        return to_json(value, java_temporal_text=self.release.java_temporal_text)

    def _thrown(self, java_text: str) -> EvaluationFailed:
        return EvaluationFailed(f"failed to evaluate expression '{self.text}' : {java_text}")


def variables(values: dict[str, Value]) -> Lookup:
    """A lookup in a mapping of names to JSON values."""
    get: Callable[[str, Value], Value] = values.get
    return lambda name: get(name, MISSING)


@lru_cache(maxsize=4096)
def compile_expression(text: str, release: FeelRelease = CAMUNDA_8_8) -> Expression:
    """The expression that a text (without the leading `=`) stands for; raises ExpressionSyntaxError."""
    return Expression(text, release, compile_node(Parser(text, release).parse(), release))
