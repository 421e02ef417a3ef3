"""The core schema of YAML 1.2 (10.3.2): what a plain scalar means; `yes`, `no`, `on` and `off` are texts."""

import re

import yaml

Scalar = None | bool | int | float | str

_NULL = re.compile(r"(null|Null|NULL|~|)")
_TRUE = re.compile(r"(true|True|TRUE)")
_FALSE = re.compile(r"(false|False|FALSE)")
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NO_JSON = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def resolve(text: str) -> Scalar:
    """Resolve a plain scalar; the numbers that JSON cannot carry among them."""
    if _NULL.fullmatch(text):
        return None
    if _TRUE.fullmatch(text):
        return True
    if _FALSE.fullmatch(text):
        return False
    if _INT.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEX.fullmatch(text):
        return int(text[2:], 16)
    if is_beyond_json(text):
        return float(text.lower().replace(".", ""))
    return float(text) if _FLOAT.fullmatch(text) else text


def is_beyond_json(text: str) -> bool:
    """Whether a plain scalar is an infinity or not a number."""
    return _NO_JSON.fullmatch(text) is not None


def line_of(error: yaml.MarkedYAMLError) -> int | None:
    """The line, from 1, at which a parser gave up, where it says."""
    mark = error.problem_mark or error.context_mark
    return None if mark is None else mark.line + 1
