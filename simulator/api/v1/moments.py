"""Dates outside of variables: when something is to happen."""

import re

from simulator.core.iso8601 import parse_date

SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


def read_moment(text: str) -> int:
    """An ISO 8601 date with time as milliseconds since 1970, UTC; raises `ValueError` in the engine's words."""
    try:
        if not SHAPE.match(text):
            raise ValueError(text)
        return parse_date(text)
    except ValueError:
        raise ValueError(f'Invalid format: "{text}"') from None
