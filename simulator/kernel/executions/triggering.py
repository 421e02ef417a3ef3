"""What happens from outside: a message, a signal, a timer, a job, work that was done."""

from collections.abc import Mapping
from typing import Any

from simulator.kernel.events import Entered, Placed, Unsubscribed
from simulator.kernel.executions import tree
from simulator.kernel.executions.cancelling import cancel, cancel_below, interrupted_by
from simulator.kernel.executions.moving import arrive, begin, end, end_in_scope, go, leave
from simulator.kernel.executions.scopes import open_timer
from simulator.kernel.executions.variables import set_all
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Subscription, Work
from simulator.model.process import Node

TRIGGERED = frozenset(
    {
        "userTask", "receiveTask", "serviceTask", "sendTask", "businessRuleTask", "intermediateCatchEvent",
        "intermediateThrowEvent", "endEvent",
    }
)  # fmt: skip
"""The elements that can be left from outside while they wait."""


def receive(
    run: Run,
    subscription: Subscription,
    variables: Mapping[str, Any],
    local: Mapping[str, Any],
    triggered: Mapping[str, Any],
) -> None:
    """Hand a message or signal to whom it was waited for.

    `local` variables stay at the execution that waited, `triggered` ones go to the scope of the event they start.
    """
    execution, node = subscription.execution, subscription.node
    set_all(run, execution, variables)
    set_all(run, execution, local, local=True)
    catch(run, execution, node, subscription.key, triggered)


def catch(
    run: Run, execution: Execution, node: Node, subscription: int, triggered: Mapping[str, Any] | None = None
) -> None:
    """Let a catching event happen at the execution that waited for it."""
    if node.attached_to is not None:
        _catch_at_boundary(run, execution, node, triggered or {})
    elif node.behind_gateway is not None:
        set_all(run, execution, triggered or {}, local=True)
        _catch_behind_gateway(run, execution, node)
    else:
        if subscription:
            run.emit(execution.root, Unsubscribed(subscription))
        if node.kind == "intermediateCatchEvent":
            set_all(run, execution, triggered or {}, local=True)
        run.push(leave, execution)


def _catch_at_boundary(run: Run, scope: Execution, node: Node, triggered: Mapping[str, Any]) -> None:
    parent = scope.parent
    assert parent is not None, "a boundary event lies on an activity inside a scope"
    if node.interrupting:
        cancel(run, scope, reason=interrupted_by(node))
        token = parent
    else:
        flow_scope = parent.parent if parent.concurrent and parent.parent is not None else parent
        token = tree.fork(run, flow_scope)
    set_all(run, token, triggered, local=True)
    run.push(reach, token, node)


def _catch_behind_gateway(run: Run, execution: Execution, node: Node) -> None:
    """The event takes the gateway's place and is left at once."""
    parent = execution.parent
    assert parent is not None, "a gateway's scope lies inside another"
    cancel(run, execution)
    run.push(start_triggered, parent, node)


def reach(run: Run, execution: Execution, node: Node) -> None:
    """Stand before a node."""
    arrive(run, execution, node)


def start(run: Run, execution: Execution, node: Node) -> None:
    """Begin a node at an execution."""
    begin(run, execution, node)


def start_triggered(run: Run, execution: Execution, node: Node) -> None:
    """An event behind an event-based gateway has happened: enter it and leave it."""
    if node.is_scope:
        execution = tree.open_scope(run, execution, node)
    run.emit(execution.root, Entered(execution.key, run.state.key(), node))
    leave(run, execution, None)


def fire(run: Run, work: Work) -> None:
    """A job's turn has come: a timer fires, or a token goes on behind its asynchronous continuation."""
    execution, node = work.execution, work.node
    if work.kind == "timer":
        repeats = node.attached_to is not None and not node.interrupting
        again = run.machine.following(work.facts, run.now) if repeats else None
        tree.close_work(run, work.key, execution, "completed")
        if again is not None:
            open_timer(run, execution, node, again)
        catch(run, execution, node, 0)
        return
    flow, side = execution.transition, work.facts["side"]
    tree.close_work(run, work.key, execution, "completed")
    if side == "before":
        run.push(start, execution, node)
    else:
        run.emit(execution.root, Placed(execution.key, node, 0, True))
        if flow is None:
            end_in_scope(run, execution, node)
        else:
            go(run, execution, (flow,))


def finish(
    run: Run, work: Work, variables: Mapping[str, Any], local: Mapping[str, Any] | None = None
) -> None:
    """Work was done by a person or a worker: its activity is left."""
    execution = work.execution
    set_all(run, execution, variables)
    if local:
        set_all(run, execution, local, local=True)
    tree.close_work(run, work.key, execution, "completed")
    run.push(leave, execution)


def terminate(run: Run, execution: Execution, effect: Any) -> None:
    """A terminate end event: cancel all else in its scope, then the scope completes normally."""
    node, activity = execution.node, execution.activity
    assert node is not None, "an end event is a node"
    scope = execution.parent if execution.concurrent else execution
    assert scope is not None, "a concurrent execution has a parent"
    if scope is not execution:
        reason = f"Interrupting activity Activity({node.id}) executed."
        for other in list(scope.children or ()):
            if other is not execution:
                cancel(run, other, reason=reason)
        tree.merge_last(run, scope)
    else:
        cancel_below(run, scope)
    run.emit(scope.root, Placed(scope.key, node, activity, True))
    end(run, scope)


def trigger(run: Run, execution: Execution, variables: Mapping[str, Any]) -> None:
    """Leave what an execution waits at; a user task stays open all the same (live Camunda 7.24)."""
    node = execution.node
    assert node is not None, "the caller has looked where it stands"
    if node.kind not in TRIGGERED:
        raise ModelFailure(f"ENGINE-02010 The activity with id '{node.id}' doesn't accept signals.")
    set_all(run, execution, variables)
    for work in list(execution.work or ()):
        if work.kind == "external-task":
            tree.close_work(run, work.key, execution, "cancelled")
    for subscription in list(execution.subscriptions or ()):
        if subscription.node is execution.node:
            run.emit(execution.root, Unsubscribed(subscription.key))
    run.push(leave, execution)
