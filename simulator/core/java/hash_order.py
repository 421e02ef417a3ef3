"""The order in which a java.util.HashMap of texts is walked."""

from collections.abc import Iterable

from simulator.core.java.equality import java_hash


def in_hash_order(texts: Iterable[str]) -> list[str]:
    """Texts, given in the order they are put in, in the order a HashMap that grew with them gives them back."""
    known = list(texts)
    size = 16
    while len(known) > size * 3 // 4:
        size *= 2
    return sorted(known, key=lambda text: _spread(text) & (size - 1))


def _spread(text: str) -> int:
    """Java's hash of a text with its upper half mixed into the lower one."""
    number = java_hash(text) & 0xFFFFFFFF
    return number ^ number >> 16
