"""Double.toString and Float.toString."""

import struct
from collections.abc import Iterator
from decimal import Decimal


def double_text(number: float) -> str:
    """Write a double as Double.toString: plain from 1e-3 up to 1e7, else `d.dddEn`."""
    return _floating_text(repr(float(number)), number)


def float_text(number: float) -> str:
    """Write a 32-bit float as Float.toString, with the fewest digits that read back the same."""
    if number in (float("inf"), float("-inf")) or number != number:
        return _floating_text("", number)
    packed = struct.pack("f", number)
    digits = next(text for text in _roundings(number) if struct.pack("f", float(text)) == packed)
    return _floating_text(digits, number)


def _roundings(number: float) -> Iterator[str]:
    yield from (f"{number:.{digits}g}" for digits in range(1, 10))
    yield repr(float(number))


def _floating_text(digits: str, number: float) -> str:
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "Infinity" if number > 0 else "-Infinity"
    sign, figures, exponent = Decimal(digits).as_tuple()
    if not any(figures):
        return "-0.0" if sign else "0.0"
    significant = "".join(map(str, figures)).lstrip("0")
    point = len(significant) + int(exponent)
    significant = significant.rstrip("0") or "0"
    return ("-" if sign else "") + _place_point(significant, point)


def _place_point(significant: str, point: int) -> str:
    if 0 < point <= 7:
        whole = significant[:point].ljust(point, "0")
        return f"{whole}.{significant[point:] or '0'}"
    if -3 < point <= 0:
        return "0." + "0" * -point + significant
    return f"{significant[0]}.{significant[1:] or '0'}E{point - 1}"
