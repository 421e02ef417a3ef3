"""Selectors such as `camunda8:>=8.8`: which products and releases a scenario, or a departure, is about."""

import re
from dataclasses import dataclass

from simulator.scenario.nodes import Node

PRODUCTS = ("standard", "camunda7", "operaton", "cibseven", "camunda8")
FORKS = {"operaton": "camunda7", "cibseven": "camunda7"}
"""Forks promise to be compatible: what is said of the product they come from is said of them."""

_BOUND = re.compile(r"(?P<sign>>=|<=|>|<|==)?\s*(?P<release>\d+(\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Selector:
    """A product and the bounds of its releases; without bounds all of them."""

    product: str
    bounds: tuple[tuple[str, tuple[int, ...]], ...] = ()

    def names(self, product: str) -> bool:
        """Whether it is about this product, or about the one this product was forked from."""
        return self.product in (product, FORKS.get(product))

    def holds(self, product: str, release: str) -> bool:
        """Whether it is about this release; a fork's releases are its own, so bounds do not bind it."""
        if not self.names(product):
            return False
        if self.product != product:
            return True
        numbers = tuple(int(number) for number in re.findall(r"\d+", release)[:3])
        return all(_within(numbers, sign, bound) for sign, bound in self.bounds)


def read_selector(text: str, place: Node) -> Selector:
    """Read `product`, `product:7.24` or `product:>=8.6,<8.8`; raises ScenarioError at the place given."""
    product, _, ranges = text.partition(":")
    if product not in PRODUCTS:
        raise place.wrong(f"expected one of {', '.join(PRODUCTS)}, optionally with releases; came {text!r}")
    bounds = []
    for part in filter(None, (part.strip() for part in ranges.split(","))):
        bound = _BOUND.fullmatch(part)
        if bound is None:
            raise place.wrong(f"expected releases such as 8.8 or >=8.6,<8.8; came {ranges!r}")
        bounds.append((bound["sign"] or "==", tuple(int(number) for number in bound["release"].split("."))))
    return Selector(product, tuple(bounds))


def _within(release: tuple[int, ...], sign: str, bound: tuple[int, ...]) -> bool:
    """Compare as far as the bound goes: 8.8.21 is within ==8.8, and not within >8.8."""
    cut = (*release, *(0 for _ in bound))[: len(bound)]
    match sign:
        case ">=":
            return cut >= bound
        case "<=":
            return cut <= bound
        case ">":
            return cut > bound
        case "<":
            return cut < bound
        case _:
            return cut == bound
