"""FEEL and the zeebe extension elements, as a language that models are read in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.expressions.feel import (
    CAMUNDA_8_8,
    MISSING,
    EvaluationFailed,
    Expression,
    ExpressionSyntaxError,
    FeelRelease,
    Lookup,
    Surroundings,
)
from simulator.expressions.feel.places import StaticText, evaluate_boolean, expect_expression, read_expression
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate
from simulator.model.xml import BPMN, ZEEBE

EXTENSIONS = f"{{{BPMN}}}extensionElements"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NOT_FOUND = "Expected expression but not found."

Place = Callable[[Any, Lookup, Surroundings | None], Any]
"""A place of a model: takes the static text or expression that stands there, gives the value it accepts."""


class Feel:
    """The language of Camunda 8 models; `chance` is the source of what `random number()` and `uuid()` give.

    `time` is what `now()` answers, in milliseconds since 1970, UTC: the time of the command at work.
    """

    __slots__ = ("chance", "release", "surroundings", "time")

    def __init__(self, release: FeelRelease = CAMUNDA_8_8, chance: Any = None) -> None:
        self.release = release
        self.chance = chance
        self.time = 0
        self.surroundings = Surroundings(now=self._now, random=chance)

    def _now(self) -> datetime:
        return EPOCH + timedelta(milliseconds=self.time)

    def looking(self, execution: Execution | None) -> Lookup:
        """What names mean at an element instance; nothing at all at deployment, where there is none."""
        if execution is None:
            return _nothing
        self.time = execution.root.time
        lookup = execution.lookup
        return lambda name: lookup(name, MISSING)

    def at(self, place: Place, source: StaticText | Expression) -> Evaluate:
        """What a place gives at an element instance; raises EvaluationFailed where it does not accept it."""
        looking, surroundings = self.looking, self.surroundings
        return lambda execution: place(source, looking(execution), surroundings)

    def expression(self, text: str) -> Evaluate:
        """Compile an attribute's text: static text is its own value, an expression gives JSON."""
        source = read_expression(text, self.release)
        if isinstance(source, StaticText):
            return lambda execution: text
        return lambda execution: source.result(self.looking(execution), self.surroundings)

    def condition(self, text: str) -> Evaluate:
        """Compile a condition; raises ValueError for static text."""
        return self.at(evaluate_boolean, expect_expression(text, self.release))

    def attribute(self, element: etree._Element, name: str) -> str | None:
        """An attribute in the zeebe namespace."""
        return element.get(f"{{{ZEEBE}}}{name}")

    def extension(self, element: etree._Element, name: str) -> etree._Element | None:
        """The first zeebe extension element of that name."""
        found = self.extensions(element, name)
        return found[0] if found else None

    def extensions(self, element: etree._Element, name: str) -> list[etree._Element]:
        """All zeebe extension elements of that name."""
        holder = element.find(EXTENSIONS)
        return [] if holder is None else holder.findall(f"{{{ZEEBE}}}{name}")


def _nothing(name: str) -> Any:
    return MISSING


def feel_of(reading: Reading) -> Feel:
    """The language of a reading, which is FEEL in this family."""
    language = reading.language
    assert isinstance(language, Feel), "the family and its language belong together"
    return language


def path_of(element: etree._Element) -> str:
    """Where an element stands, as deployments name it: the nearest id outwards, then the tags below it."""
    path: list[str] = []
    at: etree._Element | None = element
    while at is not None:
        identity = at.get("id")
        path.append(identity or str(at.tag).rpartition("}")[2])
        if identity:
            break
        at = at.getparent()
    return " > ".join(reversed(path))


def note(reading: Reading, message: str, element: etree._Element) -> None:
    """Note an error at an element, with its path."""
    reading.error(message, element, path=path_of(element))


def compile_place(
    reading: Reading, element: etree._Element, place: Place, text: str, *, late: bool = False
) -> Evaluate:
    """Compile the text of a place; one that does not parse is an error, or with `late` an incident when reached."""
    feel = feel_of(reading)
    try:
        source = read_expression(text, feel.release)
    except ExpressionSyntaxError as error:
        if late:
            return failing(str(error))
        note(reading, str(error), element)
        return failing(str(error))
    return feel.at(place, source)


def compile_text(
    reading: Reading, element: etree._Element, place: Place, text: str, *, late: bool = False
) -> Evaluate:
    """Compile a place that wants a text: a static number is none (live Camunda 8.8.21)."""
    if StaticText(text).is_number:
        return failing(f"Expected result of the expression '{text}' to be 'STRING', but was 'NUMBER'.")
    return compile_place(reading, element, place, text, late=late)


def compile_formula(reading: Reading, element: etree._Element, place: Place, text: str | None) -> Evaluate:
    """Compile a place that accepts no static text."""
    feel = feel_of(reading)
    try:
        return feel.at(place, expect_expression(text, feel.release))
    except ValueError as error:
        note(reading, str(error), element)
        return failing(str(error))


def failing(text: str) -> Evaluate:
    """What a text that can never be evaluated gives: the incident."""

    def fail(execution: Execution) -> Any:
        raise EvaluationFailed(text)

    return fail
