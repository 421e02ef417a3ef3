"""Texts that may hold expressions: `${…}` within text (JUEL), `= …` in full (FEEL)."""

import re

from simulator.targets.adapt_expressions import (
    Binary,
    Constant,
    Expression,
    Name,
    NotPortable,
    is_text,
    read_feel,
    read_juel,
    show_feel,
    show_juel,
)

_PLACE = re.compile(r"[$#]\{([^}]*)\}")


def is_juel(text: str) -> bool:
    """Whether a text holds an expression of JUEL."""
    return _PLACE.search(text) is not None


def is_feel(text: str) -> bool:
    """Whether a text is an expression of FEEL."""
    return text.lstrip().startswith("=")


def feel_of(text: str) -> str:
    """The text for Camunda 8 where an expression is asked for: `= …`; plain text becomes a FEEL text.

    Raises NotPortable.
    """
    if is_feel(text):
        return text.strip()
    stripped = text.strip()
    whole = _PLACE.fullmatch(stripped)
    if whole:
        return "= " + show_feel(read_juel(whole[1]))
    if not is_juel(text):
        return "= " + show_feel(Constant(text))
    parts: list[str] = []
    at = 0
    for place in _PLACE.finditer(text):
        if place.start() > at:
            parts.append(show_feel(Constant(text[at : place.start()])))
        parts.append(f"string({show_feel(read_juel(place[1]))})")
        at = place.end()
    if at < len(text):
        parts.append(show_feel(Constant(text[at:])))
    return "= " + " + ".join(parts)


def feel_or_text(text: str) -> str:
    """The text for Camunda 8 where plain text is allowed beside `= …`."""
    return feel_of(text) if is_juel(text) else text


def juel_of(text: str) -> str:
    """The text for Camunda 7: `${…}`, or texts with `${…}` in between for a sum of texts; plain text stays.

    Raises NotPortable.
    """
    if not is_feel(text):
        return text
    expression = read_feel(text.lstrip()[1:])
    parts = _summands(expression)
    if any(is_text(part) for part in parts):
        return "".join(_text_part(part) for part in parts)
    return "${" + show_juel(expression) + "}"


def variable_of(text: str) -> str | None:
    """The variable's name, where an expression is nothing else."""
    try:
        expression = read_feel(text.lstrip()[1:]) if is_feel(text) else None
    except NotPortable:
        return None
    return expression.text if isinstance(expression, Name) else None


def _summands(expression: Expression) -> list[Expression]:
    """The parts of a sum from left to right, where one of them is a text; otherwise the expression itself."""
    parts: list[Expression] = []
    pending = [expression]
    while pending:
        match pending.pop():
            case Binary("+", left, right) as both if is_text(both):
                pending += [right, left]
            case part:
                parts.append(part)
    return parts


def _text_part(part: Expression) -> str:
    match part:
        case Constant(str(text), is_number=False):
            return text
        case _:
            return "${" + show_juel(part) + "}"
