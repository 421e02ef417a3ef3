"""Ending what has not completed: interrupted activities, terminated scopes, whole instances."""

from simulator.kernel.events import InstanceEnded, Left, Orphaned
from simulator.kernel.executions import tree
from simulator.kernel.executions.scopes import finish_scope, write_outputs
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance
from simulator.model.process import Node

FROM_WITHIN = "terminated"
FROM_OUTSIDE = "cancelled"


def interrupted_by(node: Node) -> str:
    """Why a called instance ended that a boundary event interrupted, in the engine's words."""
    return f"Cancel scope activity Activity({node.id}) executed."


def cancel_below(run: Run, top: Execution, how: str = FROM_WITHIN, reason: str | None = None) -> None:
    """Cancel everything an execution runs, innermost first, and leave itself standing.

    `how` and `reason` are those of called instances, which end as well.
    """
    for execution in reversed(_with_called(top)):
        if execution is top:
            if execution.called is not None:
                _end(run, execution.called, how, reason)
        elif execution.parent is None:
            _end(run, execution.instance, how, reason)
        else:
            _cancel_one(run, execution)
            tree.discard(run, execution)


def _with_called(top: Execution) -> list[Execution]:
    """An execution and all below it, called instances' trees included, callers before called."""
    found: list[Execution] = []
    stack = [top]
    while stack:
        execution = stack.pop()
        found.append(execution)
        if execution.called is not None:
            stack.append(execution.called.execution)
        if execution.children:
            stack.extend(reversed(execution.children))
    return found


def cancel(run: Run, top: Execution, how: str = FROM_WITHIN, reason: str | None = None) -> None:
    """Cancel an execution and everything below it."""
    cancel_below(run, top, how, reason)
    _cancel_one(run, top)
    tree.discard(run, top)


def interrupt(run: Run, scope: Execution) -> None:
    """Cancel everything in a scope, what its own execution stands at as well."""
    cancel_below(run, scope)
    node = scope.node
    if node is None or node is scope.scope_node or scope.ended:
        return
    for work in list(scope.work or ()):
        if work.node is node:
            tree.close_work(run, work.key, scope, "cancelled")
    if scope.activity:
        finish_scope(run, scope, node)
        run.emit(scope.root, Left(scope.key, scope.activity, node, True))


def _cancel_one(run: Run, execution: Execution) -> None:
    """End the activity instances that an execution stands for, with their listeners and output mappings."""
    root = execution.root
    node = execution.node
    if node is not None and execution.activity and node is not execution.scope_node:
        finish_scope(run, execution, node)
        run.emit(root, Left(execution.key, execution.activity, node, True))
    scope_node = execution.scope_node
    if scope_node is not None and execution.parent is not None:
        finish_scope(run, execution, scope_node)
        run.emit(root, Left(execution.key, execution.scope_activity, scope_node, True))
        write_outputs(run, execution, scope_node)


def _end(run: Run, instance: Instance, how: str, reason: str | None) -> None:
    """End an instance of which nothing but its outermost execution is left."""
    if instance.ended:
        return
    _cancel_one(run, instance.execution)
    finish_scope(run, instance.execution, instance.process.root)
    run.emit(instance.root, InstanceEnded(instance.key, how, reason))


def delete_instance(
    run: Run, instance: Instance, reason: str | None, how: str = FROM_OUTSIDE, *, skip_called: bool = False
) -> None:
    """End an instance from outside, with all it called (or, `skip_called`, letting those go on by themselves).

    Of an instance that was called, the call activity in its caller is cancelled too, and whatever has nothing left
    then (live Camunda 7.24).
    """
    if skip_called:
        for execution in instance.execution.subtree():
            if execution.called is not None:
                run.emit(execution.root, Orphaned(execution.called.key))
    ended: Instance | None = instance
    while ended is not None:
        caller = ended.caller
        cancel_below(run, ended.execution, how, reason)
        _end(run, ended, how, reason)
        ended = None if caller is None else cancel_upwards(run, caller, how, reason)


def cancel_upwards(
    run: Run, execution: Execution, how: str = FROM_OUTSIDE, reason: str | None = None
) -> Instance | None:
    """Cancel an activity's execution and the scopes that have nothing else.

    Answers the instance where nothing is left of it.
    """
    top = execution
    while top.parent is not None:
        parent = top.parent
        if parent.children is not None and len(parent.children) > 1:
            cancel(run, top, how, reason)
            tree.merge_last(run, parent)
            return None
        top = parent
    return top.instance
