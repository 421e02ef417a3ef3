"""The grammar of JUEL: a text becomes a tree of literals, names, operations and calls."""

from typing import Any, Final

import msgspec

from simulator.expressions.juel.errors import ExpressionSyntaxError
from simulator.expressions.juel.tokens import Token, read_token, syntax_error

MAX_DEPTH: Final = 60
"""Nesting up to which an expression is taken; chains of operators of one rank do not count."""

OPERAND: Final = "<IDENTIFIER>|<STRING>|<FLOAT>|<INTEGER>|'true'|'false'|'null'|'-'|'!'|'not'|'empty'|'('"
_RANKS: Final = {
    "||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "/": 6,
    "%": 6,
}  # fmt: skip


class Literal(msgspec.Struct, frozen=True):
    """A constant: text, Long, Double, Boolean or null."""

    kind: str
    value: Any


class Name(msgspec.Struct, frozen=True):
    """A variable or a bean."""

    name: str


class Group(msgspec.Struct, frozen=True):
    """An expression in parentheses."""

    inner: "Node"


class Unary(msgspec.Struct, frozen=True):
    """`-`, `!` or `empty` before an operand."""

    sign: str
    operand: "Node"


class Chain(msgspec.Struct, frozen=True):
    """Operations of one rank, from left to right."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


class Choice(msgspec.Struct, frozen=True):
    """`condition ? chosen : condition ? chosen : otherwise`, as many as follow each other."""

    branches: tuple[tuple["Node", "Node"], ...]
    otherwise: "Node"


class Property(msgspec.Struct, frozen=True):
    """`base.name` or `base[key]`; `shown` is how a failure names it."""

    base: "Node"
    key: "Node"
    shown: str


class MethodCall(msgspec.Struct, frozen=True):
    """`base.name(arguments)`, the method's name being itself an expression."""

    base: "Node"
    method: "Node"
    arguments: tuple["Node", ...]


class FunctionCall(msgspec.Struct, frozen=True):
    """`name(arguments)` or `prefix:name(arguments)`."""

    name: str
    arguments: tuple["Node", ...]


Node = Literal | Name | Group | Unary | Chain | Choice | Property | MethodCall | FunctionCall


class Parser:
    """Reads the expressions out of one text; the position it has reached is its only state."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._depth = 0
        self._token, self._next = read_token(text, at)

    def braced(self) -> tuple[Node, int]:
        """Read an expression up to its closing brace; answer it and the place behind the brace."""
        node = self._expression()
        if self._token.kind != "}":
            raise self._unexpected("'}'")
        return node, self._token.at + 1

    def _advance(self) -> Token:
        token = self._token
        self._token, self._next = read_token(self._text, self._next)
        return token

    def _unexpected(self, expected: str) -> ExpressionSyntaxError:
        return syntax_error(self._text, self._token.at, f"'{self._token.text}'", expected)

    def _expect(self, kind: str, expected: str) -> Token:
        if self._token.kind != kind:
            raise self._unexpected(expected)
        return self._advance()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            where = f"nested deeper than {MAX_DEPTH} at position {self._token.at}"
            raise ExpressionSyntaxError(f"Error parsing '{self._text}': {where}")

    def _expression(self) -> Node:
        """Read a conditional or what it is made of."""
        self._deeper()
        branches: list[tuple[Node, Node]] = []
        node = self._operations()
        while self._token.kind == "?":
            self._advance()
            chosen = self._expression()
            self._expect(":", "':'")
            branches.append((node, chosen))
            node = self._operations()
        self._depth -= 1
        return Choice(tuple(branches), node) if branches else node

    def _operations(self) -> Node:
        operands: list[Node] = [self._operand()]
        signs: list[str] = []
        while (rank := _RANKS.get(self._token.kind)) is not None:
            while signs and _RANKS[signs[-1]] > rank:
                _reduce(operands, signs)
            signs.append(self._advance().kind)
            operands.append(self._operand())
        while signs:
            _reduce(operands, signs)
        return operands[0]

    def _operand(self) -> Node:
        signs: list[str] = []
        while self._token.kind in ("-", "!", "empty"):
            signs.append(self._advance().kind)
            self._deeper()
        node = self._steps(self._primary())
        for sign in reversed(signs):
            node = Unary(sign, node)
            self._depth -= 1
        return node

    def _primary(self) -> Node:
        token = self._token
        match token.kind:
            case "text" | "integer" | "float":
                return Literal(token.kind, self._advance().value)
            case "true" | "false" | "null":
                self._advance()
                return Literal(token.kind, {"true": True, "false": False, "null": None}[token.kind])
            case "(":
                self._advance()
                node = self._expression()
                self._expect(")", "')'")
                return Group(node)
            case "name":
                return self._name_or_function()
        raise self._unexpected(OPERAND)

    def _name_or_function(self) -> Node:
        name = self._advance().text
        if self._token.kind == "(":
            return FunctionCall(name, self._arguments())
        if self._token.kind == ":":
            second, behind = read_token(self._text, self._next)
            if second.kind == "name" and read_token(self._text, behind)[0].kind == "(":
                self._advance()
                return FunctionCall(f"{name}:{self._advance().text}", self._arguments())
        return Name(name)

    def _steps(self, node: Node) -> Node:
        outer = self._depth
        while self._token.kind in (".", "["):
            self._deeper()
            if self._advance().kind == ".":
                name = self._expect("name", "<IDENTIFIER>").text
                key: Node = Literal("text", name)
                shown = f". {name}"
            else:
                key = self._expression()
                self._expect("]", "']'")
                shown = "[...]"
            if self._token.kind == "(":
                node = MethodCall(node, key, self._arguments())
            else:
                node = Property(node, key, shown)
        self._depth = outer
        return node

    def _arguments(self) -> tuple[Node, ...]:
        self._expect("(", "'('")
        if self._token.kind in (")", ",", "}", "]", "end"):
            self._expect(")", "')'")
            return ()
        arguments = [self._expression()]
        while self._token.kind == ",":
            self._advance()
            arguments.append(self._expression())
        self._expect(")", "')'")
        return tuple(arguments)


def _reduce(operands: list[Node], signs: list[str]) -> None:
    """Fold the last operations of one rank into a chain."""
    rank, start = _RANKS[signs[-1]], len(signs)
    while start and _RANKS[signs[start - 1]] == rank:
        start -= 1
    rest = tuple(zip(signs[start:], operands[start + 1 :], strict=True))
    operands[start:] = [Chain(operands[start], rest)]
    del signs[start:]


def parse(text: str) -> tuple[Node | str, ...]:
    """Split a text into literal pieces (str) and expressions; ExpressionSyntaxError if it is neither."""
    pieces: list[Node | str] = []
    opening: str | None = None
    literal: list[str] = []
    at = 0
    while at < len(text):
        found = _next_mark(text, at)
        if found < 0:
            literal.append(text[at:])
            break
        literal.append(text[at:found])
        if found and text[found - 1] == "\\":
            literal[-1] = literal[-1][:-1]
            literal.append(text[found : found + 2])
            at = found + 2
            continue
        mark = text[found : found + 2]
        if opening not in (None, mark):
            raise syntax_error(text, found, f"'{mark}'", f"'{opening}'")
        opening = mark
        if "".join(literal):
            pieces.append("".join(literal))
        literal = []
        node, at = Parser(text, found + 2).braced()
        pieces.append(node)
    if "".join(literal) or not pieces:
        pieces.append("".join(literal))
    return tuple(pieces)


def _next_mark(text: str, at: int) -> int:
    places = [found for found in (text.find("${", at), text.find("#{", at)) if found >= 0]
    return min(places, default=-1)
