"""Tokens of an expression: words, numbers, texts and signs with their place in the whole text."""

import re
from typing import Any, Final

import msgspec

from simulator.expressions.juel.errors import ExpressionSyntaxError

_WORDS: Final = "true false null empty not and or eq ne lt le gt ge div mod instanceof"
KEYWORDS: Final = frozenset(_WORDS.split(" "))
WORD_SIGNS: Final = {
    "and": "&&", "or": "||", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
    "div": "/", "mod": "%", "not": "!",
}  # fmt: skip
_SIGNS: Final = ("&&", "||", "==", "!=", "<=", ">=", *"()[]{}<>+-*/%!?:.,")
_NUMBER: Final = re.compile(r"\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+", re.ASCII)


class Token(msgspec.Struct, frozen=True):
    """One token: its kind (a sign, `name`, `text`, `integer`, `float`, `end`), its text and its place."""

    kind: str
    text: str
    at: int
    value: Any = None


def syntax_error(expression: str, at: int, encountered: str, expected: str) -> ExpressionSyntaxError:
    """Word a grammar error."""
    detail = f"syntax error at position {at}, encountered {encountered}, expected {expected}"
    return ExpressionSyntaxError(f"Error parsing '{expression}': {detail}")


def _lexical_error(expression: str, at: int, encountered: str, expected: str) -> ExpressionSyntaxError:
    detail = f"lexical error at position {at}, encountered {encountered}, expected {expected}"
    return ExpressionSyntaxError(f"Error parsing '{expression}': {detail}")


def starts_name(character: str) -> bool:
    """Tell whether a Java identifier may start with a character."""
    return character in "$_" or character.isidentifier()


def _continues_name(character: str) -> bool:
    return character == "$" or ("a" + character).isidentifier()


def read_token(text: str, at: int) -> tuple[Token, int]:
    """Read the token at or behind a position; answer it and where the next one may start."""
    while at < len(text) and text[at].isspace():
        at += 1
    if at >= len(text):
        return Token("end", "null", at), at
    character = text[at]
    if character in "'\"":
        return _read_text(text, at)
    number = _NUMBER.match(text, at)
    if number is not None:
        return _number_token(text, number[0], at), number.end()
    if starts_name(character):
        end = at + 1
        while end < len(text) and _continues_name(text[end]):
            end += 1
        word = text[at:end]
        return Token(WORD_SIGNS.get(word, word) if word in KEYWORDS else "name", word, at), end
    for sign in _SIGNS:
        if text.startswith(sign, at) and sign != "{":
            return Token(sign, sign, at), at + len(sign)
    raise _lexical_error(text, at, f"invalid character '{character}'", "expression token")


def _number_token(text: str, digits: str, at: int) -> Token:
    if not digits.isdigit():
        return Token("float", digits, at, float(digits))
    value = int(digits) if len(digits.lstrip("0")) < 20 else 1 << 64
    if value >= 1 << 63:
        raise syntax_error(text, at, f"'{digits}'", "<INTEGER>")
    return Token("integer", digits, at, value)


def _read_text(text: str, at: int) -> tuple[Token, int]:
    quote, here = text[at], at + 1
    read: list[str] = []
    while here < len(text):
        character = text[here]
        if character == quote:
            content = "".join(read)
            return Token("text", content, at, content), here + 1
        if character == "\\":
            here += 1
            if here >= len(text):
                break
            character = text[here]
            if character not in ("\\", quote):
                raise _lexical_error(text, at, f"invalid escape sequence \\{character}", f"\\{quote} or \\\\")
        read.append(character)
        here += 1
    raise _lexical_error(text, at, "unterminated string", quote)
