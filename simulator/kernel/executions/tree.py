"""Growing and shrinking the tree: child scopes, concurrent tokens, merging the last one back."""

from simulator.kernel.events import (
    Created,
    Ended,
    IncidentResolved,
    Left,
    Moved,
    Placed,
    Removed,
    Replaced,
    WorkClosed,
)
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Incident
from simulator.model.process import Flow, Node


def open_scope(run: Run, execution: Execution, node: Node) -> Execution:
    """Put a child under a token for a scope activity; the token itself goes inactive, standing nowhere."""
    key = run.state.key()
    root = execution.root
    run.emit(root, Created(key, execution.key, node, True, False))
    run.emit(root, Placed(execution.key, None, execution.activity, False))
    return run.state.executions[key]


def close_scope(run: Run, execution: Execution) -> Execution:
    """Remove a scope's execution when its activity is left; the parent stands at the activity from now on."""
    parent = execution.parent
    if parent is None:
        message = "the outermost execution is no activity's scope"
        raise AssertionError(message)
    node = execution.scope_node
    discard(run, execution)
    run.emit(execution.root, Placed(parent.key, node, parent.scope_activity, True))
    return parent


def fork(run: Run, scope: Execution, flow: Flow | None = None) -> Execution:
    """Add a concurrent token to a scope, about to take a flow where one is given.

    A scope that ran its one token itself hands it to a first concurrent child; a single inner scope is put
    under one.
    """
    children = scope.children or ()
    root = scope.root
    if not children:
        key = run.state.key()
        run.emit(root, Created(key, scope.key, None, False, True))
        run.emit(root, Replaced(key, scope.key, False))
        run.redirect(scope, run.state.executions[key])
    elif len(children) == 1 and not children[0].concurrent:
        inner = children[0]
        key = run.state.key()
        run.emit(root, Created(key, scope.key, None, False, True))
        run.emit(root, Placed(key, None, scope.activity, False))
        run.emit(root, Moved(inner.key, key))
        run.emit(root, Placed(scope.key, None, scope.scope_activity, False))
    return add(run, scope, flow)


def add(run: Run, scope: Execution, flow: Flow | None) -> Execution:
    """Add a token to a scope that has concurrent ones, about to take a flow where one is given."""
    state = run.state
    key = state.next_key
    state.next_key = key + 1
    node = None if flow is None else flow.source
    run.emit(scope.root, Created(key, scope.key, node, False, True, flow))
    return state.executions[key]


def completes_join(execution: Execution, node: Node) -> bool:
    """Whether a token is the last one that a parallel gateway waits for: one for each flow, and no more.

    Tokens are looked at from the newest on, since the oldest ones go first.
    """
    siblings = execution.parent.children if execution.concurrent and execution.parent is not None else None
    needed = len(node.incoming)
    possible = 1 if siblings is None else len(siblings)
    if possible < needed:
        return False
    for other in reversed(siblings or ()):
        if other is not execution and (other.node is not node or other.active or other.ended):
            possible -= 1
            if possible < needed:
                return False
    return possible == needed


def join(run: Run, execution: Execution) -> None:
    """End a token that waited at a gateway: it is part of another one now."""
    node, activity = execution.node, execution.activity
    if activity and node is not None and not execution.work and not execution.incidents:
        run.emit(execution.root, Left(execution.key, activity, node, False, True))
        return
    if activity and node is not None:
        run.emit(execution.root, Left(execution.key, activity, node, False))
    discard(run, execution)


def merge_last(run: Run, scope: Execution) -> None:
    """Merge the last concurrent token back into its scope (all its variables move up)."""
    children = scope.children
    if children is None or len(children) != 1 or not children[0].concurrent or children[0].scope:
        return
    last = children[0]
    root = scope.root
    run.emit(root, Replaced(scope.key, last.key, True))
    for child in list(last.children or ()):
        run.emit(root, Moved(child.key, scope.key))
    run.emit(root, Removed(last.key))
    run.redirect(last, scope)


def discard(run: Run, execution: Execution) -> None:
    """Take an execution out of the tree with the work and incidents it holds."""
    root = execution.root
    for work in list(execution.work or ()):
        close_work(run, work.key, execution, "cancelled")
    for incident in list(execution.incidents or ()):
        drop_incident(run, incident)
    run.emit(root, Removed(execution.key))


def close_work(run: Run, key: int, execution: Execution, how: str) -> None:
    """Close work, and drop its incident."""
    work = run.state.work.get(key)
    if work is not None and work.incident is not None:
        drop_incident(run, work.incident, deleted=how != "completed")
    run.emit(execution.root, WorkClosed(key, how))


def drop_incident(run: Run, incident: Incident, *, deleted: bool = True) -> None:
    """Resolve an incident, and those that mirror it in the callers."""
    for mirror in list(incident.mirrors or ()):
        drop_incident(run, mirror, deleted=deleted)
    if incident.key in run.state.incidents:
        run.emit(incident.execution.root, IncidentResolved(incident.key, deleted))


def revive(run: Run, execution: Execution) -> None:
    """A token marked as ended goes on after all."""
    if execution.ended:
        run.emit(execution.root, Ended(execution.key, False))
