"""java.lang.String and java.lang.Character."""

import re
from collections.abc import Callable
from typing import Any, Final

from simulator.core.java import Character, JavaArray, JavaSet, java_hash, java_text
from simulator.expressions.juel.errors import JavaNotModelledError, thrown
from simulator.expressions.juel.formatting import java_format
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT
from simulator.expressions.juel.streams import IntStream

MAX_LENGTH: Final = 10_000_000
"""Length up to which a text is made, so that a model can't fill the memory."""
_OUT_OF_BOUNDS: Final = "java.lang.StringIndexOutOfBoundsException"


def _substring(text: str, begin: int, end: int | None = None) -> str:
    stop = len(text) if end is None else end
    if begin < 0 or stop > len(text) or begin > stop:
        raise thrown(_OUT_OF_BOUNDS, f"begin {begin}, end {stop}, length {len(text)}")
    return text[begin:stop]


def _char_at(text: str, index: int) -> Character:
    if not 0 <= index < len(text):
        raise thrown(_OUT_OF_BOUNDS, f"String index out of range: {index}")
    return Character(text[index])


def _compare(left: str, right: str) -> int:
    if not isinstance(right, str):
        raise thrown("java.lang.NullPointerException", None)
    for first, second in zip(left, right, strict=False):
        if first != second:
            return ord(first) - ord(second)
    return len(left) - len(right)


def _replace(text: str, target: Any, replacement: Any) -> str:
    for value, name in ((target, "target"), (replacement, "replacement")):
        if value is None:
            message = f'Cannot invoke "java.lang.CharSequence.toString()" because "{name}" is null'
            raise thrown("java.lang.NullPointerException", message)
    return _limited(text.replace(str(target), str(replacement)))


def _limited(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise thrown("java.lang.OutOfMemoryError", "Java heap space")
    return text


def _repeat(text: str, count: int) -> str:
    if count < 0:
        raise thrown("java.lang.IllegalArgumentException", f"count is negative: {count}")
    if len(text) * count > MAX_LENGTH:
        raise thrown("java.lang.OutOfMemoryError", "Java heap space")
    return text * count


def _pattern(regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except (re.error, RecursionError, OverflowError):
        raise JavaNotModelledError("java.util.regex.Pattern", regex) from None


def _replace_matches(count: int) -> Callable[[str, str, str], str]:
    def replace(text: str, regex: str, replacement: str) -> str:
        template = re.sub(r"\\\\(.)|\$(\d)", _template_part, replacement)
        return _limited(_pattern(regex).sub(template, text, count=count))

    return replace


def _template_part(found: re.Match[str]) -> str:
    if found[2] is not None:
        return f"\\g<{found[2]}>"
    return "\\\\" if found[1] == "\\" else str(found[1])


def _split(text: str, regex: str, limit: int = 0) -> JavaArray:
    parts: list[str] = []
    start = 0
    for found in _pattern(regex).finditer(text):
        if 0 < limit <= len(parts) + 1:
            break
        if found.end() == 0:
            continue
        parts.append(text[start : found.start()])
        start = found.end()
    parts.append(text[start:])
    while limit == 0 and len(parts) > 1 and not parts[-1]:
        parts.pop()
    return JavaArray(parts, "[Ljava.lang.String;")


def _join(_: str, separator: Any, elements: Any) -> str:
    items = elements.elements if isinstance(elements, JavaSet) else elements
    return _limited(java_text(separator).join(map(java_text, items)))


def _code(code: int) -> str:
    return chr(code) if 0 <= code <= 0x10FFFF else "\0\0"


_METHODS: Final[dict[str, Callable[..., Any]]] = {
    "length()": len,
    "isEmpty()": lambda text: not text,
    "isBlank()": lambda text: not text.strip(),
    "charAt(int)": _char_at,
    "substring(int)": _substring,
    "substring(int, int)": _substring,
    "indexOf(int)": lambda text, code: text.find(_code(code)),
    "indexOf(int, int)": lambda text, code, start: text.find(_code(code), max(start, 0)),
    "indexOf(String)": lambda text, part: text.find(part),
    "indexOf(String, int)": lambda text, part, start: text.find(part, max(start, 0)),
    "lastIndexOf(int)": lambda text, code: text.rfind(_code(code)),
    "lastIndexOf(String)": lambda text, part: text.rfind(part),
    "lastIndexOf(String, int)": lambda text, part, end: (
        text.rfind(part, 0, max(end, -1) + len(part)) if end >= 0 else -1
    ),
    "contains(CharSequence)": lambda text, part: java_text(part) in text,
    "startsWith(String)": lambda text, part: text.startswith(part),
    "startsWith(String, int)": lambda text, part, at: 0 <= at <= len(text) and text.startswith(part, at),
    "endsWith(String)": lambda text, part: text.endswith(part),
    "equalsIgnoreCase(String)": lambda text, other: text.lower() == other.lower(),
    "contentEquals(CharSequence)": lambda text, other: text == other,
    "compareTo(String)": _compare,
    "compareTo(Object) bridge": _compare,
    "compareToIgnoreCase(String)": lambda text, other: _compare(text.lower(), other.lower()),
    "concat(String)": lambda text, other: _limited(text + other),
    "replace(char, char)": lambda text, old, new: text.replace(str(old), str(new)),
    "replace(CharSequence, CharSequence)": _replace,
    "replaceAll(String, String)": _replace_matches(0),
    "replaceFirst(String, String)": _replace_matches(1),
    "matches(String)": lambda text, regex: _pattern(regex).fullmatch(text) is not None,
    "split(String)": _split,
    "split(String, int)": _split,
    "toUpperCase()": str.upper,
    "toLowerCase()": str.lower,
    "trim()": lambda text: text.strip("".join(map(chr, range(33)))),
    "strip()": str.strip,
    "stripLeading()": str.lstrip,
    "stripTrailing()": str.rstrip,
    "repeat(int)": _repeat,
    "intern()": str,
    "toString()": str,
    "toCharArray()": lambda text: JavaArray([Character(each) for each in text], "[C"),
    "getBytes()": lambda text: text.encode("utf-8", "replace"),
    "chars()": lambda text: IntStream([ord(each) for each in text]),
    "hashCode()": java_hash,
    "format(String, Object...)": lambda _, pattern, values: _limited(java_format(pattern, values)),
    "formatted(Object...)": lambda text, values: _limited(java_format(text, values)),
    "valueOf(Object)": lambda _, value: java_text(value),
    "valueOf(int)": lambda _, value: java_text(value),
    "valueOf(long)": lambda _, value: java_text(value),
    "valueOf(double)": lambda _, value: java_text(value),
    "valueOf(boolean)": lambda _, value: java_text(value),
    "valueOf(char)": lambda _, value: java_text(value),
    "valueOf(char[])": lambda _, value: "".join(value.items),
    "join(CharSequence, CharSequence...)": _join,
    "join(CharSequence, Iterable)": _join,
}
STRING: Final[JavaClass] = java_class(
    "java.lang.String",
    _METHODS,
    parent=OBJECT,
    not_modelled="codePoints codePointAt lines regionMatches subSequence indent translateEscapes stripIndent "
    "transform copyValueOf getChars describeConstable",
)
CHARACTER: Final[JavaClass] = java_class(
    "java.lang.Character",
    {
        "charValue()": lambda letter: letter,
        "toString()": str,
        "hashCode()": ord,
        "isDigit(char)": lambda _, letter: letter.isdigit(),
        "isLetter(char)": lambda _, letter: letter.isalpha(),
        "toUpperCase(char)": lambda _, letter: Character(letter.upper()[:1]),
        "toLowerCase(char)": lambda _, letter: Character(letter.lower()[:1]),
    },
    parent=OBJECT,
    not_modelled="compareTo compare valueOf getNumericValue isWhitespace isUpperCase isLowerCase",
)
