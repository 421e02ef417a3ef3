"""What happens from outside: a message, a signal, a timer, a change of variables."""

from collections.abc import Mapping
from heapq import heappop
from typing import Any

from simulator.kernel.element_instances.moving import activate_triggered, complete, work_off
from simulator.kernel.element_instances.stages import ACTIVE
from simulator.kernel.element_instances.subscribing import repeat_timer
from simulator.kernel.element_instances.terminating import terminate
from simulator.kernel.element_instances.variables import merge, set_local
from simulator.kernel.events import Triggered, WorkClosed
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, State, Subscription, Work
from simulator.model.process import Node


def correlate(run: Run, subscription: Subscription, variables: Mapping[str, Any]) -> None:
    """Hand a message or a signal to whom it was waited for, and run on."""
    deliver(run, subscription, variables)
    work_off(run)


def deliver(run: Run, subscription: Subscription, variables: Mapping[str, Any]) -> None:
    """Hand a message or a signal over; what follows stays in the queue."""
    trigger(run, subscription.execution, subscription.node, dict(variables))


def fire_timer(run: Run, work: Work) -> None:
    """A timer is due: it fires, and a cycle goes on."""
    execution, node = work.execution, work.node
    run.emit(execution.root, WorkClosed(work.key, "completed"))
    trigger(run, execution, node, {})
    if not node.interrupting:
        repeat_timer(run, execution, node, work.facts["due"], work.facts["repeat"])
    work_off(run)


def next_timer(state: State, now: int) -> Work | None:
    """The timer that is due first by a time (milliseconds since 1970, UTC), None where none is due."""
    while state.due and state.due[0][0] <= now:
        due, key = state.due[0]
        work = state.jobs.get(key)
        if work is not None and work.facts["due"] == due:
            return work
        heappop(state.due)
    return None


def trigger(run: Run, execution: Execution, node: Node, variables: dict[str, Any]) -> None:
    """Let an event happen at the element instance that waited for it."""
    if execution.stage != ACTIVE or execution.trigger is not None:
        return
    if node.attached_to is not None and not node.interrupting:
        scope = execution.parent
        assert scope is not None, "a boundary event's activity lies in a scope"
        activate_triggered(run, scope, (node, variables))
    elif node.attached_to is not None:
        run.emit(execution.root, Triggered(execution.key, node, variables))
        run.queue.append((terminate, execution, None))
    elif node.behind_gateway is not None:
        run.emit(execution.root, Triggered(execution.key, node, variables))
        run.queue.append((complete, execution, None))
    else:
        run.queue.append((complete, execution, variables or None))


def offer_message(run: Run, execution: Execution, subscription: int) -> None:
    """Ask for a message that waits for a new subscription; one that does not interrupt takes all there are."""
    waiting = run.state.subscriptions.get(subscription)
    if waiting is None or execution.stage != ACTIVE:
        return
    variables = run.surroundings.buffered_message(run, waiting)
    if variables is None:
        return
    deliver(run, waiting, variables)
    if not waiting.node.interrupting:
        run.queue.append((offer_message, execution, subscription))


def set_variables(run: Run, execution: Execution, variables: Mapping[str, Any], *, local: bool) -> None:
    """Set variables of an element instance or a process instance: in that scope alone, or merged outwards."""
    if local:
        set_local(run, execution, variables)
    else:
        merge(run, execution, variables)
