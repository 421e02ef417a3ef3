"""What an expression starts from: literals, lists, contexts, brackets, variables and calls."""

from simulator.expressions.feel import syntax
from simulator.expressions.feel.bodies import read_function
from simulator.expressions.feel.lexis import (
    ARGUMENT_NAME,
    BUILT_IN,
    CONSTANTS,
    KEY,
    NAME,
    NUMBER,
    RESERVED,
    STRING,
    unescape,
)
from simulator.expressions.feel.numbers import read_number
from simulator.expressions.feel.reader import Parsed, Reader
from simulator.expressions.feel.syntax import Node
from simulator.expressions.feel.temporal_text import read_temporal


def read_atom(reader: Reader, position: int) -> Parsed:
    """A literal, brackets or a name."""
    character = reader.text[position : position + 1]
    if character == '"':
        match = STRING.match(reader.text, position)
        return (syntax.Literal(unescape(match[1], reader.release)), match.end()) if match else None
    if character == "[":
        return _list(reader, position + 1)
    if character == "{":
        return _context(reader, position + 1)
    if character == "(":
        inner = reader.expression(position + 1)
        close = reader.skip(inner[1]) if inner else -1
        return (inner[0], close + 1) if inner and reader.text.startswith(")", close) else None
    if character == "@":
        match = STRING.match(reader.text, position + 1)
        return (syntax.Literal(read_temporal(match[1])), match.end()) if match else None
    if character == "?":
        return syntax.InputValue(), position + 1
    match = NUMBER.match(reader.text, position)
    return (syntax.Literal(read_number(match[0])), match.end()) if match else _reference(reader, position)


def _items(reader: Reader, position: int, close: str) -> tuple[tuple[Node, ...], int] | None:
    """Expressions or tests between commas, up to the closing bracket."""
    if (end := reader.follows(close, position)) >= 0:
        return (), reader.skip(position) + 1
    found: list[Node] = []
    while True:
        parsed = reader.item(position)
        if parsed is None:
            return None
        found.append(parsed[0])
        position = reader.follows(",", parsed[1])
        if position < 0:
            end = reader.skip(parsed[1])
            return (tuple(found), end + 1) if reader.text.startswith(close, end) else None


def _list(reader: Reader, position: int) -> Parsed:
    """The items of a list, behind its bracket."""
    items = _items(reader, position, "]")
    return (syntax.ListLiteral(items[0]), items[1]) if items else None


def _context(reader: Reader, position: int) -> Parsed:
    """The entries of a context, behind its brace."""
    if reader.follows("}", position) >= 0:
        return syntax.ContextLiteral(()), reader.skip(position) + 1
    entries: list[tuple[str, Node]] = []
    while True:
        match = KEY.match(reader.text, reader.skip(position))
        start = reader.follows(":", match.end()) if match else -1
        parsed = reader.item(start) if start >= 0 else None
        if match is None or parsed is None:
            return None
        literal = match[1]
        key = unescape(literal, reader.release) if literal is not None else match[2] or match[3].strip()
        entries.append((key, parsed[0]))
        position = reader.follows(",", parsed[1])
        if position < 0:
            end = reader.skip(parsed[1])
            found = syntax.ContextLiteral(tuple(entries))
            return (found, end + 1) if reader.text.startswith("}", end) else None


def _reference(reader: Reader, position: int) -> Parsed:
    """A constant, a call, or a variable with its path."""
    match = NAME.match(reader.text, position)
    if match and match[0] == "function":
        return read_function(reader, position)
    if match and match[0] in CONSTANTS:
        return syntax.Literal(CONSTANTS[match[0]]), match.end()
    called = _call(reader, position)
    if called:
        return called
    name = reader.name(position)
    if name is None:
        return None
    names = [name[0]]
    end = name[1]
    while (dot := reader.follows(".", end)) >= 0 and (following := reader.property(dot)):
        names.append(following[0])
        end = following[1]
        arguments = _arguments(reader, end)
        if arguments:
            return syntax.Call(tuple(names), arguments[0], arguments[1]), arguments[2]
    return syntax.Reference(tuple(names)), end


def _call(reader: Reader, position: int) -> Parsed:
    """A call by a name, which may be several words."""
    match = BUILT_IN.match(reader.text, position)
    arguments = _arguments(reader, match.end()) if match else None
    if match and arguments:
        return syntax.Call((match[0],), arguments[0], arguments[1]), arguments[2]
    word = NAME.match(reader.text, position)
    reserved = word is not None and word[0] in RESERVED and word[0] not in ("and", "or")
    if reserved:
        return None
    end = word.end() if word else -1
    while word is not None:
        end = word.end()
        arguments = _arguments(reader, end)
        if arguments:
            return syntax.Call((reader.text[position:end],), arguments[0], arguments[1]), arguments[2]
        word = NAME.match(reader.text, reader.skip(end))
        if word is None or word[0] in RESERVED or word.start() == end:
            break
    return None


def _arguments(reader: Reader, position: int) -> tuple[tuple[str, ...], tuple[Node, ...], int] | None:
    """Names (or none), values and the position behind `(…)`."""
    start = reader.follows("(", position)
    if start < 0:
        return None
    if not ARGUMENT_NAME.match(reader.text, start):
        items = _items(reader, start, ")")
        return ((), items[0], items[1]) if items else None
    names: list[str] = []
    values: list[Node] = []
    while match := ARGUMENT_NAME.match(reader.text, start):
        parsed = reader.item(match.end())
        if parsed is None:
            return None
        names.append(match[1])
        values.append(parsed[0])
        end = reader.skip(parsed[1])
        if reader.text.startswith(")", end):
            return tuple(names), tuple(values), end + 1
        start = reader.follows(",", end)
        if start < 0:
            return None
    return None
