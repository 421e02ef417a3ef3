"""What the algorithms say of one process, computed when first asked for and then kept."""

from collections.abc import Sequence
from functools import cached_property

from simulator.analysis.algorithms import Reach, all_pairs, dominators, reached
from simulator.analysis.process_graph import ProcessGraph


class Ways:
    """The ways tokens can take through a process; nodes are the graph's integers."""

    def __init__(self, graph: ProcessGraph) -> None:
        self.graph = graph

    @cached_property
    def roots(self) -> list[int]:
        """Where tokens come from, in every scope."""
        return self.graph.roots()

    @cached_property
    def forward(self) -> bytearray:
        """Which nodes a token can get to from the roots of their scope."""
        return reached(self.graph.successors, self.roots)

    @cached_property
    def backward(self) -> bytearray:
        """From which nodes a token can get to a node that nothing leads on from."""
        graph = self.graph
        ends = [node for node in range(len(graph)) if not graph.successors[node]]
        return reached(graph.predecessors, ends)

    @cached_property
    def reach(self) -> Reach:
        """Who reaches whom."""
        return all_pairs(self.graph.successors)

    @cached_property
    def dominator(self) -> list[int]:
        """The last node that every token on its way to a node passes; see `algorithms.dominators`."""
        return dominators(self.graph.successors, self.graph.predecessors, self.roots)

    @cached_property
    def _depth(self) -> dict[int, int]:
        return {}

    def depth(self, node: int) -> int:
        """How many nodes dominate a node."""
        known = self._depth
        path = []
        while node >= 0 and node not in known:
            path.append(node)
            node = self.dominator[node]
        depth = known.get(node, 0)
        for passed in reversed(path):
            depth += 1
            known[passed] = depth
        return depth

    def common_dominator(self, first: int, second: int) -> int:
        """The last node that every token to either of two nodes passes; negative where there is none."""
        if self.dominator[first] == -2 or self.dominator[second] == -2:
            return -2
        while first != second and first >= 0 and second >= 0:
            if self.depth(first) >= self.depth(second):
                first = self.dominator[first]
            else:
                second = self.dominator[second]
        return first if first == second else -1

    def dominates(self, first: int, second: int) -> bool:
        """Whether every token on its way to the second node passes the first."""
        lowest = self.depth(first)
        while second >= 0 and self.depth(second) > lowest:
            second = self.dominator[second]
        return second == first

    def branches(self, node: int) -> list[tuple[int, int]]:
        """The ways out of a node as (flow, next node); an attached boundary event's flow is -1."""
        graph = self.graph
        flows = [(flow, graph.flow_targets[flow]) for flow in graph.outgoing[node]]
        return flows + [(-1, event) for event in graph.boundary_of(node)]

    def branches_to(self, node: int, flow: int) -> frozenset[int]:
        """Which branches of a node (by their place among `branches`) lead to a flow without passing the node again.

        The node is to dominate the flow's source, so that the search back from there ends at it.
        """
        source = self.graph.flow_sources[flow]
        seen = {node, source}
        pending = [] if source == node else [source]
        while pending:
            for before in self.graph.predecessors[pending.pop()]:
                if before not in seen:
                    seen.add(before)
                    pending.append(before)
        inside = seen - {node}
        return frozenset(
            place
            for place, (own, target) in enumerate(self.branches(node))
            if own == flow or target in inside
        )

    @cached_property
    def forks(self) -> list[int]:
        """The nodes from which more than one token may go on."""
        graph = self.graph
        return [node for node in range(1, len(graph)) if may_fork(graph, node)]

    def carries_one_token(self, node: int) -> bool:
        """Whether at most one token can get to a node in one instance of its scope."""
        if self.reach.in_cycle(node):
            return False
        scope = self.graph.parents[node]
        for fork in self.forks:
            if self.graph.parents[fork] != scope or fork == node:
                continue
            leading = [b for b in self.branches(fork) if self.reach.reaches(b[1], node)]
            if len(leading) > 1 or any(_repeats(self.graph, event) for flow, event in leading if flow < 0):
                return False
        entries = [root for root in self.roots if self.graph.parents[root] == scope]
        return sum(self.reach.reaches(root, node) for root in entries) <= 1


def may_fork(graph: ProcessGraph, node: int) -> bool:
    """Whether more than one token may leave a node."""
    kind, ways = graph.kinds[node], len(graph.outgoing[node])
    if kind in ("exclusiveGateway", "eventBasedGateway"):
        return False
    if ways > 1:
        return True
    return ways == 1 and any(not graph.is_interrupting(event) for event in graph.boundary_of(node))


def _repeats(graph: ProcessGraph, event: int) -> bool:
    return graph.kinds[event] == "boundaryEvent" and not graph.is_interrupting(event)


def pairs(items: Sequence[int]) -> list[tuple[int, int]]:
    """Every two of the items, each pair once."""
    return [(first, second) for place, first in enumerate(items) for second in items[place + 1 :]]
