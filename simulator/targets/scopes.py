"""Variables of inner scopes, gathered by the elements that hold them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoped:
    """One variable of an inner scope: the element, the scope's own id, name and value."""

    element: str
    scope: str
    name: str
    value: object


def gather_local(variables: Iterable[Scoped]) -> Mapping[str, Mapping[str, object]]:
    """Gather by element id.

    Where an element holds several scopes, their keys are `element[1]`, `element[2]` and so on, in the order
    of their loop counters, then of what they hold: the scopes' own ids differ from run to run.
    """
    scopes: dict[str, dict[str, dict[str, object]]] = defaultdict(lambda: defaultdict(dict))
    for variable in variables:
        scopes[variable.element][variable.scope][variable.name] = variable.value
    gathered: dict[str, Mapping[str, object]] = {}
    for element, found in sorted(scopes.items()):
        if len(found) == 1:
            gathered[element] = next(iter(found.values()))
            continue
        for place, values in enumerate(sorted(found.values(), key=_order), start=1):
            gathered[f"{element}[{place}]"] = values
    return gathered


def _order(values: Mapping[str, object]) -> tuple[int, str]:
    counter = values.get("loopCounter")
    return counter if isinstance(counter, int) else -1, repr(sorted(values.items(), key=lambda item: item[0]))
