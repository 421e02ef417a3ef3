"""The words and signs of an expression."""

import re

from simulator.expressions.feel.release import FeelRelease

BLANK = re.compile(r"(?:[ \t\r\n]++|//[^\r\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
NUMBER = re.compile(r"-?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
NAME = re.compile(r"(?:[^\W\d]|\$)[\w$]*+")
ESCAPED_NAME = re.compile(r"`([^`]+)`")
KEY = re.compile(r'"((?:[^"\\]|\\.)*+)"|`([^`]+)`|([^:,{}"`]+)')
ARGUMENT_NAME = re.compile(r"((?:[^\W\d]|\$)[\w$]*+(?:[ \t\r\n]+(?:[^\W\d]|\$)[\w$]*+)*+)[ \t\r\n]*:")
BUILT_IN = re.compile(r"date and time|years and months duration|get or else")
TYPE = re.compile(r"date and time|days and time duration|years and months duration|(?:[^\W\d]|\$)[\w$]*+")
OPERATOR = re.compile(r"\*\*|[*/+\-]|<=|>=|!=|[<>=]|and|or|between|instance|in")
TEST_OPERATOR = re.compile(r"<=|>=|<|>")
RESERVED = frozenset(
    ("null", "true", "false", "function", "in", "return", "then", "else", "satisfies", "and", "or")
)
CONSTANTS = {"true": True, "false": False, "null": None}
ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "t": "\t", "r": "\r", "b": "\b", "'": "'"}
OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(6)
LEVELS = {"or": OR, "and": AND, "+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}


def unescape(text: str, release: FeelRelease) -> str:
    """The text between the quotes of a literal; unknown escapes stay as written."""
    if "\\" not in text:
        return text
    if release.escapes_in_sequence:
        for letter, character in (*ESCAPES.items(), ("s", " ")):
            if letter != "\\":
                text = text.replace("\\" + letter, character)
        return text
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match[1], match[0]), text, flags=re.DOTALL)
