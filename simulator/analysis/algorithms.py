"""Algorithms over integer adjacency lists: loops only, so that a chain of any length works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Adjacency = Sequence[Sequence[int]]
ALL_PAIRS_AT_MOST = 30_000
"""Components up to which a table of bitsets is kept: it grows with the square, 1.1 GB at 100,000."""


def reached(adjacency: Adjacency, roots: Iterable[int]) -> bytearray:
    """Which nodes can be reached from the roots (they themselves included): one byte per node."""
    seen = bytearray(len(adjacency))
    pending = []
    for root in roots:
        if not seen[root]:
            seen[root] = 1
            pending.append(root)
    while pending:
        for target in adjacency[pending.pop()]:
            if not seen[target]:
                seen[target] = 1
                pending.append(target)
    return seen


def components(adjacency: Adjacency) -> list[int]:
    """The strongly connected component of each node, numbered so that edges lead to lower or equal numbers.

    Tarjan's algorithm (SIAM J. Comput. 1, 1972) with its stack made explicit.
    """
    size = len(adjacency)
    order, low = [0] * size, [0] * size
    component = [-1] * size
    open_nodes: list[int] = []
    clock = count = 0
    for start in range(size):
        if order[start]:
            continue
        clock += 1
        order[start] = low[start] = clock
        open_nodes.append(start)
        path = [start]
        walks = [iter(adjacency[start])]
        while path:
            node = path[-1]
            for target in walks[-1]:
                if not order[target]:
                    clock += 1
                    order[target] = low[target] = clock
                    open_nodes.append(target)
                    path.append(target)
                    walks.append(iter(adjacency[target]))
                    break
                if component[target] < 0 and order[target] < low[node]:
                    low[node] = order[target]
            else:
                path.pop()
                walks.pop()
                lowest = low[node]
                if path and lowest < low[path[-1]]:
                    low[path[-1]] = lowest
                if lowest == order[node]:
                    while True:
                        member = open_nodes.pop()
                        component[member] = count
                        if member == node:
                            break
                    count += 1
    return component


def dominators(successors: Adjacency, predecessors: Adjacency, roots: Sequence[int]) -> list[int]:
    """The immediate dominator of each node under one entry above all roots.

    -1 stands for that entry, -2 for what no root reaches. Cooper, Harvey and Kennedy's iteration over the reverse
    postorder ("A Simple, Fast Dominance Algorithm", 2001).
    """
    post = _postorder(successors, roots)
    size, entry = len(successors), len(post)
    rank = [-1] * size
    for place, node in enumerate(post):
        rank[node] = place
    is_root = set(roots)
    above = [-1] * (entry + 1)
    above[entry] = entry
    changed = True
    while changed:
        changed = False
        for place in range(entry - 1, -1, -1):
            node = post[place]
            new = entry if node in is_root else -1
            for source in predecessors[node]:
                other = rank[source]
                if other < 0 or above[other] < 0:
                    continue
                if new < 0:
                    new = other
                while new != other:
                    if new < other:
                        new = above[new]
                    else:
                        other = above[other]
            if above[place] != new:
                above[place] = new
                changed = True
    found = [-2] * size
    for place, node in enumerate(post):
        found[node] = -1 if above[place] == entry else post[above[place]]
    return found


def _postorder(successors: Adjacency, roots: Iterable[int]) -> list[int]:
    seen = bytearray(len(successors))
    post: list[int] = []
    for root in roots:
        if seen[root]:
            continue
        seen[root] = 1
        path, walks = [root], [iter(successors[root])]
        while path:
            for target in walks[-1]:
                if not seen[target]:
                    seen[target] = 1
                    path.append(target)
                    walks.append(iter(successors[target]))
                    break
            else:
                post.append(path.pop())
                walks.pop()
    return post


@dataclass(frozen=True, slots=True)
class Reach:
    """Who reaches whom: a bit per pair of components, or a search per question where there are too many."""

    adjacency: Adjacency
    component: list[int]
    table: list[int]
    cyclic: frozenset[int]

    def reaches(self, source: int, target: int) -> bool:
        """Whether a way of any length, none included, leads from one node to the other."""
        if self.table:
            return bool(self.table[self.component[source]] >> self.component[target] & 1)
        return bool(reached(self.adjacency, (source,))[target])

    def in_cycle(self, node: int) -> bool:
        """Whether a way leads from the node back to itself."""
        return self.component[node] in self.cyclic


def all_pairs(adjacency: Adjacency, component: list[int] | None = None) -> Reach:
    """Prepare every question of reachability, in one pass from the last component to the first."""
    found = components(adjacency) if component is None else component
    count = max(found, default=-1) + 1
    cyclic = set()
    below: list[list[int]] = [[] for _ in range(count)]
    for node, targets in enumerate(adjacency):
        own = found[node]
        for target in targets:
            other = found[target]
            if other != own:
                below[own].append(other)
            else:
                cyclic.add(own)
    if count > ALL_PAIRS_AT_MOST:
        return Reach(adjacency, found, [], frozenset(cyclic))
    table = [0] * count
    for number, targets in enumerate(below):
        bits = 1 << number
        for target in targets:
            bits |= table[target]
        table[number] = bits
    return Reach(adjacency, found, table, frozenset(cyclic))
