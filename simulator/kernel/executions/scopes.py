"""What happens around an activity: mappings, timers, listeners, subscriptions of its scope."""

from collections.abc import Iterable
from typing import Any

from simulator.kernel.events import Subscribed, WorkOpened
from simulator.kernel.executions.variables import set_local, set_nearest
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate, Node

BY_NAME = ("message", "signal")


def subscribe(run: Run, execution: Execution, node: Node) -> None:
    """Subscribe a new scope to the messages and signals its events catch."""
    for catching in node.catches:
        event = catching.event
        if event is None or event.kind not in BY_NAME:
            continue
        name = None if event.name is None else run.machine.text(event.name(execution))
        subscribed = Subscribed(
            key=run.state.key(),
            execution=execution.key,
            kind=event.kind,
            name=name,
            node=catching,
            activity=execution.activity,
        )
        run.emit(execution.root, subscribed)


def prepare_scope(run: Run, execution: Execution, node: Node) -> None:
    """Run the input mappings, then start the timers."""
    if node.inputs and not run.skip_mappings:
        write_inputs(run, execution, node)
    for catching in node.catches:
        if catching.event is not None and catching.event.kind == "timer":
            start_timer(run, execution, catching)


def start_timer(run: Run, execution: Execution, catching: Node) -> None:
    """Open the job that fires a timer event."""
    timer = catching.event.timer if catching.event is not None else None
    if timer is None:
        return
    due, repeat = run.machine.schedule(timer, execution, run.now, catching.id)
    open_timer(run, execution, catching, {"due": due, "repeat": repeat, "exclusive": True})


def open_timer(run: Run, execution: Execution, catching: Node, facts: dict[str, Any]) -> None:
    """Open a timer's job with all its retries."""
    opened = WorkOpened(
        key=run.state.key(),
        execution=execution.key,
        kind="timer",
        node=catching,
        activity=execution.activity,
        facts={**facts, "retries": run.machine.default_retries},
    )
    run.emit(execution.root, opened)


def write_inputs(run: Run, execution: Execution, node: Node) -> None:
    """Evaluate the input mappings around the scope and store them inside."""
    outer = execution.parent or execution
    for mapping in node.inputs:
        set_local(run, execution, mapping.target, mapping.source(outer))


def write_outputs(run: Run, execution: Execution, node: Node) -> None:
    """Evaluate the output mappings inside the scope and store them outside, each where its name is held."""
    if not node.outputs or run.skip_mappings:
        return
    outer = execution.parent or execution
    for mapping in node.outputs:
        set_nearest(run, outer, mapping.target, mapping.source(execution))


def finish_scope(run: Run, execution: Execution, node: Node) -> None:
    """Tell the end listeners."""
    if node.listeners is not None and not run.skip_listeners:
        run_listeners(run, execution, node.listeners.get("end", ()))


def run_listeners(run: Run, execution: Execution, listeners: Iterable[Evaluate]) -> None:
    """Evaluate listeners for what they do."""
    for listener in listeners:
        listener(execution)
