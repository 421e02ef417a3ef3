"""Finding a dialect by what users write: `camunda7`, `camunda8:8.6`, `camunda8+tenants`."""

from dataclasses import replace

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
    name, plus, option = text.partition("+")
    found = DIALECTS.get(name) or DIALECTS.get(name.removesuffix(".0"))
    if found is not None and plus:
        return _with(found, option)
    if found is None:
        raise UserError(f"no dialect {text!r}; there are {', '.join(DIALECTS)}")
    return found


def _with(dialect: Dialect, option: str) -> Dialect:
    """A dialect with an option: `tenants` switches multi-tenancy on."""
    if option != "tenants" or dialect.wire is None:
        raise UserError(f"no option {option!r} of {dialect.name}; Camunda 8 has +tenants")
    return replace(dialect, wire=replace(dialect.wire, multi_tenancy=True))
