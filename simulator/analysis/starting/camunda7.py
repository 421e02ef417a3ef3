"""Start instructions as Camunda 7 judges them: in order, each in the tree the earlier ones have left (live 7.24)."""

from collections.abc import Iterator, Sequence

from simulator.analysis.finding import Found, Rule
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.starting.instruction import (
    AMBIGUOUS,
    INSIDE_LOOP,
    MAY_BE_AMBIGUOUS,
    NEVER_ENDS,
    NO_FLOW,
    SEVERAL_FLOWS,
    TREE_LOST,
    UNKNOWN,
    WAITING_JOIN,
    WRONG_TYPE,
    Refusal,
    StartInstruction,
)
from simulator.analysis.starting.tokens import Game, Place
from simulator.analysis.wait_states import is_link
from simulator.analysis.ways import Ways

BODY = "#multiInstanceBody"
IGNORED = frozenset({"complexGateway", "adHocSubProcess"})


class Refused(Exception):
    """An instruction fails, and with it the whole start."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.found.text)
        self.refusal = refusal


def judge(graph: ProcessGraph, instructions: Sequence[StartInstruction]) -> Iterator[Refusal]:
    """Play the instructions; the first that fails ends the judgement, as it ends the start."""
    game = Game(graph, Ways(graph))
    for place, instruction in enumerate(instructions):
        try:
            yield from _perform(game, instruction, first=place == 0)
        except Refused as refused:
            yield refused.refusal
            return
    yield from _waiting_joins(game)


def _perform(game: Game, instruction: StartInstruction, *, first: bool) -> Iterator[Refusal]:
    graph = game.graph
    node, is_body = _target(graph, instruction)
    _ensure_startable(graph, instruction, node)
    if game.lost_at is not None:
        why = f"by then all has ended at '{graph.ids[game.lost_at]}', which has no outgoing flow: the engine fails"
        raise _refused(TREE_LOST, graph, instruction, why)
    flow_scope = graph.parents[node]
    chain = [*_scopes(graph, flow_scope), *([-node] if graph.loop(node) is not None and not is_body else [])]
    missing, scope = _missing(game, instruction, chain)
    if scope is None:
        text = f"{instruction}: whether its scope has one instance or more depends on conditions"
        yield Refusal(MAY_BE_AMBIGUOUS, Found(graph.ids[node], graph.line(node), text))
        game.doubtful |= {*chain, node, -node}
        return
    if instruction.kind == "before" and not missing:
        if first and not scope.node and _replaces(graph, node) is not None:
            text = f"{instruction} as the first instruction leaves an execution behind, so the instance never ends"
            yield Refusal(NEVER_ENDS, Found(graph.ids[node], graph.line(node), text))
            Place(0, scope)  # that execution, which stands nowhere
        _make_room(game, instruction, scope, node)
    for each in missing:
        scope = Place(each, scope)
    _interrupt(game, scope, node)
    token = Place(node, scope)
    if instruction.kind == "before" and graph.loop(node) is not None and not is_body:
        game.enter(token, graph.kinds[node])
    elif instruction.kind == "before" and _gateway_before(graph, node) is not None:
        game.leave(token)
    else:
        game.pending.append((token, node))
    if game.pending:
        game.go_on(*game.pending.pop())


def _target(graph: ProcessGraph, instruction: StartInstruction) -> tuple[int, bool]:
    """The node an instruction starts at, and whether that is the body of a multi-instance activity."""
    identity = instruction.element
    if instruction.kind == "transition":
        flows = [flow for flow, known in enumerate(graph.flow_ids) if known == identity]
        if not flows or graph.kinds[graph.flow_sources[flows[0]]] == "eventBasedGateway":
            raise _refused(UNKNOWN, graph, instruction, "there is no such flow for the engine")
        return graph.flow_targets[flows[0]], True
    is_body = identity.endswith(BODY)
    node = graph.index.get(identity.removesuffix(BODY))
    if node is None or not _exists(graph, node) or (is_body and graph.loop(node) is None):
        raise _refused(UNKNOWN, graph, instruction, "there is no such activity for the engine")
    if instruction.kind == "before":
        return node, is_body
    flows = [] if graph.kinds[node] == "eventBasedGateway" else graph.outgoing[node]
    if graph.loop(node) is not None and not is_body:
        raise _refused(NO_FLOW, graph, instruction, f"its flows belong to '{identity}{BODY}'")
    if len(flows) != 1:
        rule = SEVERAL_FLOWS if flows else NO_FLOW
        raise _refused(rule, graph, instruction, f"expected one outgoing flow, came {len(flows) or 'none'}")
    return graph.flow_targets[flows[0]], True


def _exists(graph: ProcessGraph, node: int) -> bool:
    """Whether the engine has this node at all: throwing halves of links and ignored elements it has not."""
    if graph.kinds[node] == "intermediateThrowEvent" and is_link(graph, node):
        return False
    return graph.kinds[node] not in IGNORED


def _ensure_startable(graph: ProcessGraph, instruction: StartInstruction, node: int) -> None:
    if graph.kinds[node] == "boundaryEvent" and graph.event(node) == "compensate":
        raise _refused(WRONG_TYPE, graph, instruction, "it is a compensation boundary event")


def _refused(rule: Rule, graph: ProcessGraph, instruction: StartInstruction, why: str) -> Refused:
    node = graph.index.get(instruction.element.removesuffix(BODY))
    line = 0 if node is None else graph.line(node)
    return Refused(Refusal(rule, Found(instruction.element, line, f"{instruction}: {why}")))


def _scopes(graph: ProcessGraph, scope: int) -> list[int]:
    """The scopes around something in a scope, outermost first, without the process."""
    chain: list[int] = []
    for each in (scope, *graph.ancestors(scope)):
        if each:
            chain += [each] if graph.loop(each) is None else [each, -each]
    return chain[::-1]


def _missing(
    game: Game, instruction: StartInstruction, chain: Sequence[int]
) -> tuple[list[int], Place | None]:
    """The scopes to make, outermost first, and the one to make them in; None where data decides."""
    graph = game.graph
    for depth in range(len(chain), 0, -1):
        scope = chain[depth - 1]
        if scope in game.doubtful:
            return [], None
        found = game.found(scope)
        if len(found) > 1:
            why = f"'{graph.ids[abs(scope)]}' has {len(found)} instances by then, and it is ambiguous which is meant"
            raise _refused(AMBIGUOUS, graph, instruction, why)
        if found:
            loop = graph.loop(-scope) if scope < 0 else None
            if loop is not None and loop.get("isSequential") == "true":
                why = f"the sequential multi-instance '{graph.ids[-scope]}' takes no second instance beside the first"
                raise _refused(INSIDE_LOOP, graph, instruction, why)
            return list(chain[depth:]), found[0]
    return list(chain), game.root


def _gateway_before(graph: ProcessGraph, node: int) -> int | None:
    """The event-based gateway an event waits behind."""
    return next((s for s in graph.predecessors[node] if graph.kinds[s] == "eventBasedGateway"), None)


def _replaces(graph: ProcessGraph, node: int) -> int | None:
    """The activity or gateway whose place an event takes."""
    if graph.kinds[node] == "boundaryEvent" and graph.is_interrupting(node):
        return graph.index.get(graph.attribute(node, "attachedToRef") or "")
    return _gateway_before(graph, node)


def _make_room(game: Game, instruction: StartInstruction, scope: Place, node: int) -> None:
    """Cancel what an interrupting event takes the place of, or what a terminate end event ends."""
    graph, replaced = game.graph, _replaces(game.graph, node)
    if replaced is not None:
        running = game.found(replaced, scope)
        if len(running) > 1:
            why = f"'{graph.ids[replaced]}' has {len(running)} instances by then, and it is ambiguous which is meant"
            raise _refused(AMBIGUOUS, graph, instruction, why)
        for place in running:
            game.remove(place)
    elif graph.kinds[node] == "endEvent" and graph.event(node) in ("terminate", "cancel"):
        game.cancel_inside(scope)


def _interrupt(game: Game, scope: Place, node: int) -> None:
    """An interrupting event subprocess, started itself or at its start event, ends what runs around it."""
    graph = game.graph
    starts = [node] if graph.kinds[node] == "startEvent" else []
    if graph.is_event_subprocess(node):
        starts = [child for child in graph.children(node) if graph.kinds[child] == "startEvent"]
        around: Place | None = scope
    elif starts and scope.node > 0 and graph.is_event_subprocess(scope.node):
        around = scope.parent
    else:
        return
    if around is not None and any(graph.is_interrupting(start) for start in starts):
        for place in list(around.inside):
            if place is not scope:
                game.remove(place)


def _waiting_joins(game: Game) -> Iterator[Refusal]:
    """The joins at which a token waits and to which none of the others can come."""
    graph, reach = game.graph, game.ways.reach
    told: set[int] = set()
    for place in game.root.all():
        node, scope = place.node, place.parent
        if node <= 0 or scope is None or graph.kinds[node] != "parallelGateway" or node in told:
            continue
        others = [other for other in scope.inside if other.node != node]
        if node not in game.doubtful and not any(reach.reaches(abs(other.node), node) for other in others):
            told.add(node)
            count = sum(other.node == node for other in scope.inside)
            text = f"{graph.name(node)} gets {count} of {len(graph.incoming[node])} tokens and waits for ever"
            yield Refusal(WAITING_JOIN, Found(graph.ids[node], graph.line(node), text))
