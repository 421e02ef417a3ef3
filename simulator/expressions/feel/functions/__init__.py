"""The built-in functions, one module for each kind of value they work on."""

from simulator.expressions.feel.functions import (
    calendar,
    contexts,
    conversion,
    lists,
    logic,
    numeric,
    ranges,
    statistics,
    text,
)
from simulator.expressions.feel.functions.registry import FUNCTIONS, Builtin

MODULES = (calendar, contexts, conversion, lists, logic, numeric, ranges, statistics, text)

__all__ = ["FUNCTIONS", "MODULES", "Builtin"]
