"""Ending what has not completed: interrupted activities, terminated scopes, whole instances."""

from simulator.kernel.events import InstanceEnded, Left
from simulator.kernel.executions import tree
from simulator.kernel.executions.scopes import finish_scope, write_outputs
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance


def cancel_below(run: Run, top: Execution) -> None:
    """Cancel everything an execution runs, innermost first, and leave itself standing."""
    for execution in reversed(list(top.subtree())):
        if execution is not top:
            _cancel_one(run, execution)
            tree.discard(run, execution)


def cancel(run: Run, top: Execution) -> None:
    """Cancel an execution and everything below it."""
    cancel_below(run, top)
    _cancel_one(run, top)
    tree.discard(run, top)


def _cancel_one(run: Run, execution: Execution) -> None:
    """End the activity instances that an execution stands for, with their listeners and output mappings."""
    if execution.called is not None:
        end_called(run, execution.called)
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


def end_called(run: Run, called: Instance) -> None:
    """End a called instance together with the activity that called it."""
    cancel_below(run, called.execution)
    _cancel_one(run, called.execution)
    finish_scope(run, called.execution, called.process.root)
    run.emit(called.root, InstanceEnded(called.key, "terminated"))


def delete_instance(run: Run, instance: Instance, reason: str | None, how: str = "cancelled") -> None:
    """End an instance from outside, with all it called; one that was called takes its caller along."""
    top = instance
    while top.caller is not None:
        top = top.caller.instance
    cancel_below(run, top.execution)
    _cancel_one(run, top.execution)
    finish_scope(run, top.execution, top.process.root)
    run.emit(top.root, InstanceEnded(top.key, how, reason))
