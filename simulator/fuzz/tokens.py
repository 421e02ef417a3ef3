"""Names for what only a target can tell: `{{task.0}}` is the first task of the world, whatever its id is.

Requests are drawn, kept, shrunk and compared with tokens in them, so that the same seed draws the same requests,
and a kept request can be sent again where every id is another one. `{{none.3}}` is an id of the run's own that
names nothing, `{{2:/id}}` what the answer to the step labelled 2 holds at `/id`. A trailing `#` asks for the number.
"""

import copy
import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(r"\{\{([a-zA-Z]+\.\d+|\d+:[^{}]*?)(#?)\}\}")
NOTHING = "none"

Resolve = Callable[[str], str]


def token(role: str, place: int, *, is_number: bool = False) -> str:
    """The token of what has a role, by its place among all that have it."""
    return f"{{{{{role}.{place}{'#' if is_number else ''}}}}}"


def answered(label: int, pointer: str) -> str:
    """The token of what the answer to an earlier step holds at a JSON pointer."""
    return f"{{{{{label}:{pointer}}}}}"


def has_token(text: str) -> bool:
    """Whether a text names anything by a token."""
    return "{{" in text and TOKEN.search(text) is not None


def fill(value: Any, resolve: Resolve) -> Any:
    """Put what tokens name in their places, at any depth; a number where all of a text is a token with `#`."""
    match value:
        case str() if "{{" in value:
            return _fill_text(value, resolve)
        case dict() | list() if "{{" in str(value):
            return _fill_tree(value, resolve)
        case _:
            return value


def _fill_text(text: str, resolve: Resolve) -> Any:
    whole = TOKEN.fullmatch(text)
    if whole is not None and whole[2]:
        found = resolve(whole[1])
        return int(found) if found.lstrip("-").isdigit() else found
    return TOKEN.sub(lambda match: resolve(match[1]), text)


def _fill_tree(value: Any, resolve: Resolve) -> Any:
    copied = copy.deepcopy(value)
    pending: list[Any] = [copied]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            filled = {fill_key(key, resolve): inner for key, inner in node.items()}
            node.clear()
            node.update(filled)
        for place, inner in list(node.items()) if isinstance(node, dict) else list(enumerate(node)):
            if isinstance(inner, str):
                node[place] = fill(inner, resolve)
            elif isinstance(inner, dict | list):
                pending.append(inner)
    return copied


def fill_key(key: str, resolve: Resolve) -> str:
    """Put what tokens name into the name of a property."""
    return str(_fill_text(key, resolve)) if "{{" in key else key
