"""Tests of a value: what follows `in`, intervals, and comparisons with the input value."""

from simulator.expressions.feel import syntax
from simulator.expressions.feel.folding import HOLE, joined
from simulator.expressions.feel.lexis import ADD, COMPARE, TEST_OPERATOR
from simulator.expressions.feel.reader import Parsed, Reader
from simulator.expressions.feel.syntax import Node


def read_tests(reader: Reader, position: int) -> Parsed:
    """One test, or several in brackets."""
    if reader.text.startswith("(", position):
        several = _several_tests(reader, position + 1)
        if several and not reader.text.startswith(tuple("*/+-.["), reader.skip(several[1])):
            return several
    single: Parsed = reader.chain(position, COMPARE)
    if single:
        return syntax.In(HOLE, (syntax.ExpressionTest(single[0]),)), single[1]
    single = read_interval(reader, position) or _comparison_test(reader, position)
    return (syntax.In(HOLE, (single[0],)), single[1]) if single else None


def _several_tests(reader: Reader, position: int) -> Parsed:
    """Tests between commas, up to the closing bracket."""
    found: list[Node] = []
    while True:
        parsed = reader.expression(position)
        if parsed:
            parsed = syntax.ExpressionTest(parsed[0]), parsed[1]
        parsed = parsed or read_test(reader, position)
        if parsed is None:
            return None
        found.append(parsed[0])
        position = reader.follows(",", parsed[1])
        if position < 0:
            end = reader.skip(parsed[1])
            return (syntax.In(HOLE, tuple(found)), end + 1) if reader.text.startswith(")", end) else None


def read_test(reader: Reader, position: int) -> Parsed:
    """Comparisons with, or intervals around, the input value, joined by `and` and `or`."""
    alternatives: list[Node] = []
    together: list[Node] = []
    while True:
        position = reader.skip(position)
        parsed = read_interval(reader, position) or _comparison_test(reader, position)
        if parsed is None:
            return None
        together.append(parsed[0])
        if (following := reader.follows("and", parsed[1])) < 0:
            alternatives.append(joined("and", together))
            together = []
            following = reader.follows("or", parsed[1])
        if following < 0:
            return joined("or", alternatives), parsed[1]
        position = following


def _comparison_test(reader: Reader, position: int) -> Parsed:
    """`< 5`."""
    match = TEST_OPERATOR.match(reader.text, position)
    operand = reader.chain(reader.skip(match.end()), ADD) if match else None
    return (syntax.ComparisonTest(match[0], operand[0]), operand[1]) if match and operand else None


def read_interval(reader: Reader, position: int) -> Parsed:
    """`[1..3]`, each bound within it or not."""
    if not reader.text.startswith(("[", "(", "]"), position):
        return None
    start = reader.chain(reader.skip(position + 1), ADD)
    dots = reader.follows("..", start[1]) if start else -1
    end = reader.chain(dots, ADD) if dots >= 0 else None
    if start is None or end is None:
        return None
    close = reader.skip(end[1])
    if not reader.text.startswith(("]", ")", "["), close):
        return None
    included = reader.text[position] == "[", reader.text[close] == "]"
    return syntax.Interval(start[0], end[0], *included), close + 1
