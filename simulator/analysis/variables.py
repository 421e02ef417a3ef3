"""Which variables a process reads and writes, and where: what the dialects' readers of them give."""

from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from lxml import etree

from simulator.analysis.algorithms import reached
from simulator.analysis.process_graph import NODES, ProcessGraph
from simulator.analysis.ways import Ways
from simulator.model.xml import ZEEBE, local_name

NOTHING: Set[int] = frozenset()
OTHERS = frozenset({"sequenceFlow", "documentation", "laneSet"})
"""What stands in a node's element and neither reads nor writes for it."""
ZEEBE_USER_TASK = f"{{{ZEEBE}}}userTask"


@dataclass(frozen=True, slots=True)
class Read:
    """A name looked up at a node.

    `outside`: in the scope around it, before it has its own; `after`: once the node has written what it writes.
    """

    name: str
    node: int
    line: int
    what: str
    outside: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class Write:
    """A name written at a node; `local` where only the node and what is inside of it can see it.

    `own`: written from inside the node, so that a local of the same name there takes it.
    """

    name: str
    node: int
    line: int
    local: bool
    what: str
    own: bool = True


@dataclass(slots=True)
class Accesses:
    """All reads and writes of a process; `opaque` are nodes that may write anything: a worker's, a person's, Java's."""

    reads: list[Read] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    opaque: set[int] = field(default_factory=set)
    malformed: list[tuple[int, int, str]] = field(default_factory=list)


class Scoping:
    """Who sees what: locals up the scopes, other writes along the ways tokens take through all scopes."""

    def __init__(self, graph: ProcessGraph, ways: Ways, accesses: Accesses) -> None:
        self.graph = graph
        self.accesses = accesses
        self.roots = [root for root in ways.roots if graph.parents[root] == 0]
        self.adjacency = _through_scopes(graph, ways)
        self._behind: dict[tuple[str | None, bool], bytearray] = {}
        self._unwritten: dict[str, bytearray] = {}
        self.locals: dict[str, list[Write]] = defaultdict(list)
        self.writers: dict[str, set[int]] = defaultdict(set)
        for write in accesses.writes:
            if write.local:
                self.locals[write.name].append(write)
        for write in accesses.writes:
            if not write.local and self.holder(write) is None:
                self.writers[write.name].add(write.node)

    def holder(self, write: Write) -> Write | None:
        """The local a non-local write ends up in: the nearest of that name around where it is made."""
        around = self._around(write.node, inside=write.own)
        found = [local for local in self.locals.get(write.name, ()) if local.node in around]
        return max(found, key=lambda local: local.node, default=None)

    def sees_local(self, read: Read) -> bool:
        """Whether a local of that name stands at or around the place of a read."""
        around = self._around(read.node, inside=not read.outside)
        return any(local.node in around for local in self.locals.get(read.name, ()))

    def _around(self, node: int, *, inside: bool) -> set[int]:
        around = set(self.graph.ancestors(node))
        return around | {node} if inside else around

    def is_written_before(self, read: Read) -> bool:
        """Whether something that surely writes the name can come before a read."""
        return self._comes_before(read.name, self.writers.get(read.name, NOTHING), read)

    def may_be_written_before(self, read: Read) -> bool:
        """Whether something that may write anything can come before a read."""
        return self._comes_before(None, self.accesses.opaque, read)

    def _comes_before(self, name: str | None, nodes: Set[int], read: Read) -> bool:
        """Whether one of the nodes can come before a read; what they reach is kept under the name."""
        known = self._behind.get((name, read.after))
        if known is None:
            starts = nodes if read.after else {target for node in nodes for target in self.adjacency[node]}
            known = self._behind[name, read.after] = reached(self.adjacency, starts)
        return bool(known[read.node])

    def has_way_without_write(self, read: Read) -> bool:
        """Whether a token can get to a read without passing anything that writes the name or may do so."""
        writers = self.writers.get(read.name, NOTHING) | self.accesses.opaque
        if read.after and read.node in writers:
            return False
        known = self._unwritten.get(read.name)
        if known is None:
            open_ways = [() if node in writers else targets for node, targets in enumerate(self.adjacency)]
            known = self._unwritten[read.name] = reached(open_ways, self.roots)
        return bool(known[read.node])


def _through_scopes(graph: ProcessGraph, ways: Ways) -> list[list[int]]:
    """The ways of tokens with scopes opened up: into their starts, out from their ends and over their boundaries."""
    adjacency = [list(targets) for targets in graph.successors]
    for root in ways.roots:
        scope = graph.parents[root]
        if scope:
            adjacency[scope].append(root)
        if graph.is_event_subprocess(root):
            for other in ways.roots:
                if graph.parents[other] == scope and not graph.is_event_subprocess(other):
                    adjacency[other].append(root)
    for node in graph.nodes():
        scope = graph.parents[node]
        if scope:
            adjacency[node].extend(graph.boundary_of(scope))
            if not graph.successors[node]:
                adjacency[node].extend(graph.successors[scope])
    return adjacency


def own_elements(graph: ProcessGraph, node: int) -> Iterator[etree._Element]:
    """An element and what is in it, but for the flow elements inside a scope (a `zeebe:userTask` is none)."""
    pending = [graph.elements[node]]
    while pending:
        element = pending.pop()
        yield element
        for child in element:
            name = local_name(child)
            is_node = name in NODES and child.tag != ZEEBE_USER_TASK
            if name and not is_node and name not in OTHERS:
                pending.append(child)
