"""From text to syntax tree, with the engine's grammar: ordered choices that fall back.

Where a choice fails the text is read as the next one (`if` alone is a variable), and what the whole
expression leaves over is the error (live Camunda 8.8.21). Results are remembered by position, so falling
back costs no more than reading once.
"""

from simulator.expressions.feel import syntax
from simulator.expressions.feel.failures import ExpressionSyntaxError
from simulator.expressions.feel.folding import HOLE, Term, fold, joined
from simulator.expressions.feel.lexis import (
    ADD,
    AND,
    ARGUMENT_NAME,
    BLANK,
    BUILT_IN,
    COMPARE,
    CONSTANTS,
    ESCAPED_NAME,
    KEY,
    LEVELS,
    NAME,
    NUMBER,
    OPERATOR,
    OR,
    RESERVED,
    STRING,
    TEST_OPERATOR,
    TYPE,
    unescape,
)
from simulator.expressions.feel.numbers import read_number
from simulator.expressions.feel.release import FeelRelease
from simulator.expressions.feel.syntax import Node
from simulator.expressions.feel.temporal_text import read_temporal

NESTING_LIMIT = 150
"""Brackets count twice, bodies once: 75 brackets in each other are read, the 76th is refused."""

Parsed = tuple[Node, int] | None


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
        return self.expression(position) or self.interval(self.skip(position)) or self.test(position)

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
            parsed = self.if_(position)
        elif word.startswith("for"):
            parsed = self.for_(position)
        elif word.startswith(("some", "every")):
            parsed = self.quantified(position)
        parsed = parsed or self.chain(position, OR)
        self.depth -= 1
        self.expressions[position] = parsed
        return parsed

    def if_(self, position: int) -> Parsed:
        """`if … then … else …`, and the `else if` behind it."""
        branches: list[tuple[Node, Node]] = []
        while True:
            branch = self.branch(self.follows("if", position))
            if branch is None:
                break
            condition, result, position = branch
            branches.append((condition, result))
            if not self.text.startswith("if", position):
                break
        if not branches:
            return None
        last = self.expression(position)
        return (syntax.If(tuple(branches), last[0]), last[1]) if last else None

    def branch(self, position: int) -> tuple[Node, Node, int] | None:
        """A condition, its result and the position behind `else`."""
        condition = self.expression(position) if position >= 0 else None
        then = self.follows("then", condition[1]) if condition else -1
        result = self.expression(then) if then >= 0 else None
        if condition is None or result is None:
            return None
        otherwise = self.follows("else", result[1])
        return None if otherwise < 0 else (condition[0], result[0], otherwise)

    def iterators(self, position: int) -> tuple[tuple[syntax.Iterator, ...], int] | None:
        """`x in list, y in 1..3`."""
        found: list[syntax.Iterator] = []
        while True:
            name = self.name(self.skip(position))
            start = self.follows("in", name[1]) if name else -1
            domain = self.expression(start) if start >= 0 else None
            if name is None or domain is None:
                return None
            end: Parsed = None
            dots = self.follows("..", domain[1])
            if dots >= 0 and (end := self.expression(dots)) is None:
                return None
            found.append(syntax.Iterator(name[0], domain[0], end[0] if end else None))
            behind = end[1] if end else domain[1]
            position = self.follows(",", behind)
            if position < 0:
                return tuple(found), behind

    def for_(self, position: int) -> Parsed:
        """`for … return …`."""
        iterators = self.iterators(self.follows("for", position))
        start = self.follows("return", iterators[1]) if iterators else -1
        body = self.expression(start) if start >= 0 else None
        return (syntax.For(iterators[0], body[0]), body[1]) if iterators and body else None

    def quantified(self, position: int) -> Parsed:
        """`some … satisfies …`, `every … satisfies …`."""
        word = "some" if self.text.startswith("some", position) else "every"
        iterators = self.iterators(self.follows(word, position))
        start = self.follows("satisfies", iterators[1]) if iterators else -1
        body = self.expression(start) if start >= 0 else None
        return (syntax.Quantified(word, iterators[0], body[0]), body[1]) if iterators and body else None

    def function(self, position: int) -> Parsed:
        """`function(a, b) body`."""
        position = self.follows("(", self.follows("function", position))
        if position < 0:
            return None
        parameters: list[str] = []
        while (name := self.name(position)) is not None:
            parameters.append(name[0])
            position = self.follows(",", name[1])
            if position < 0:
                position = name[1]
                break
        start = self.follows(")", position)
        if start < 0:
            return None
        if self.text.startswith("external", start) and self.follows("{", start + len("external")) >= 0:
            raise ExpressionSyntaxError(self.text, start, _external(self.text))
        body = self.expression(start)
        return (syntax.FunctionDefinition(tuple(parameters), body[0]), body[1]) if body else None

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
        return self.tests(self.skip(position))

    def tests(self, position: int) -> Parsed:
        """One test, or several in brackets."""
        if self.text.startswith("(", position):
            several = self.several_tests(position + 1)
            if several and not self.text.startswith(tuple("*/+-.["), self.skip(several[1])):
                return several
        single: Parsed = self.chain(position, COMPARE)
        if single:
            return syntax.In(HOLE, (syntax.ExpressionTest(single[0]),)), single[1]
        single = self.interval(position) or self.comparison_test(position)
        return (syntax.In(HOLE, (single[0],)), single[1]) if single else None

    def several_tests(self, position: int) -> Parsed:
        """Tests between commas, up to the closing bracket."""
        found: list[Node] = []
        while True:
            parsed = self.expression(position)
            if parsed:
                parsed = syntax.ExpressionTest(parsed[0]), parsed[1]
            parsed = parsed or self.test(position)
            if parsed is None:
                return None
            found.append(parsed[0])
            position = self.follows(",", parsed[1])
            if position < 0:
                end = self.skip(parsed[1])
                return (syntax.In(HOLE, tuple(found)), end + 1) if self.text.startswith(")", end) else None

    def test(self, position: int) -> Parsed:
        """Comparisons with, or intervals around, the input value, joined by `and` and `or`."""
        alternatives: list[Node] = []
        together: list[Node] = []
        while True:
            position = self.skip(position)
            parsed = self.interval(position) or self.comparison_test(position)
            if parsed is None:
                return None
            together.append(parsed[0])
            if (following := self.follows("and", parsed[1])) < 0:
                alternatives.append(joined("and", together))
                together = []
                following = self.follows("or", parsed[1])
            if following < 0:
                return joined("or", alternatives), parsed[1]
            position = following

    def comparison_test(self, position: int) -> Parsed:
        """`< 5`."""
        match = TEST_OPERATOR.match(self.text, position)
        operand = self.chain(self.skip(match.end()), ADD) if match else None
        return (syntax.ComparisonTest(match[0], operand[0]), operand[1]) if match and operand else None

    def interval(self, position: int) -> Parsed:
        """`[1..3]`, each bound within it or not."""
        if not self.text.startswith(("[", "(", "]"), position):
            return None
        start = self.chain(self.skip(position + 1), ADD)
        dots = self.follows("..", start[1]) if start else -1
        end = self.chain(dots, ADD) if dots >= 0 else None
        if start is None or end is None:
            return None
        close = self.skip(end[1])
        if not self.text.startswith(("]", ")", "["), close):
            return None
        included = self.text[position] == "[", self.text[close] == "]"
        return syntax.Interval(start[0], end[0], *included), close + 1

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
        parsed = self.atom(position)
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

    def atom(self, position: int) -> Parsed:
        """A literal, brackets or a name."""
        character = self.text[position : position + 1]
        if character == '"':
            match = STRING.match(self.text, position)
            return (syntax.Literal(unescape(match[1], self.release)), match.end()) if match else None
        if character == "[":
            return self.list(position + 1)
        if character == "{":
            return self.context(position + 1)
        if character == "(":
            inner = self.expression(position + 1)
            close = self.skip(inner[1]) if inner else -1
            return (inner[0], close + 1) if inner and self.text.startswith(")", close) else None
        if character == "@":
            match = STRING.match(self.text, position + 1)
            return (syntax.Literal(read_temporal(match[1])), match.end()) if match else None
        if character == "?":
            return syntax.InputValue(), position + 1
        match = NUMBER.match(self.text, position)
        return (syntax.Literal(read_number(match[0])), match.end()) if match else self.reference(position)

    def items(self, position: int, close: str) -> tuple[tuple[Node, ...], int] | None:
        """Expressions or tests between commas, up to the closing bracket."""
        if (end := self.follows(close, position)) >= 0:
            return (), self.skip(position) + 1
        found: list[Node] = []
        while True:
            parsed = self.item(position)
            if parsed is None:
                return None
            found.append(parsed[0])
            position = self.follows(",", parsed[1])
            if position < 0:
                end = self.skip(parsed[1])
                return (tuple(found), end + 1) if self.text.startswith(close, end) else None

    def list(self, position: int) -> Parsed:
        """The items of a list, behind its bracket."""
        items = self.items(position, "]")
        return (syntax.ListLiteral(items[0]), items[1]) if items else None

    def context(self, position: int) -> Parsed:
        """The entries of a context, behind its brace."""
        if self.follows("}", position) >= 0:
            return syntax.ContextLiteral(()), self.skip(position) + 1
        entries: list[tuple[str, Node]] = []
        while True:
            match = KEY.match(self.text, self.skip(position))
            start = self.follows(":", match.end()) if match else -1
            parsed = self.item(start) if start >= 0 else None
            if match is None or parsed is None:
                return None
            literal = match[1]
            key = unescape(literal, self.release) if literal is not None else match[2] or match[3].strip()
            entries.append((key, parsed[0]))
            position = self.follows(",", parsed[1])
            if position < 0:
                end = self.skip(parsed[1])
                found = syntax.ContextLiteral(tuple(entries))
                return (found, end + 1) if self.text.startswith("}", end) else None

    def reference(self, position: int) -> Parsed:
        """A constant, a call, or a variable with its path."""
        match = NAME.match(self.text, position)
        if match and match[0] == "function":
            return self.function(position)
        if match and match[0] in CONSTANTS:
            return syntax.Literal(CONSTANTS[match[0]]), match.end()
        called = self.call(position)
        if called:
            return called
        name = self.name(position)
        if name is None:
            return None
        names = [name[0]]
        end = name[1]
        while (dot := self.follows(".", end)) >= 0 and (following := self.property(dot)):
            names.append(following[0])
            end = following[1]
            arguments = self.arguments(end)
            if arguments:
                return syntax.Call(tuple(names), arguments[0], arguments[1]), arguments[2]
        return syntax.Reference(tuple(names)), end

    def call(self, position: int) -> Parsed:
        """A call by a name, which may be several words."""
        match = BUILT_IN.match(self.text, position)
        arguments = self.arguments(match.end()) if match else None
        if match and arguments:
            return syntax.Call((match[0],), arguments[0], arguments[1]), arguments[2]
        word = NAME.match(self.text, position)
        reserved = word is not None and word[0] in RESERVED and word[0] not in ("and", "or")
        if reserved:
            return None
        end = word.end() if word else -1
        while word is not None:
            end = word.end()
            arguments = self.arguments(end)
            if arguments:
                return syntax.Call((self.text[position:end],), arguments[0], arguments[1]), arguments[2]
            word = NAME.match(self.text, self.skip(end))
            if word is None or word[0] in RESERVED or word.start() == end:
                break
        return None

    def arguments(self, position: int) -> tuple[tuple[str, ...], tuple[Node, ...], int] | None:
        """Names (or none), values and the position behind `(…)`."""
        start = self.follows("(", position)
        if start < 0:
            return None
        if not ARGUMENT_NAME.match(self.text, start):
            items = self.items(start, ")")
            return ((), items[0], items[1]) if items else None
        names: list[str] = []
        values: list[Node] = []
        while match := ARGUMENT_NAME.match(self.text, start):
            parsed = self.item(match.end())
            if parsed is None:
                return None
            names.append(match[1])
            values.append(parsed[0])
            end = self.skip(parsed[1])
            if self.text.startswith(")", end):
                return tuple(names), tuple(values), end + 1
            start = self.follows(",", end)
            if start < 0:
                return None
        return None


def _external(text: str) -> str:
    return (
        f"validation of expression '{text}' failed: External functions are disabled. Use the "
        "FunctionProvider SPI (recommended) or enable external function in the configuration."
    )
