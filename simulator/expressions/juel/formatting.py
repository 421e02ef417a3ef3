"""java.util.Formatter for the conversions that expressions use: %s %d %f %x %c %b %n %%."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from simulator.core.java import Character, class_name, java_text
from simulator.expressions.juel.coercion import FLOATING, NUMBERS
from simulator.expressions.juel.errors import JavaNotModelledError, thrown

_SPECIFIER: Final = re.compile(r"%(?:(\d{1,3})\$)?([-#+ 0,(]*)(\d{1,4})?(?:\.(\d{1,3}))?([a-zA-Z%])")


def java_format(pattern: str, values: list[Any]) -> str:
    """Fill a pattern as String.format does in the root locale."""
    parts, at, ordinary = [], 0, 0
    for found in _SPECIFIER.finditer(pattern):
        parts.append(pattern[at : found.start()])
        at = found.end()
        if found[5] in "n%":
            parts.append("\n" if found[5] == "n" else "%")
            continue
        index = int(found[1]) - 1 if found[1] else ordinary
        ordinary += not found[1]
        if not 0 <= index < len(values):
            raise thrown("java.util.MissingFormatArgumentException", f"Format specifier '{found[0]}'")
        parts.append(_padded(_converted(found, values[index]), found))
    rest = pattern[at:]
    if "%" in rest:
        raise thrown("java.util.UnknownFormatConversionException", "Conversion = '%'")
    return "".join(parts) + rest


def _padded(text: str, found: re.Match[str]) -> str:
    width = int(found[3] or 0)
    if "-" in found[2]:
        return text.ljust(width)
    if "0" in found[2] and found[5] in "dfx":
        return text.zfill(width)
    return text.rjust(width)


def _converted(found: re.Match[str], value: Any) -> str:
    kind = found[5]
    if kind.lower() in "sb":
        text = java_text(value) if kind in "sS" else java_text(_truth(value))
        text = text[: int(found[4])] if found[4] else text
        return text.upper() if kind.isupper() else text
    if value is None:
        return "null"
    fractional = type(value) in FLOATING or isinstance(value, Decimal)
    if kind == "d" and type(value) in NUMBERS and not fractional:
        return _signed(f"{int(value):,}" if "," in found[2] else str(int(value)), found)
    if kind == "f" and fractional:
        return _signed(_fixed(value, int(found[4] or 6), "," in found[2]), found)
    if kind in "xX" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return f"{int(value):{kind}}"
    if kind == "c" and isinstance(value, Character):
        return str(value)
    if kind in "dfxc":
        message = f"{kind} != {class_name(value)}"
        raise thrown("java.util.IllegalFormatConversionException", message)
    raise JavaNotModelledError("java.util.Formatter", found[0])


def _truth(value: Any) -> bool:
    return bool(value) if isinstance(value, bool) else value is not None


def _fixed(value: Any, digits: int, grouped: bool) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return java_text(value)
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    rounded = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) if abs(number) < 10**20 else number
    return f"{rounded:,.{digits}f}" if grouped else f"{rounded:.{digits}f}"


def _signed(text: str, found: re.Match[str]) -> str:
    return f"+{text}" if "+" in found[2] and not text.startswith("-") else text
