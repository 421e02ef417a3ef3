"""What each place of a model accepts of an expression's result, with Camunda 8's incident texts.

All of it as live Camunda 8.8.21 answers. Each `evaluate_…` function gives the value in the form in which the
engine uses it or raises `EvaluationFailed` (an incident EXTRACT_VALUE_ERROR).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from simulator.expressions.feel.expression import Evaluation, Expression, compile_expression
from simulator.expressions.feel.failures import EvaluationFailed, ExpressionSyntaxError
from simulator.expressions.feel.numbers import is_whole, to_long, truncate
from simulator.expressions.feel.release import CAMUNDA_8_8, FeelRelease
from simulator.expressions.feel.scope import Surroundings
from simulator.expressions.feel.temporal import DateTime, DaysDuration, MonthsDuration, Zone
from simulator.expressions.feel.temporal_text import read_date_time, read_duration
from simulator.expressions.feel.values import Lookup, Value, type_name

_NUMBER_TEXT = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:\d\d)(?:\[([\w/+\-]+)\])?$", re.ASCII)
_CYCLE = re.compile(r"R(-?\d*)/(.+)", re.ASCII)
_LOCAL_ZONE = Zone(0, "Etc/UTC")


@dataclass(frozen=True, slots=True)
class StaticText:
    """A text without `=`, passed on as it is."""

    text: str

    @property
    def is_number(self) -> bool:
        """Whether the engine takes it for a NUMBER, which most places that want a string refuse."""
        return _NUMBER_TEXT.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Cycle:
    """A timer that repeats: `repetitions` is -1 without end; it starts at `start` or after one interval."""

    repetitions: int
    interval: DaysDuration | MonthsDuration | None
    start: DateTime | None = None
    cron: str = ""


def read_expression(text: str, release: FeelRelease = CAMUNDA_8_8) -> StaticText | Expression:
    """An expression where the first character is `=` and something follows it, else the text itself."""
    if len(text) < 2 or text[0] != "=":
        return StaticText(text)
    return compile_expression(text[1:], release)


def expect_expression(text: str | None, release: FeelRelease = CAMUNDA_8_8) -> Expression:
    """An expression where no static text is accepted; raises ValueError with the deployment's text."""
    if text is None:
        raise ValueError("Expected expression but not found.")
    found = read_expression(text, release)
    if isinstance(found, StaticText):
        raise ValueError(
            f"Expected expression but found static value '{text}'. "
            f"An expression must start with '=' (e.g. '={text}')."
        )
    return found


def _refuse(expression: Expression, evaluation: Evaluation, text: str) -> NoReturn:
    raise EvaluationFailed(text.replace("EXPR", expression.text, 1), evaluation.warnings)


def _evaluate(
    expression: Expression, lookup: Lookup, accepted: Sequence[str], surroundings: Surroundings | None
) -> Evaluation:
    """The evaluation, if its type is one of those accepted."""
    evaluation = expression.evaluate(lookup, surroundings)
    found = type_name(evaluation.value)
    if found not in accepted:
        wanted = f"'{accepted[0]}'" if len(accepted) == 1 else f"one of '[{', '.join(accepted)}]'"
        _refuse(
            expression,
            evaluation,
            f"Expected result of the expression 'EXPR' to be {wanted}, but was '{found}'.",
        )
    return evaluation


def evaluate_boolean(
    expression: Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> bool:
    """A condition's or completion condition's answer; null is none."""
    return bool(_evaluate(expression, lookup, ("BOOLEAN",), surroundings).value)


def evaluate_string(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> str:
    """A text: message name, signal name, error code, called process, assignee …; static text is taken."""
    if isinstance(source, StaticText):
        return source.text
    return str(_evaluate(source, lookup, ("STRING",), surroundings).value)


def evaluate_job_type(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> str:
    """A job or listener type: a text that is not empty."""
    if isinstance(source, StaticText):
        return source.text
    evaluation = _evaluate(source, lookup, ("STRING",), surroundings)
    if not evaluation.value:
        text = "Expected result of the expression 'EXPR' to be a not-empty string, but was an empty string."
        _refuse(source, evaluation, text)
    return str(evaluation.value)


def evaluate_retries(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> int:
    """A number of retries, cut to an integer; static text that is a number is taken."""
    if isinstance(source, StaticText):
        if not source.is_number:
            raise EvaluationFailed(
                f"Expected result of the expression '{source.text}' to be 'NUMBER', but was 'STRING'."
            )
        return int(float(source.text))
    return to_long(_evaluate(source, lookup, ("NUMBER",), surroundings).value)


def evaluate_list(
    expression: Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> list[Value]:
    """The collection of a multi-instance: any list, its items FEEL values."""
    return list(_evaluate(expression, lookup, ("ARRAY",), surroundings).value)


def evaluate_strings(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> list[str]:
    """Candidate groups and users: a list of texts; static text is split at its commas."""
    if isinstance(source, StaticText):
        return [part.strip() for part in source.text.split(",") if part.strip()]
    evaluation = _evaluate(source, lookup, ("ARRAY",), surroundings)
    if any(type(item) is not str for item in evaluation.value):
        text = (
            "Expected result of the expression 'EXPR' to be 'ARRAY' containing 'STRING' items, "
            "but was 'ARRAY' containing at least one non-'STRING' item."
        )
        _refuse(source, evaluation, text)
    return list(evaluation.value)


def evaluate_correlation_key(
    expression: Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> str:
    """A correlation key: a text (also an empty one), or a number cut to an integer."""
    evaluation = expression.evaluate(lookup, surroundings)
    found = type_name(evaluation.value)
    if found not in ("STRING", "NUMBER"):
        text = (
            "Failed to extract the correlation key for 'EXPR': "
            f"The value must be either a string or a number, but was '{found}'."
        )
        _refuse(expression, evaluation, text)
    return evaluation.value if found == "STRING" else str(to_long(evaluation.value))


def evaluate_duration(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> DaysDuration | MonthsDuration:
    """A timer's duration, as a value or as text by ISO 8601."""
    value: Value = source.text if isinstance(source, StaticText) else None
    if isinstance(source, Expression):
        value = _evaluate(source, lookup, ("DURATION", "PERIOD", "STRING"), surroundings).value
    if isinstance(value, DaysDuration | MonthsDuration):
        return value
    duration = read_duration(value)
    if duration is None:
        raise EvaluationFailed(f"Invalid duration format '{value}' for expression '{source.text}'.")
    return duration


def read_zoned(text: str) -> DateTime | None:
    """A date-time with an offset, perhaps a region in brackets behind it: `2040-01-01T00:00Z[Etc/UTC]`."""
    match = _OFFSET.search(text)
    return read_date_time(text.partition("[")[0]) if match else None


def _zoned(moment: DateTime) -> DateTime:
    return moment if moment.zone else DateTime(moment.date, moment.nanos, _LOCAL_ZONE)


def _moment(text: str, source: StaticText | Expression) -> DateTime:
    moment = read_zoned(text)
    if moment is None:
        raise EvaluationFailed(f"Invalid date-time format '{text}' for expression '{source.text}'.")
    return moment


def evaluate_date_time(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> DateTime:
    """A timer's date: a date-time (a local one counts as UTC), or text with an offset."""
    if isinstance(source, StaticText):
        return _moment(source.text, source)
    value = _evaluate(source, lookup, ("DATE_TIME", "STRING"), surroundings).value
    return _zoned(value) if isinstance(value, DateTime) else _moment(value, source)


def evaluate_due_date(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> DateTime | None:
    """A due or follow-up date; null and an empty text are none."""
    if isinstance(source, StaticText):
        return _moment(source.text, source) if source.text else None
    value = _evaluate(source, lookup, ("NULL", "DATE_TIME", "STRING"), surroundings).value
    if isinstance(value, DateTime):
        return _zoned(value)
    return _moment(value, source) if value else None


def read_cycle(text: str) -> Cycle:
    """`R[n]/<duration>`, `R[n]/<start>/<duration>`, or a cron of six fields; raises ValueError."""
    match = _CYCLE.fullmatch(text)
    if match is None:
        return Cycle(-1, None, cron=_checked_cron(text))
    start_text, separator, interval_text = match[2].rpartition("/")
    start = read_zoned(start_text) if separator else None
    interval = read_duration(interval_text)
    if interval is None or (separator and start is None):
        raise ValueError(f"Text cannot be parsed to a cycle: {text}")
    return Cycle(int(match[1]) if match[1] not in ("", "-") else -1, interval, start)


def _checked_cron(text: str) -> str:
    fields = text.split()
    if not fields:
        raise ValueError("Empty expression!")
    if len(fields) != 6:
        raise ValueError(f"Cron expression contains {len(fields)} parts but we expect one of [6]")
    return text


def evaluate_cycle(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> Cycle:
    """A timer's cycle from its text."""
    text = evaluate_string(source, lookup, surroundings)
    try:
        return read_cycle(text)
    except ValueError as error:
        raise EvaluationFailed(str(error)) from error


def evaluate_priority(
    source: StaticText | Expression, lookup: Lookup, surroundings: Surroundings | None = None
) -> int:
    """A user task's priority: an integer from 0 to 100."""
    if isinstance(source, StaticText):
        return read_priority(source.text)
    evaluation = _evaluate(source, lookup, ("NUMBER",), surroundings)
    value = evaluation.value
    if not is_whole(value):
        text = "Expected result of the expression 'EXPR' to be an integer, but was a decimal."
        _refuse(source, evaluation, text)
    if not 0 <= value <= 100:
        text = f"Expected priority to be in the range [0,100] but was '{to_long(value)}'."
        _refuse(source, evaluation, text)
    return truncate(value)


def read_priority(text: str) -> int:
    """A static priority; raises ValueError with the deployment's text."""
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
        raise ValueError(f"Expected static value to be a valid Number between 0 and 100, but found '{text}'.")
    if not 0 <= int(text) <= 100:
        raise ValueError(f"Priority must be a number between 0 and 100, but was '{text}'.")
    return int(text)


def read_assignee(text: str, release: FeelRelease = CAMUNDA_8_8) -> Expression:
    """An assignee: static text stands in quotes as an expression, so a quote inside it fails."""
    found = read_expression(text, release)
    if isinstance(found, Expression):
        return found
    try:
        return compile_expression(f'"{text}"', release)
    except ExpressionSyntaxError as error:
        raise EvaluationFailed(str(error)) from error
