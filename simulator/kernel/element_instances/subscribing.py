"""What an element instance waits for: messages, signals and timers of its own and of its boundary events."""

from typing import Any

from simulator.kernel.events import IncidentResolved, Subscribed, Unsubscribed, WorkClosed, WorkOpened
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import EventDefinition, Node


def subscribe(run: Run, execution: Execution, node: Node) -> None:
    """Open everything an element instance waits for, or nothing where one expression fails."""
    if not node.catches:
        return
    opened = [
        found for catching in node.catches if (found := _evaluate(run, execution, catching)) is not None
    ]
    for event in opened:
        run.emit(execution.root, event)
        if event.__class__ is Subscribed and event.kind == "message":
            run.queue.append((run.machine.offer_message, execution, event.key))


def _evaluate(run: Run, execution: Execution, catching: Node) -> Any:
    event = catching.event
    if event is None or event.kind == "error":
        return None
    if event.kind == "timer":
        return open_timer(run, execution, catching)
    return _open_named(run, execution, catching, event)


def _open_named(run: Run, execution: Execution, catching: Node, event: EventDefinition) -> Subscribed:
    """A boundary event's correlation key sees the flow scope alone, its name the activity (live Camunda 8.8.21)."""
    name = None if event.name is None else event.name(execution)
    key = None
    if event.correlation_key is not None:
        around = execution.parent if catching.attached_to is not None else execution
        key = event.correlation_key(around)
    return Subscribed(
        key=run.state.key(),
        execution=execution.key,
        kind=event.kind,
        name=name,
        node=catching,
        activity=execution.key,
        correlation_key=key,
    )


def open_timer(run: Run, execution: Execution, catching: Node) -> WorkOpened:
    """The timer of an event that starts now."""
    event = catching.event
    assert event is not None, "a timer event has a definition"
    assert event.timer is not None, "a timer event has a timer"
    schedule = event.timer.value(execution)
    due, repeat = schedule(run.now)
    return _timer(run, execution, catching, due, repeat)


def _timer(run: Run, execution: Execution, catching: Node, due: int, repeat: Any) -> WorkOpened:
    return WorkOpened(
        key=run.state.key(),
        execution=execution.key,
        kind="timer",
        node=catching,
        activity=execution.key,
        facts={"due": due, "repeat": repeat, "retries": 1},
    )


def repeat_timer(run: Run, execution: Execution, catching: Node, due: int, repeat: Any) -> None:
    """Open the next timer of a cycle, one interval after the last one was due."""
    following = None if repeat is None else repeat.next(due)
    if following is not None:
        run.emit(execution.root, _timer(run, execution, catching, *following))


def close_all(run: Run, execution: Execution) -> None:
    """Close subscriptions, work and incidents of an element instance that ends."""
    root = execution.root
    if execution.subscriptions:
        for subscription in execution.subscriptions:
            run.emit(root, Unsubscribed(subscription.key))
    if execution.work:
        for work in execution.work:
            run.emit(root, WorkClosed(work.key, "cancelled"))
    if execution.incidents:
        for incident in execution.incidents:
            run.emit(root, IncidentResolved(incident.key, True))
