"""`for`, `some` and `every`: loops over lists and counted numbers."""

from collections.abc import Iterable, Iterator
from itertools import product

from simulator.expressions.feel.operators import expect_boolean
from simulator.expressions.feel.paths import counted
from simulator.expressions.feel.scope import Evaluator, Scope
from simulator.expressions.feel.values import Value, quoted

Domain = tuple[str, Evaluator, Evaluator | None]


def _lists(scope: Scope, domains: list[Domain]) -> list[Iterable[Value]] | None:
    """What each name runs through; evaluated outside of the loop, so none sees another."""
    found: list[Iterable[Value]] = []
    for _, domain, end in domains:
        items: Iterable[Value] | None = domain(scope)
        if end is not None:
            items = counted(scope.run, items, end(scope))
        elif type(items) is not list:
            scope.run.warn("INVALID_TYPE", f"Expected list but found '{quoted(items)}'")
            items = None
        if items is None:
            return None
        found.append(items)
    return found


def _bindings(domains: list[Domain], lists: list[Iterable[Value]]) -> Iterator[dict[str, Value]]:
    names = [name for name, _, _ in domains]
    if len(names) == 1:
        return ({names[0]: item} for item in lists[0])
    return (dict(zip(names, items, strict=True)) for items in product(*lists))


def for_each(domains: list[Domain], body: Evaluator) -> Evaluator:
    """The list of the body's results; `partial` is the list so far."""

    def evaluate(scope: Scope) -> Value:
        lists = _lists(scope, domains)
        if lists is None:
            return None
        results: list[Value] = []
        for names in _bindings(domains, lists):
            results.append(body(scope.with_partial(names, results)))
        return results

    return evaluate


def quantify(domains: list[Domain], body: Evaluator, *, decisive: bool) -> Evaluator:
    """Whether the body is true for some (`decisive` true) or every (false) combination; three-valued."""

    def evaluate(scope: Scope) -> Value:
        lists = _lists(scope, domains)
        if lists is None:
            return None
        unknown = False
        for names in _bindings(domains, lists):
            result = body(scope.with_names(names))
            if result is decisive:
                return decisive
            if type(result) is not bool:
                expect_boolean(scope.run, result)
                unknown = True
        return None if unknown else not decisive

    return evaluate
