"""From text to syntax tree, with the engine's grammar: ordered choices that fall back.

Where a choice fails the text is read as the next one (`if` alone is a variable), and what the whole
expression leaves over is the error (live Camunda 8.8.21). Results are remembered by position, so falling
back costs no more than reading once.
"""

from simulator.expressions.feel import syntax
from simulator.expressions.feel.bodies import read_for, read_if, read_quantified
from simulator.expressions.feel.failures import ExpressionSyntaxError
from simulator.expressions.feel.folding import HOLE, Term, fold
from simulator.expressions.feel.lexis import (
    ADD,
    AND,
    BLANK,
    COMPARE,
    ESCAPED_NAME,
    LEVELS,
    NAME,
    NUMBER,
    OPERATOR,
    OR,
    RESERVED,
    TYPE,
)
from simulator.expressions.feel.literals import read_atom
from simulator.expressions.feel.reader import Parsed
from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.syntax import Node
from simulator.expressions.feel.unary_tests import read_interval, read_test, read_tests

NESTING_LIMIT = 150
"""Brackets count twice, bodies once: 75 brackets in each other are read, the 76th is refused."""


class Parser:
    """Reads one text; each method takes a position and gives a node with the position behind it, or None."""

    def __init__(self, text: str, release: FeelRelease) -> None:
        self.text = text
        self.release = release
        self.depth = 0
        self.expressions: dict[int, Parsed] = {}
        self.operands: dict[int, Parsed] = {}

    def parse(self) -> Node:
        """The whole text as one expression."""
        start = self.skip(0)
        parsed = self.item(start)
        end = self.skip(parsed[1]) if parsed else start
        if parsed is None or end != len(self.text):
            raise ExpressionSyntaxError(self.text, end)
        return parsed[0]

    def skip(self, position: int) -> int:
        """The position behind blanks and comments."""
        match = BLANK.match(self.text, position)
        return match.end() if match else position

    def follows(self, word: str, position: int) -> int:
        """The position behind the word and the blanks around it, or -1; -1 also for the position -1."""
        if position < 0:
            return -1
        position = self.skip(position)
        return self.skip(position + len(word)) if self.text.startswith(word, position) else -1

    def nest(self, position: int) -> None:
        """Count a level in; the caller counts it out."""
        self.depth += 1
        if self.depth > NESTING_LIMIT:
            raise ExpressionSyntaxError(self.text, position)

    def item(self, position: int) -> Parsed:
        """An expression, or a test of the input value."""
        return (
            self.expression(position) or read_interval(self, self.skip(position)) or read_test(self, position)
        )

    def expression(self, position: int) -> Parsed:
        """Anything that stands alone: `if`, `for`, `some`, `every`, or a chain of operators."""
        position = self.skip(position)
        if position in self.expressions:
            return self.expressions[position]
        self.nest(position)
        match = NAME.match(self.text, position)
        word = match[0] if match else ""
        parsed: Parsed = None
        if word.startswith("if"):
            parsed = read_if(self, position)
        elif word.startswith("for"):
            parsed = read_for(self, position)
        elif word.startswith(("some", "every")):
            parsed = read_quantified(self, position)
        parsed = parsed or self.chain(position, OR)
        self.depth -= 1
        self.expressions[position] = parsed
        return parsed

    def chain(self, position: int, floor: int) -> Parsed:
        """Operands with the operators from `floor` up between them."""
        first = self.unary(position)
        if first is None:
            return None
        end = first[1]
        terms: list[Term] = []
        compared = closed = False
        while match := OPERATOR.match(self.text, self.skip(end)):
            level = LEVELS.get(match[0], COMPARE)
            if level < floor or (level == COMPARE and compared) or (level > AND and closed):
                break
            worded = match[0] in ("between", "instance", "in")
            self.nest(end)
            following = self.worded(match[0], match.end()) if worded else self.unary(self.skip(match.end()))
            if following is None and match[0] == "instance":
                following = self.worded("in", match.start() + 2)
            self.depth -= 1
            if following is None:
                break
            terms.append(Term(match[0], level, following[0]))
            end = following[1]
            compared = level == COMPARE or (compared and level > COMPARE)
            closed = worded
        return fold(first[0], terms), end

    def worded(self, word: str, position: int) -> Parsed:
        """What follows `between`, `instance` and `in`, as a node with a null in the operand's place."""
        if word == "between":
            low = self.chain(self.skip(position), ADD)
            upper = self.follows("and", low[1]) if low else -1
            high = self.chain(upper, ADD) if upper >= 0 else None
            return (syntax.Between(HOLE, low[0], high[0]), high[1]) if low and high else None
        if word == "instance":
            position = self.follows("of", position)
            match = TYPE.match(self.text, position) if position >= 0 else None
            return (syntax.InstanceOf(HOLE, match[0]), match.end()) if match else None
        return read_tests(self, self.skip(position))

    def unary(self, position: int) -> Parsed:
        """A value, perhaps with a minus."""
        if self.text.startswith("-", position) and not NUMBER.match(self.text, position):
            operand = self.operand(self.skip(position + 1))
            return (syntax.Negation(operand[0]), operand[1]) if operand else None
        return self.operand(position)

    def operand(self, position: int) -> Parsed:
        """A value with the paths and filters behind it."""
        if position in self.operands:
            return self.operands[position]
        self.nest(position)
        parsed = read_atom(self, position)
        if parsed is not None:
            parsed = self.steps(parsed[0], parsed[1])
        self.depth -= 1
        self.operands[position] = parsed
        return parsed

    def steps(self, value: Node, position: int) -> tuple[Node, int]:
        """The paths and filters behind a value."""
        found: list[syntax.Step] = []
        while True:
            start = self.skip(position)
            step: tuple[syntax.Step, int] | None = None
            if self.text.startswith("[", start):
                condition = self.expression(start + 1)
                close = self.skip(condition[1]) if condition else -1
                if condition and self.text.startswith("]", close):
                    step = syntax.Step("", condition[0]), close + 1
            elif self.text.startswith(".", start) and (name := self.property(self.skip(start + 1))):
                step = syntax.Step(name[0], None), name[1]
            if step is None:
                return (syntax.Steps(value, tuple(found)) if found else value), position
            found.append(step[0])
            position = step[1]

    def property(self, position: int) -> tuple[str, int] | None:
        """A name behind a dot."""
        if self.text.startswith("time offset", position):
            return "time offset", position + len("time offset")
        return self.name(position)

    def name(self, position: int) -> tuple[str, int] | None:
        """A plain name that is no reserved word, or one in back quotes."""
        match = NAME.match(self.text, position)
        if match:
            return None if match[0] in RESERVED else (match[0], match.end())
        match = ESCAPED_NAME.match(self.text, position)
        return (match[1], match.end()) if match else None
