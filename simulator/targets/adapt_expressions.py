"""The small language that JUEL and FEEL share, read from either and written as either.

Comparisons, and/or/not, arithmetic, texts, booleans, null, dotted names, a choice. What is beyond raises
`NotPortable`. Sources: the Jakarta Expression Language specification, 1.4 and 1.9; DMN 1.3, 10.3.1.2.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

MOST_NESTED = 100
MOST_TOKENS = 500

LOOP_NAMES: Mapping[str, str] = {
    "nrOfInstances": "numberOfInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
    "nrOfTerminatedInstances": "numberOfTerminatedInstances",
}
"""What a multi-instance body counts, in Camunda 7's names and in Camunda 8's."""


class NotPortable(Exception):
    """An expression outside of what both languages can say."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written, a text, a boolean or null."""

    value: str | bool | None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a property of one: names joined by dots."""

    text: str


@dataclass(frozen=True, slots=True)
class Unary:
    """`not` or `-` before an operand."""

    sign: str
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands and a sign, named as in `SIGNS`."""

    sign: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two, by a condition."""

    condition: "Expression"
    yes: "Expression"
    no: "Expression"


Expression: TypeAlias = Constant | Name | Unary | Binary | Choice

LEVELS = {"or": 1, "and": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5}
LEVELS |= {"*": 6, "/": 6, "%": 6}
"""How tightly a sign binds."""

PREFIX_LEVEL = 7

JUEL_SIGNS = {"||": "or", "&&": "and", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
JUEL_SIGNS |= {"div": "/", "mod": "%"} | {sign: sign for sign in LEVELS}
FEEL_SIGNS = {"=": "=="} | {sign: sign for sign in LEVELS if sign not in ("==", "%")}

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)|(?P<sign>\|\||&&|[=!<>]=|[-+*/%<>=!?:(),]))""",
    re.VERBOSE,
)
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_WORDS = frozenset(
    {"and", "or", "not", "empty", "instanceof", "if", "then", "else", "in", "for", "return", "between"}
)


def read_juel(text: str) -> Expression:
    """Read the inside of `${…}`."""
    return _Reader(text, JUEL_SIGNS, is_juel=True).read()


def read_feel(text: str) -> Expression:
    """Read a FEEL expression without its leading `=`."""
    return _Reader(text, FEEL_SIGNS, is_juel=False).read()


def show_juel(expression: Expression) -> str:
    """Write for the inside of `${…}`; `+` only adds numbers there, so a text in a sum raises NotPortable."""
    return _show(expression, _JUEL, 0)


def show_feel(expression: Expression) -> str:
    """Write as FEEL without the leading `=`."""
    return _show(expression, _FEEL, 0)


class _Reader:
    """Reads by precedence climbing."""

    def __init__(self, text: str, signs: dict[str, str], *, is_juel: bool) -> None:
        self._signs = signs
        self._is_juel = is_juel
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0

    def read(self) -> Expression:
        expression = self._choice()
        if self._at < len(self._tokens):
            raise NotPortable(f"{self._tokens[self._at][1]!r} is not expected here")
        return expression

    def _choice(self) -> Expression:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise NotPortable("it is nested too deep")
        if not self._is_juel and self._takes("if"):
            condition = self._choice()
            self._expect("then")
            yes = self._choice()
            self._expect("else")
            read: Expression = Choice(condition, yes, self._choice())
        else:
            read = self._binary(1)
            if self._is_juel and self._takes("?"):
                yes = self._choice()
                self._expect(":")
                read = Choice(read, yes, self._choice())
        self._depth -= 1
        return read

    def _binary(self, level: int) -> Expression:
        left = self._prefixed()
        while self._at < len(self._tokens):
            sign = self._signs.get(self._tokens[self._at][1])
            if sign is None or self._tokens[self._at][0] == "text" or LEVELS[sign] < level:
                break
            self._at += 1
            left = Binary(sign, left, self._binary(LEVELS[sign] + 1))
        return left

    def _prefixed(self) -> Expression:
        if self._takes("-"):
            return Unary("-", self._nested(self._prefixed))
        if self._is_juel and (self._takes("!") or self._takes("not")):
            return Unary("not", self._nested(self._prefixed))
        return self._operand()

    def _nested(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise NotPortable("it is nested too deep")
        inner = read()
        self._depth -= 1
        return inner

    def _operand(self) -> Expression:
        if self._at >= len(self._tokens):
            raise NotPortable("it ends too early")
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Constant(text, is_number=True)
        if kind == "text":
            return Constant(_unquote(text))
        if text == "(":
            inner = self._choice()
            self._expect(")")
            return inner
        if kind == "name" and not self._is_juel and self._at < len(self._tokens) and self._takes("("):
            return self._call(text)
        if kind == "name" and text in _CONSTANTS:
            return Constant(_CONSTANTS[text])
        if kind == "name" and text not in _WORDS:
            return Name(text)
        raise NotPortable(f"{text!r} is not in the portable subset")

    def _call(self, function: str) -> Expression:
        """Read the two functions of FEEL that JUEL has signs for."""
        first = self._choice()
        if function == "not":
            self._expect(")")
            return Unary("not", first)
        if function == "modulo":
            self._expect(",")
            second = self._choice()
            self._expect(")")
            return Binary("%", first, second)
        raise NotPortable(f"the function {function!r} is not in the portable subset")

    def _takes(self, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] in (("sign", text), ("name", text)):
            self._at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._takes(text):
            came = self._tokens[self._at][1] if self._at < len(self._tokens) else "the end"
            raise NotPortable(f"expected {text!r}, came {came!r}")


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at, text = 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotPortable(f"{text[at:].strip()[:20]!r} is not in the portable subset")
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    if len(tokens) > MOST_TOKENS:
        raise NotPortable(f"it has more than {MOST_TOKENS} words and signs")
    return tokens


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


@dataclass(frozen=True, slots=True)
class _Style:
    """How a language writes what the two say differently."""

    is_juel: bool
    signs: Mapping[str, str]
    quote: str
    names: Mapping[str, str]


_JUEL = _Style(True, {"or": "||", "and": "&&"}, "'", {feel: juel for juel, feel in LOOP_NAMES.items()})
_FEEL = _Style(False, {"==": "="}, '"', LOOP_NAMES)


def _show(expression: Expression, style: _Style, level: int) -> str:
    match expression:
        case Constant():
            return _show_constant(expression, style)
        case Name(text):
            return style.names.get(text, text)
        case Unary("-", operand):
            return "-" + _show(operand, style, PREFIX_LEVEL)
        case Unary(_, operand):
            if style.is_juel:
                return "!" + _show(operand, style, PREFIX_LEVEL)
            return f"not({_show(operand, style, 0)})"
        case Binary("%", left, right) if not style.is_juel:
            return f"modulo({_show(left, style, 0)}, {_show(right, style, 0)})"
        case Binary(sign, left, right):
            if style.is_juel and sign == "+" and any(is_text(each) for each in (left, right)):
                raise NotPortable("a text cannot be added to in JUEL")
            own = LEVELS[sign]
            both = _show(left, style, own), style.signs.get(sign, sign), _show(right, style, own + 1)
            return _bracketed(" ".join(both), is_needed=own < level)
        case Choice(condition, yes, no):
            shown = _show(condition, style, 1), _show(yes, style, 0), _show(no, style, 0)
            form = "{} ? {} : {}" if style.is_juel else "if {} then {} else {}"
            return _bracketed(form.format(*shown), is_needed=level > 0)
        case _:
            assert_never(expression)


def is_text(expression: Expression) -> bool:
    """Whether an operand is a text, or a sum that has one."""
    pending = [expression]
    while pending:
        match pending.pop():
            case Constant(str(), is_number=False):
                return True
            case Binary("+", left, right):
                pending += [left, right]
    return False


def _bracketed(text: str, *, is_needed: bool) -> str:
    return f"({text})" if is_needed else text


def _show_constant(constant: Constant, style: _Style) -> str:
    match constant.value:
        case None:
            return "null"
        case bool():
            return "true" if constant.value else "false"
        case _ if constant.is_number:
            return constant.value
        case _:
            escaped = constant.value.replace("\\", "\\\\").replace(style.quote, "\\" + style.quote)
            return f"{style.quote}{escaped}{style.quote}"
