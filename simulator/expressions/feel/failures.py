"""The named ways in which an expression can fail."""

from collections.abc import Sequence
from typing import NamedTuple


class Warning(NamedTuple):
    """A remark of an evaluation that went on with null."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"[{self.kind}] {self.text}"


def with_warnings(text: str, warnings: Sequence[Warning]) -> str:
    """An incident's text as Camunda 8 writes it when the evaluation had warnings."""
    if not warnings:
        return text
    return "\n".join((f"{text} The evaluation reported the following warnings:", *map(str, warnings)))


class ExpressionSyntaxError(ValueError):
    """A text that is no FEEL expression; `message` is the part of the engine's text that does not vary."""

    def __init__(self, text: str, position: int = 0, message: str = "") -> None:
        self.text = text
        self.position = position
        self.message = message or f"failed to parse expression '{text}'"
        self.line = text.count("\n", 0, position) + 1
        self.column = position - (text.rfind("\n", 0, position) + 1) + 1
        found = text[position : position + 10].replace('"', '\\"')
        place = "" if message else f': Expected (expression):{self.line}:{self.column}, found "{found}"'
        super().__init__(self.message + place)


class EvaluationFailed(Exception):
    """An evaluation without a value; `text` is the incident's (EXTRACT_VALUE_ERROR in Camunda 8)."""

    error_type = "EXTRACT_VALUE_ERROR"

    def __init__(self, text: str, warnings: Sequence[Warning] = ()) -> None:
        self.warnings = tuple(warnings)
        self.text = with_warnings(text, warnings)
        super().__init__(self.text)


class EvaluatorThrew(Exception):
    """A Java exception of the engine's evaluator, by class and message."""


class InvocationFailed(Exception):
    """A built-in function that refuses its arguments with a text of its own."""
