"""A token's way: arriving at a node, executing it, leaving it, ending."""

from collections.abc import Sequence
from typing import Any

from simulator.kernel.effects import Effect, Result, Take
from simulator.kernel.events import Ended, Entered, Left, Placed, Visited, WorkOpened
from simulator.kernel.executions import tree
from simulator.kernel.executions.scopes import finish_scope, prepare_scope, run_listeners, write_outputs
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Flow, Node


def take(run: Run, execution: Execution, flow: Flow) -> None:
    """Follow a flow to its target, and on from there while nothing but the element itself has a say.

    A node is `plain` where not even the element does anything, `simple` where it has no scope, mappings,
    listeners or asynchrony of its own; `final` and `joins` say so of an end and of a join.
    """
    root, emit, state = execution.root, run.emit, run.state
    left = run.at_most
    while True:
        if flow.listeners and not run.skip_listeners:
            run_listeners(run, execution, flow.listeners)
        node = flow.target
        if not node.simple:
            if node.final:
                emit(root, Visited(execution.key, state.key(), node))
                end_in_scope(run, execution, node)
            elif node.joins and not tree.completes_join(execution, node):
                emit(root, Entered(execution.key, state.key(), node, True))
            else:
                arrive(run, execution, node, flow)
            return
        key = state.next_key
        state.next_key = key + 1
        if node.plain:
            emit(root, Visited(execution.key, key, node))
            flow = node.outgoing[0]
        else:
            emit(root, Entered(execution.key, key, node))
            effect = node.enter(node, execution)
            kind = effect.__class__
            if kind is Take and len(effect.flows) == 1:
                following = effect.flows[0]
            elif kind is Result and node.passable:
                if not run.machine.keep_result(run, execution, effect):
                    return
                following = node.outgoing[0]
            else:
                run.machine.effects[kind](run, execution, effect)
                return
            emit(root, Left(execution.key, key, node, False))
            flow = following
        left -= 1
        if left < 0:
            run.exhausted()


def arrive(run: Run, execution: Execution, node: Node, flow: Flow | None = None) -> None:
    """Stand before a node: wait there for a job if it is asynchronous, else begin."""
    if node.async_before:
        open_continuation(run, execution, node, "before", flow)
    elif node.plain:
        run.emit(execution.root, Visited(execution.key, run.state.key(), node))
        take(run, execution, node.outgoing[0])
    else:
        begin(run, execution, node)


def open_continuation(run: Run, execution: Execution, node: Node, side: str, flow: Flow | None) -> None:
    """Open the job that carries a token on, before or after a node."""
    root = execution.root
    run.emit(root, Placed(execution.key, node, 0, True, flow))
    facts = {"side": side, "retries": run.machine.default_retries, "due": None, "exclusive": node.exclusive}
    run.emit(
        root,
        WorkOpened(
            key=run.state.key(), execution=execution.key, kind="async", node=node, activity=0, facts=facts
        ),
    )


def begin(run: Run, execution: Execution, node: Node) -> None:
    """Begin an activity instance, in a scope of its own where the node needs one."""
    if node.is_scope:
        execution = tree.open_scope(run, execution, node)
        run.machine.subscribe(run, execution, node)
    run.emit(execution.root, Entered(execution.key, run.state.key(), node))
    if node.inputs or node.catches:
        prepare_scope(run, execution, node)
    behave(run, execution, node)


def behave(run: Run, execution: Execution, node: Node) -> None:
    """Ask the element what it wants and see to it."""
    if node.listeners is not None and not run.skip_listeners:
        try:
            run_listeners(run, execution, node.listeners.get("start", ()))
        except ModelFailure as failure:
            run.machine.throw_failure(run, execution, failure)
            return
    enter = node.enter
    if enter is None:
        leave(run, execution, None)
    else:
        effect: Effect = enter(node, execution)
        run.machine.effects[effect.__class__](run, execution, effect)


def leave(run: Run, execution: Execution, effect: Any) -> None:
    """Leave an activity over all its outgoing flows, or those whose conditions hold."""
    node = execution.node
    if node is None:
        message = "an execution that stands nowhere can't leave"
        raise AssertionError(message)
    if node.simple and node.passable and execution.activity:
        run.emit(execution.root, Left(execution.key, execution.activity, node, False))
        run.push(take, execution, node.outgoing[0])
        return
    if not node.outgoing:
        end(run, execution)
        return
    flows: Sequence[Flow] = run.machine.choose_flows(node, execution) if node.conditional else node.outgoing
    leave_over(run, execution, flows)


def leave_over(
    run: Run, execution: Execution, flows: Sequence[Flow], joined: Sequence[Execution] = ()
) -> None:
    """Leave an activity over these flows, ending the other tokens that joined here."""
    node, activity = execution.node, execution.activity
    if node is None:
        message = "an execution that stands nowhere can't leave"
        raise AssertionError(message)
    if joined:
        execution = _merge(run, execution, joined)
    if not flows:
        end(run, execution)
        return
    if not _told(run, execution, node):
        return
    execution = _finish(run, execution, node, activity)
    if node.async_after:
        _continue_later(run, execution, node, flows)
    else:
        go(run, execution, flows)


def _told(run: Run, execution: Execution, node: Node) -> bool:
    """Tell the end listeners; answers whether the token goes on, which it does not where one fails and is caught."""
    if node.listeners is None:
        return True
    try:
        finish_scope(run, execution, node)
    except ModelFailure as failure:
        run.machine.throw_failure(run, execution, failure)
        return False
    return True


def _finish(run: Run, execution: Execution, node: Node, activity: int) -> Execution:
    """End the activity instance and its scope; answers the token that goes on."""
    if activity:
        run.emit(execution.root, Left(execution.key, activity, node, False))
    if node.is_scope and execution.scope_node is node and execution.parent is not None:
        write_outputs(run, execution, node)
        return tree.close_scope(run, execution)
    return execution


def _merge(run: Run, execution: Execution, joined: Sequence[Execution]) -> Execution:
    """End the tokens that joined; the one that goes on loses its own variables."""
    for name in list(execution.variables or ()) if execution.concurrent else ():
        run.machine.remove_variable(run, execution, name)
    for other in joined:
        tree.join(run, other)
    if execution.parent is not None and joined:
        tree.merge_last(run, execution.parent)
    if execution.key not in run.state.executions and execution.parent is not None:
        execution = execution.parent
    tree.revive(run, execution)
    return execution


def _continue_later(run: Run, execution: Execution, node: Node, flows: Sequence[Flow]) -> None:
    """Split where needed, and open one job for each flow."""
    spread = _spread(run, execution, flows)
    for token, flow in spread if node.kind.endswith("Gateway") else reversed(spread):
        open_continuation(run, token, node, "after", flow)


def go(run: Run, execution: Execution, flows: Sequence[Flow]) -> None:
    """Take flows: one directly, several each with its own concurrent token, the first one first."""
    if len(flows) == 1:
        run.push(take, execution, flows[0])
        return
    for token, flow in reversed(_spread(run, execution, flows)):
        run.push(take, token, flow)


def _spread(run: Run, execution: Execution, flows: Sequence[Flow]) -> list[tuple[Execution, Flow]]:
    """One token for each flow: the first flow gets the token there is, each other one a new concurrent one."""
    if len(flows) == 1:
        return [(execution, flows[0])]
    scope = execution.parent if execution.concurrent else execution
    if scope is None:
        message = "a concurrent execution has a parent"
        raise AssertionError(message)
    tokens = [execution, tree.fork(run, scope, flows[1])]
    for flow in flows[2:]:
        tokens.append(tree.add(run, scope, flow))
    if not execution.concurrent:
        tokens[0] = next(child for child in scope.children or () if child not in tokens)
    run.emit(execution.root, Placed(tokens[0].key, flows[0].source, scope.activity, True, flows[0]))
    return list(zip(tokens, flows, strict=True))


def end(run: Run, execution: Execution, effect: Any = None) -> None:
    """End a token where it stands; the scope around goes on, or ends with its last token."""
    node, activity = execution.node, execution.activity
    if node is None:
        message = "an execution that stands nowhere can't end"
        raise AssertionError(message)
    _ensure_writable(run, execution, node)
    if not _told(run, execution, node):
        return
    execution = _finish(run, execution, node, activity)
    if node.async_after:
        open_continuation(run, execution, node, "after", None)
    else:
        end_in_scope(run, execution, node)


def _ensure_writable(run: Run, execution: Execution, node: Node) -> None:
    """The output mappings of a process's last activity find no scope to write to (live Camunda 7.24)."""
    parent = execution.parent
    if not node.outputs or run.skip_mappings or parent is None or parent.parent is not None:
        return
    for mapping in node.outputs:
        mapping.source(parent)
    raise ModelFailure('Cannot invoke a method because "outerScope" is null', "NullPointerException")


def end_in_scope(run: Run, execution: Execution, node: Node) -> None:
    """A token is through with its last activity: drop it, or complete the scope it ran alone."""
    if execution.concurrent:
        scope = execution.parent
        tree.discard(run, execution)
        if scope is not None:
            tree.merge_last(run, scope)
        return
    if execution is run.preserved:
        run.emit(execution.root, Ended(execution.key, True))
        return
    scope_node = node.parent
    if scope_node is None or scope_node.parent is None:
        run.machine.end_instance(run, execution, None)
    else:
        complete_scope(run, execution, scope_node)


def complete_scope(run: Run, execution: Execution, node: Node) -> None:
    """The content of a subprocess is through: leave the subprocess itself."""
    run.emit(execution.root, Placed(execution.key, node, execution.scope_activity, True))
    run.push(leave, execution)
