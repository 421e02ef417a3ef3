"""What a check is, and how one is registered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from simulator.analysis.finding import Found, Rule, Severity
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.reading import Model
from simulator.analysis.rules import Rules
from simulator.analysis.variables import Scoping
from simulator.analysis.ways import Ways
from simulator.core.discovery import of_type


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a check looks at: one process, how a dialect takes it, and all models given with it.

    `variables`: the names set at the start; None where the user has not said.
    """

    graph: ProcessGraph
    ways: Ways
    rules: Rules
    models: tuple[Model, ...]
    variables: frozenset[str] | None

    @cached_property
    def scoping(self) -> Scoping | None:
        """Who reads and writes which variables; None where the dialect has no expression language."""
        if self.rules.accesses is None:
            return None
        return Scoping(self.graph, self.ways, self.rules.accesses(self.graph))


Find = Callable[[Subject], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that is looked for in every process."""

    rule: Rule
    find: Find


def check(code: str, severity: Severity, *, clause: str) -> Callable[[Find], Check]:
    """Register a function as a check; the first line of its docstring is what the code means."""

    def register(find: Find) -> Check:
        meaning = (find.__doc__ or "").strip().partition("\n")[0]
        return Check(Rule(code=code, severity=severity, clause=clause, meaning=meaning), find)

    return register


@cache
def checks() -> tuple[Check, ...]:
    """Every check by its code."""
    found = [each.value for each in of_type("simulator.analysis.checks", Check)]
    return tuple(sorted(found, key=lambda each: each.rule.code))


@cache
def rules_by_code() -> dict[str, Rule]:
    """Every public code, of checks and of what is judged elsewhere (start instructions, the engines' reading)."""
    others = [each.value for each in of_type("simulator.analysis", Rule)]
    found = [*(each.rule for each in checks()), *others]
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.code)}
