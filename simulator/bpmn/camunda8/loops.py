"""Loops in which no token ever waits: Camunda 8 refuses those that hold a task or call activity."""

from collections.abc import Iterable, Iterator, Mapping

from simulator.kernel.effects import Result
from simulator.model.process import Node, Process

PASSED = frozenset(
    {
        "manualTask", "task", "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "startEvent",
        "endEvent", "subProcess",
    }
)  # fmt: skip
TASKS = frozenset({"manualTask", "task", "callActivity", "scriptTask"})


def straight_through_loops(processes: Iterable[Process]) -> Iterator[tuple[Process, str]]:
    """The first such loop of each process of a file, followed through calls between them (live Camunda 8.8.21)."""
    by_key = {process.key: process for process in processes}
    for process in by_key.values():
        found = _first_loop(process, by_key)
        if found is not None:
            yield process, " > ".join(node.id for node in found)


def _passes(node: Node) -> bool:
    """Whether a token goes through without waiting; a script does where it is FEEL."""
    if node.kind == "startEvent":
        return node.event is None or node.event.kind == "none"
    return node.kind in PASSED or (node.kind == "scriptTask" and isinstance(node.detail, Result))


def _first_loop(process: Process, by_key: Mapping[str, Process]) -> list[Node] | None:
    """Search depth first from every task, each node once."""
    done: set[Node] = set()
    for node in process.nodes.values():
        if node.kind in TASKS and _passes(node) and node not in done:
            found = _search(node, by_key, done)
            if found is not None:
                return found
    return None


def _search(start: Node, by_key: Mapping[str, Process], done: set[Node]) -> list[Node] | None:
    path, places = [start], {start: 0}
    ways = [iter(_onward(start, by_key))]
    while path:
        node = next(ways[-1], None)
        if node is None:
            ways.pop()
            left = path.pop()
            del places[left]
            done.add(left)
        elif node in places:
            loop = path[places[node] :]
            if any(at.kind in TASKS for at in loop):
                return [*loop, node]
        elif node not in done and _passes(node):
            places[node] = len(path)
            path.append(node)
            ways.append(iter(_onward(node, by_key)))
    return None


def _onward(node: Node, by_key: Mapping[str, Process]) -> list[Node]:
    """Where a token goes next: into a subprocess or a called process, out of one that it ends, over flows."""
    if node.kind == "subProcess" and node.start is not None:
        return [node.start]
    if node.kind == "callActivity":
        called = by_key.get(node.process.detail.called.get(node.id, ""))
        return [] if called is None or called.root.start is None else [called.root.start]
    if node.outgoing:
        return [flow.target for flow in node.outgoing]
    around = node.parent
    if around is not None and around.parent is not None:
        return [flow.target for flow in around.outgoing]
    return []
