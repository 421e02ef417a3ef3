"""A compiled expression: plain text, one value, or texts and values joined."""

from functools import lru_cache
from typing import Any

from simulator.expressions.juel.closures import Bind, compile_node
from simulator.expressions.juel.coercion import to_text
from simulator.expressions.juel.errors import ElError, EvaluationFailed, ExpressionSyntaxError
from simulator.expressions.juel.functions import Function, bind
from simulator.expressions.juel.operations import Compute
from simulator.expressions.juel.scope import Scope
from simulator.expressions.juel.syntax import Node, parse


class Expression:
    """An expression ready to be evaluated, any number of times, in any scope."""

    __slots__ = ("_compute", "is_literal_text", "text")

    def __init__(self, text: str, compute: Compute, is_literal_text: bool) -> None:
        self.text = text
        self.is_literal_text = is_literal_text
        self._compute = compute

    def evaluate(self, scope: Scope) -> Any:
        """Compute the value; EvaluationFailed, or JavaNotModelledError where the simulator lacks a class."""
        try:
            return self._compute(scope)
        except ElError as failure:
            raise failure.failed(self.text) from None
        except RecursionError:
            raise EvaluationFailed("java.lang.StackOverflowError", "java.lang.StackOverflowError") from None


@lru_cache(maxsize=10_000)
def compile_expression(text: str) -> Expression:
    """Compile a text as Camunda 7 does at deployment; ExpressionSyntaxError if it is malformed."""
    return _compiled(text, bind)


@lru_cache(maxsize=1_000)
def compile_script(text: str) -> Expression:
    """Compile a text of `scriptFormat="juel"`, where the engine's functions are unknown."""
    return _compiled(text, _no_functions)


def _no_functions(name: str, _: int) -> Function:
    raise ExpressionSyntaxError(f"Could not resolve function '{name}'")


def _compiled(text: str, functions: Bind) -> Expression:
    pieces = parse(text)
    if len(pieces) == 1 and isinstance(pieces[0], str):
        literal = pieces[0]
        return Expression(text, lambda _: literal, is_literal_text=True)
    if len(pieces) == 1 and not isinstance(pieces[0], str):
        return Expression(text, compile_node(pieces[0], functions), is_literal_text=False)
    return Expression(text, _joined(pieces, functions), is_literal_text=False)


def _joined(pieces: tuple[Node | str, ...], functions: Bind) -> Compute:
    parts: list[str | Compute] = [
        each if isinstance(each, str) else compile_node(each, functions) for each in pieces
    ]

    def join(scope: Scope) -> str:
        return "".join(each if isinstance(each, str) else to_text(each(scope)) for each in parts)

    return join
