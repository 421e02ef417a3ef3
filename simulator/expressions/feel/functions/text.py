"""Functions on texts, which count in UTF-16 units as Java does."""

import base64
from uuid import UUID

from simulator.expressions.feel.failures import EvaluatorThrew, InvocationFailed
from simulator.expressions.feel.functions.registry import builtin
from simulator.expressions.feel.numbers import Number, truncate
from simulator.expressions.feel.patterns import expand, java_pattern
from simulator.expressions.feel.scope import Run
from simulator.expressions.feel.temporal import DaysDuration, MonthsDuration
from simulator.expressions.feel.values import Value, is_number, quoted, text_of

_JAVA_BLANKS = "".join(map(chr, range(33)))


def _is_narrow(text: str) -> bool:
    return text.isascii() or max(text) < "\U00010000"


def _units(text: str) -> int:
    return len(text) if _is_narrow(text) else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str, start: int, end: int) -> str:
    length = _units(text)
    if not 0 <= start <= end <= length:
        place = f"Range [{start}, {end}) out of bounds for length {length}"
        raise EvaluatorThrew(f"java.lang.StringIndexOutOfBoundsException: {place}")
    if length == len(text):
        return text[start:end]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


@builtin("substring", "string:text", "start position:number", "length:number", optional=1)
def substring(string: str, position: Number, length: Number | None = None) -> str:
    """From a position, counted from 1 or back from the end; a start beyond the end fails."""
    units, start = _units(string), truncate(position)
    if start == 0:
        return ""
    begin = start - 1 if start > 0 else units + start
    end = units if length is None else min(begin + truncate(length), units)
    return _cut(string, begin, end)


@builtin("string length", "string:text")
def string_length(string: str) -> int:
    """In UTF-16 units."""
    return _units(string)


@builtin("upper case", "string:text")
def upper_case(string: str) -> str:
    """All letters large."""
    return string.upper()


@builtin("lower case", "string:text")
def lower_case(string: str) -> str:
    """All letters small."""
    return string.lower()


@builtin("substring before", "string:text", "match:text")
def substring_before(string: str, match: str) -> str:
    """What stands before the first match; nothing where there is none."""
    return string[: max(string.find(match), 0)]


@builtin("substring after", "string:text", "match:text")
def substring_after(string: str, match: str) -> str:
    """What stands behind the first match; nothing where there is none."""
    found = string.find(match)
    return "" if found < 0 else string[found + len(match) :]


@builtin("contains", "string:text", "match:text")
def contains(string: str, match: str) -> bool:
    """Whether the match stands somewhere in it."""
    return match in string


@builtin("starts with", "string:text", "match:text")
def starts_with(string: str, match: str) -> bool:
    """Whether it begins so."""
    return string.startswith(match)


@builtin("ends with", "string:text", "match:text")
def ends_with(string: str, match: str) -> bool:
    """Whether it ends so."""
    return string.endswith(match)


@builtin("matches", "input:text", "pattern:text", "flags:text", optional=1)
def matches(string: str, pattern: str, flags: str = "") -> bool:
    """Whether the pattern is found somewhere."""
    compiled = java_pattern(pattern, flags)
    if compiled is None:
        raise InvocationFailed(f"Invalid pattern '{pattern}'")
    return compiled.search(string) is not None


@builtin("replace", "input:text", "pattern:text", "replacement:text", "flags:text", optional=1)
def replace(string: str, pattern: str, replacement: str, flags: str = "") -> str:
    """Each match replaced, with Java's references to groups."""
    compiled = java_pattern(pattern, flags)
    parts: list[str] = []
    end = 0
    for match in compiled.finditer(string) if compiled else ():
        expanded = expand(replacement, match)
        if expanded is None:
            compiled = None
            break
        parts += (string[end : match.start()], expanded)
        end = match.end()
    if compiled is None:
        raise InvocationFailed(f"Invalid pattern '{pattern}'")
    return "".join((*parts, string[end:]))


@builtin("split", "string:text", "delimiter:text")
def split(string: str, delimiter: str) -> list[str]:
    """The parts between the matches, empty ones too."""
    compiled = java_pattern(delimiter)
    if compiled is None:
        raise InvocationFailed(f"Invalid pattern for delimiter '{delimiter}'")
    parts: list[str] = []
    end = 0
    for match in compiled.finditer(string):
        if match.end() > 0:
            parts.append(string[end : match.start()])
            end = match.end()
    return [*parts, string[end:]]


@builtin("extract", "string:text", "pattern:text")
def extract(string: str, pattern: str) -> list[str]:
    """All matches."""
    compiled = java_pattern(pattern)
    if compiled is None:
        raise InvocationFailed(f"Invalid pattern '{pattern}'")
    return [match[0] for match in compiled.finditer(string)]


@builtin("string join", "list:list")
@builtin("string join", "list:list", "delimiter:text|null")
@builtin("string join", "list:list", "delimiter:text|null", "prefix:text", "suffix:text")
def string_join(items: list[Value], delimiter: str | None = None, prefix: str = "", suffix: str = "") -> str:
    """The texts with a delimiter between them; nulls are left out."""
    texts = [item for item in items if item is not None]
    if any(type(item) is not str for item in texts):
        shown = ", ".join("ValNull" if item is None else str(item) for item in items)
        raise InvocationFailed(f"expected a list of strings but found 'Vector({shown})'")
    return f"{prefix}{(delimiter or '').join(texts)}{suffix}"


@builtin("is blank", "string:text")
def is_blank(string: str) -> bool:
    """Whether nothing but blanks stands in it."""
    return not string.strip()


@builtin("trim", "string:text")
def trim(string: str) -> str:
    """Without the blanks at both ends."""
    return string.strip(_JAVA_BLANKS)


@builtin("to base64", "value:text")
def to_base64(string: str) -> str:
    """The UTF-8 bytes in base 64."""
    return base64.b64encode(string.encode("utf-8", "replace")).decode("ascii")


@builtin("uuid")
def uuid(run: Run) -> str:
    """A random identifier, by the given source."""
    return str(UUID(int=run.asked().random.getrandbits(128), version=4))


@builtin("cycle", "interval:any")
@builtin("cycle", "repetitions:any", "interval:any")
def cycle(*values: Value) -> str:
    """A timer's cycle: `R3/PT1H`, without repetitions `R/PT1H`."""
    repetitions = values[0] if len(values) == 2 else None
    return _cycle_text(repetitions, values[-1], list(values))


def _cycle_text(repetitions: Value, interval: Value, values: list[Value]) -> str:
    counted = repetitions is None or is_number(repetitions)
    if not counted or not isinstance(interval, DaysDuration | MonthsDuration):
        raise InvocationFailed(
            "cycle function expected a repetitions (number) and an interval (duration) parameter, "
            f"but found '{quoted(values)}'"
        )
    count = "" if repetitions is None else str(truncate(repetitions))
    return f"R{count}/{text_of(interval)}"


@builtin("fromAi", "value:any", "description:any", "type:any", "schema:any", "options:any", optional=4)
def from_ai(value: Value, *_: Value) -> Value:
    """The value; the rest describes it to a language model."""
    return value
