"""Java's regular expressions as far as Python's can say the same."""

import re
from functools import lru_cache

from simulator.expressions.feel.failures import EvaluatorThrew

_CLASSES = {
    "Lower": "a-z",
    "Upper": "A-Z",
    "Alpha": "a-zA-Z",
    "Digit": "0-9",
    "Alnum": "a-zA-Z0-9",
    "Punct": "!-/:-@\\[-`{-~",
    "Space": " \\t\\n\\x0b\\f\\r",
    "XDigit": "0-9a-fA-F",
    "ASCII": "\\x00-\\x7f",
}
_FLAGS = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
_TOKEN = re.compile(
    r"\\Q(?P<quoted>.*?)(?:\\E|$)|\\p\{(?P<has>\w+)\}|\\P\{(?P<not>\w+)\}|\\(?P<escape>.)"
    r"|\(\?<(?P<group>[a-zA-Z]\w*)>|(?P<intersection>&&)|(?P<bracket>[\[\]])",
    re.DOTALL,
)
_ESCAPES = {"z": r"\Z", "Z": r"(?=\n?\Z)", "h": r"[ \t\xa0]", "R": r"(?:\r\n|[\n-\r])", "e": r"\x1b"}


def _translated(match: re.Match[str], *, inside: bool) -> str:
    name = match["has"] or match["not"]
    if match["quoted"] is not None:
        return re.escape(match["quoted"])
    if name is not None:
        if name not in _CLASSES or (match["not"] and inside):
            raise EvaluatorThrew(f"java.lang.UnsupportedOperationException: pattern class {match[0]}")
        return _CLASSES[name] if inside else f"[{'^' if match['not'] else ''}{_CLASSES[name]}]"
    if match["escape"] is not None:
        return match[0] if inside else _ESCAPES.get(match["escape"], match[0])
    if match["group"] is not None and not inside:
        return f"(?P<{match['group']}>"
    if match["intersection"] is not None and inside:
        raise EvaluatorThrew("java.lang.UnsupportedOperationException: pattern class with &&")
    return match[0]


def _python_text(pattern: str) -> str:
    parts: list[str] = []
    position, inside = 0, False
    for match in _TOKEN.finditer(pattern):
        parts.append(pattern[position : match.start()])
        position = match.end()
        if match["bracket"]:
            nested = inside and match[0] == "["
            inside = match[0] == "[" or (inside and match[0] != "]")
            parts.append("\\[" if nested else match[0])
        else:
            parts.append(_translated(match, inside=inside))
    parts.append(pattern[position:])
    return "".join(parts)


@lru_cache(maxsize=512)
def java_pattern(pattern: str, flags: str = "") -> re.Pattern[str] | None:
    """The compiled pattern, or nothing where it is not valid; what has no translation is refused."""
    options = re.ASCII
    for letter in flags:
        options |= _FLAGS.get(letter, re.ASCII)
    try:
        return re.compile(re.escape(pattern) if "q" in flags else _python_text(pattern), options)
    except (re.error, OverflowError, RecursionError):
        return None


def expand(template: str, match: re.Match[str]) -> str | None:
    r"""Java's replacement text: `$1`, `${name}`, `\$`; nothing where it names a group that is not there."""
    parts: list[str] = []
    position = 0
    while position < len(template):
        character = template[position]
        position += 1
        if character == "\\":
            if position == len(template):
                return None
            parts.append(template[position])
            position += 1
        elif character == "$":
            reference = _group(template, position, match)
            if reference is None:
                return None
            parts.append(match[reference[0]] or "")
            position = reference[1]
        else:
            parts.append(character)
    return "".join(parts)


def _group(template: str, position: int, match: re.Match[str]) -> tuple[int | str, int] | None:
    named = re.compile(r"\{([a-zA-Z]\w*)\}").match(template, position)
    if named:
        return (named[1], named.end()) if named[1] in match.re.groupindex else None
    digits = re.compile(r"[0-9]+").match(template, position)
    if digits is None:
        return None
    for end in range(digits.end(), position, -1):
        group = int(template[position:end][:9])
        if group <= match.re.groups or end == position + 1:
            return (group, end) if group <= match.re.groups else None
    return None
