"""Finding a dialect by what users write: `camunda7`, `camunda8:8.6`."""

from simulator.core.errors import UserError
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.dialects.camunda8 import CAMUNDA_8_6, CAMUNDA_8_7, CAMUNDA_8_8
from simulator.dialects.dialect import Dialect

DEFAULTS = ("camunda7", "camunda8")
"""What is played where nobody says."""

DIALECTS: dict[str, Dialect] = {
    "camunda7": CAMUNDA_7,
    "camunda7:7.24": CAMUNDA_7,
    "camunda8": CAMUNDA_8_8,
    "camunda8:8.6": CAMUNDA_8_6,
    "camunda8:8.7": CAMUNDA_8_7,
    "camunda8:8.8": CAMUNDA_8_8,
}


def find_dialect(text: str) -> Dialect:
    """The dialect of that name; raises `UserError` that lists those there are."""
    found = DIALECTS.get(text) or DIALECTS.get(text.removesuffix(".0"))
    if found is None:
        raise UserError(f"no dialect {text!r}; there are {', '.join(DIALECTS)}")
    return found
