"""Expressions with bodies: `if`, `for`, `some`, `every` and `function`."""

from simulator.expressions.feel import syntax
from simulator.expressions.feel.failures import ExpressionSyntaxError
from simulator.expressions.feel.reader import Parsed, Reader
from simulator.expressions.feel.syntax import Node


def read_if(reader: Reader, position: int) -> Parsed:
    """`if … then … else …`, and the `else if` behind it."""
    branches: list[tuple[Node, Node]] = []
    while True:
        branch = _branch(reader, reader.follows("if", position))
        if branch is None:
            break
        condition, result, position = branch
        branches.append((condition, result))
        if not reader.text.startswith("if", position):
            break
    if not branches:
        return None
    last = reader.expression(position)
    return (syntax.If(tuple(branches), last[0]), last[1]) if last else None


def _branch(reader: Reader, position: int) -> tuple[Node, Node, int] | None:
    """A condition, its result and the position behind `else`."""
    condition = reader.expression(position) if position >= 0 else None
    then = reader.follows("then", condition[1]) if condition else -1
    result = reader.expression(then) if then >= 0 else None
    if condition is None or result is None:
        return None
    otherwise = reader.follows("else", result[1])
    return None if otherwise < 0 else (condition[0], result[0], otherwise)


def _iterators(reader: Reader, position: int) -> tuple[tuple[syntax.Iterator, ...], int] | None:
    """`x in list, y in 1..3`."""
    found: list[syntax.Iterator] = []
    while True:
        name = reader.name(reader.skip(position))
        start = reader.follows("in", name[1]) if name else -1
        domain = reader.expression(start) if start >= 0 else None
        if name is None or domain is None:
            return None
        end: Parsed = None
        dots = reader.follows("..", domain[1])
        if dots >= 0 and (end := reader.expression(dots)) is None:
            return None
        found.append(syntax.Iterator(name[0], domain[0], end[0] if end else None))
        behind = end[1] if end else domain[1]
        position = reader.follows(",", behind)
        if position < 0:
            return tuple(found), behind


def read_for(reader: Reader, position: int) -> Parsed:
    """`for … return …`."""
    iterators = _iterators(reader, reader.follows("for", position))
    start = reader.follows("return", iterators[1]) if iterators else -1
    body = reader.expression(start) if start >= 0 else None
    return (syntax.For(iterators[0], body[0]), body[1]) if iterators and body else None


def read_quantified(reader: Reader, position: int) -> Parsed:
    """`some … satisfies …`, `every … satisfies …`."""
    word = "some" if reader.text.startswith("some", position) else "every"
    iterators = _iterators(reader, reader.follows(word, position))
    start = reader.follows("satisfies", iterators[1]) if iterators else -1
    body = reader.expression(start) if start >= 0 else None
    return (syntax.Quantified(word, iterators[0], body[0]), body[1]) if iterators and body else None


def read_function(reader: Reader, position: int) -> Parsed:
    """`function(a, b) body`."""
    position = reader.follows("(", reader.follows("function", position))
    if position < 0:
        return None
    parameters: list[str] = []
    while (name := reader.name(position)) is not None:
        parameters.append(name[0])
        position = reader.follows(",", name[1])
        if position < 0:
            position = name[1]
            break
    start = reader.follows(")", position)
    if start < 0:
        return None
    if reader.text.startswith("external", start) and reader.follows("{", start + len("external")) >= 0:
        raise ExpressionSyntaxError(reader.text, start, _external(reader.text))
    body = reader.expression(start)
    return (syntax.FunctionDefinition(tuple(parameters), body[0]), body[1]) if body else None


def _external(text: str) -> str:
    return (
        f"validation of expression '{text}' failed: External functions are disabled. Use the "
        "FunctionProvider SPI (recommended) or enable external function in the configuration."
    )
