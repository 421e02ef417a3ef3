"""The open set of checks of an answer: each looks for one way in which an answer departs from the contract."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from simulator.contract.judge import Discrepancy
from simulator.contract.model import Operation
from simulator.core.discovery import named
from simulator.fuzz.answering import Answer

CHECKS_PACKAGE = "simulator.fuzz.checks"


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer to an operation, and in what it departs from the contract."""

    operation: Operation
    answer: Answer
    discrepancies: Sequence[Discrepancy]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an answer; `place` is where, without what differs from answer to answer."""

    place: str
    expected: str
    came: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check by its name; `look` yields what is wrong."""

    name: str
    about: str
    look: Callable[[Judged], Iterator[Fault]]


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of their names."""
    return tuple(found.value for found in named(CHECKS_PACKAGE, "CHECK", Check))


def faults(judged: Judged) -> Iterator[tuple[Check, Fault]]:
    """Everything wrong with an answer, check by check."""
    for check in all_checks():
        for fault in check.look(judged):
            yield check, fault
