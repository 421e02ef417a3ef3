"""A token game good enough to know which scopes are open after a start instruction in Camunda 7.

It plays what happens without a decision; where data decides, it notes which nodes it knows nothing of any more.
"""

from collections.abc import Iterator

from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.wait_states import TRUE, extension, is_link, waits_in_camunda7
from simulator.analysis.ways import Ways
from simulator.model.xml import CAMUNDA

STEPS_AT_MOST = 10_000
UNDECIDED = frozenset({"error", "escalation", "compensate", "cancel", "signal", "conditional", "multiple"})


class Place:
    """A token, or the scope it has opened; `node` is negative for the body around a multi-instance activity."""

    __slots__ = ("inside", "is_job", "node", "parent")

    def __init__(self, node: int, parent: "Place | None") -> None:
        self.node = node
        self.parent = parent
        self.inside: list[Place] = []
        self.is_job = False
        if parent is not None:
            parent.inside.append(self)

    def all(self) -> "Iterator[Place]":
        """This place and all inside of it."""
        pending = [self]
        while pending:
            place = pending.pop()
            yield place
            pending.extend(place.inside)


class Game:
    """The places of one instance; `doubtful` holds the nodes of which the number of instances is not known.

    `lost_at`: the scope at which the last token has ended without a flow to leave over. The engine then can no longer
    tell its tree, and fails at the next instruction (live Camunda 7.24).
    """

    def __init__(self, graph: ProcessGraph, ways: Ways) -> None:
        self.graph = graph
        self.ways = ways
        self.root = Place(0, None)
        self.doubtful: set[int] = set()
        self.pending: list[tuple[Place, int]] = []
        self.lost_at: int | None = None

    def found(self, node: int, below: Place | None = None) -> list[Place]:
        """The open instances of a node."""
        places = (below or self.root).all()
        return [place for place in places if place.node == node and not place.is_job]

    def cancel_inside(self, place: Place) -> None:
        """End everything in a scope."""
        place.inside.clear()

    def remove(self, place: Place) -> None:
        """Take a place out, its scope staying open."""
        if place.parent is not None:
            place.parent.inside.remove(place)

    def go_on(self, place: Place, node: int) -> None:
        """Let a token arrive at a node and run until everything waits or ends."""
        self.pending.append((place, node))
        for _ in range(STEPS_AT_MOST):
            if not self.pending:
                return
            token, target = self.pending.pop()
            self._arrive(token, target)
        for token, _ in self.pending:
            self.doubt(token)
        self.pending.clear()

    def leave(self, place: Place) -> None:
        """Leave a node over its flows, or end there."""
        graph, node = self.graph, abs(place.node)
        if place.parent is not None and place.parent.node == -place.node:
            self._end(place)  # one instance of several: the flows are those of the body around it
            return
        flows = [] if graph.kinds[node] == "eventBasedGateway" else graph.outgoing[node]
        targets = [graph.flow_targets[flow] for flow in flows]
        if is_link(graph, node) and not flows:
            targets = list(graph.successors[node])
        if not targets:
            self._end(place)
            return
        place.inside.clear()
        tokens = [place, *(Place(place.node, place.parent) for _ in targets[1:])]
        if (extension(graph, node, "asyncAfter") or "").lower() in TRUE:
            for token in tokens:
                token.is_job = True
            return
        self.pending.extend(zip(reversed(tokens), reversed(targets), strict=True))

    def _end(self, place: Place) -> None:
        """End a token; a scope with nothing left in it is left, the process alone stays."""
        parent, node = place.parent, abs(place.node)
        self.remove(place)
        if parent is self.root and not parent.inside and is_scope(self.graph, node):
            self.lost_at = node if not self.graph.outgoing[node] else None
        if parent is not None and not parent.inside and parent.parent is not None:
            self.leave(parent)

    def doubt(self, place: Place) -> None:
        """Data decides how a token goes on: nothing is known of what it can get to."""
        reach, graph = self.ways.reach, self.graph
        standing: int | None = abs(place.node)
        while standing:
            scope = graph.parents[standing]
            gone = {node for node in range(1, len(graph)) if reach.reaches(standing, node)}
            inner = {node for node in range(1, len(graph)) if gone & set(graph.ancestors(node))}
            touched = gone | inner | {standing, scope}
            self.doubtful |= touched | {-node for node in touched}
            standing = scope

    def _arrive(self, token: Place, node: int) -> None:
        """Enter a node: wait there, open its scope, or pass it."""
        graph, kind = self.graph, self.graph.kinds[node]
        token.node, token.is_job = node, False
        if _is_async_before(graph, node):
            token.is_job = True
        elif graph.loop(node) is not None:
            token.node = -node
            self.doubt(token)
        else:
            self.enter(token, kind)

    def enter(self, token: Place, kind: str) -> None:
        """Begin an activity at a token that stands there."""
        graph, node = self.graph, token.node
        if kind in ("subProcess", "transaction"):
            starts = [child for child in graph.children(node) if graph.kinds[child] == "startEvent"]
            if starts:
                self.pending.append((Place(starts[0], token), starts[0]))
            else:
                self.leave(token)
        elif kind.endswith("Gateway") and kind != "eventBasedGateway":
            self._pass_gateway(token, kind)
        elif kind == "endEvent" and graph.event(node) == "terminate":
            scope = token.parent
            if scope is not None:
                self.cancel_inside(scope)
                token.parent = scope
                scope.inside.append(token)
                self._end(token)
        elif kind == "callActivity" or self._is_undecided(node, kind):
            self.doubt(token)
        elif kind == "startEvent" or not _waits(graph, node):
            self.leave(token)

    def _pass_gateway(self, token: Place, kind: str) -> None:
        graph, node = self.graph, token.node
        if kind == "parallelGateway":
            beside = token.parent.inside if token.parent is not None else []
            waiting = [place for place in beside if place.node == node and not self._is_moving(place)]
            needed = max(1, len(graph.incoming[node]))
            if needed == 1:
                self.leave(token)
            elif len(waiting) == needed:
                for place in waiting:
                    if place is not token:
                        self.remove(place)
                self.leave(token)
        elif len(graph.outgoing[node]) > 1 or (kind != "exclusiveGateway" and len(graph.incoming[node]) > 1):
            self.doubt(token)
        else:
            self.leave(token)

    def _is_moving(self, place: Place) -> bool:
        return any(token is place for token, _ in self.pending)

    def _is_undecided(self, node: int, kind: str) -> bool:
        """Whether data, or who listens, decides what a node that does not wait does."""
        graph = self.graph
        if kind in ("endEvent", "intermediateThrowEvent"):
            return graph.event(node) in UNDECIDED
        if any(graph.condition(flow) is not None for flow in graph.outgoing[node]):
            return not _waits(graph, node)
        around = (node, *graph.ancestors(node))
        fails = any(graph.event(event) == "error" for scope in around for event in graph.boundary_of(scope))
        return fails and kind.endswith("Task") and kind not in ("manualTask",) and not _waits(graph, node)


def is_scope(graph: ProcessGraph, node: int) -> bool:
    """Whether Camunda 7 gives an activity a scope of its own: with content, events attached, mappings or a loop."""
    if graph.kinds[node] in ("subProcess", "transaction", "callActivity") or graph.loop(node) is not None:
        return True
    if any(graph.event(event) != "compensate" for event in graph.boundary_of(node)):
        return True
    return graph.elements[node].find(f"{{*}}extensionElements/{{{CAMUNDA}}}inputOutput") is not None


def _waits(graph: ProcessGraph, node: int) -> bool:
    if (extension(graph, node, "asyncAfter") or "").lower() in TRUE:
        return (
            graph.kinds[node] in ("userTask", "receiveTask") or extension(graph, node, "type") == "external"
        )
    return waits_in_camunda7(graph, node)


def _is_async_before(graph: ProcessGraph, node: int) -> bool:
    names = ("asyncBefore", "async")
    return any((extension(graph, node, name) or "").lower() in TRUE for name in names)
