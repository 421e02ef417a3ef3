"""Carrying out what behaviours want."""

from typing import Any

from simulator.kernel import effects as wanted
from simulator.kernel.element_instances.calling import call
from simulator.kernel.element_instances.errors import throw
from simulator.kernel.element_instances.failures import StepFailed
from simulator.kernel.element_instances.moving import activate_node, complete, leave_behind
from simulator.kernel.element_instances.subscribing import subscribe
from simulator.kernel.events import Activated, Finished, WorkOpened
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node


def _node(execution: Execution) -> Node:
    node = execution.node
    assert node is not None, "an element instance stands at its element"
    return node


def pass_on(run: Run, execution: Execution, effect: Any) -> None:
    """Nothing to wait for: complete next."""
    run.emit(execution.root, Activated(execution.key))
    run.queue.append((complete, execution, None))


def stay(run: Run, execution: Execution, effect: Any) -> None:
    """Subscribe and wait."""
    subscribe(run, execution, _node(execution))
    run.emit(execution.root, Activated(execution.key))


def take(run: Run, execution: Execution, effect: wanted.Take) -> None:
    """A gateway has chosen: it is over at once."""
    scope = execution.parent
    assert scope is not None, "a gateway lies in a scope"
    run.emit(execution.root, Activated(execution.key))
    run.emit(execution.root, Finished(execution.key))
    leave_behind(run, scope, _node(execution), effect.flows)


def descend(run: Run, execution: Execution, effect: wanted.Descend) -> None:
    """Begin a subprocess's content at its start event; when that completes it opens the subprocess's subscriptions."""
    run.emit(execution.root, Activated(execution.key))
    run.queue.append((activate_node, execution, effect.start))


def open_work(run: Run, execution: Execution, effect: wanted.Open) -> None:
    """Evaluate what a job or user task is opened with, then subscribe and open it."""
    node = _node(execution)
    facts = {name: fact(execution) if callable(fact) else fact for name, fact in effect.facts.items()}
    subscribe(run, execution, node)
    key = run.state.key()
    run.emit(
        execution.root,
        WorkOpened(
            key=key, execution=execution.key, kind=effect.kind, node=node, activity=execution.key, facts=facts
        ),
    )
    run.emit(execution.root, Activated(execution.key))


def give_result(run: Run, execution: Execution, effect: wanted.Result) -> None:
    """Evaluate an expression and complete with its value as a variable."""
    value = effect.source(execution)
    subscribe(run, execution, _node(execution))
    run.emit(execution.root, Activated(execution.key))
    run.queue.append((complete, execution, None if effect.name is None else {effect.name: value}))


def throw_error(run: Run, execution: Execution, effect: wanted.Throw) -> None:
    """An error end event throws; it is active from then on until it is interrupted."""
    throw(run, execution.parent, effect.code, effect.message, {})
    run.emit(execution.root, Activated(execution.key))


def broadcast(run: Run, execution: Execution, effect: wanted.Broadcast) -> None:
    """Send a signal with the event's own variables, then complete."""
    name = effect.name(execution)
    run.emit(execution.root, Activated(execution.key))
    signal = (name, dict(execution.variables or {}))
    run.queue.append((_send_signal, execution.instance.execution, signal))
    run.queue.append((complete, execution, None))


def _send_signal(run: Run, execution: Execution, signal: tuple[str, dict[str, Any]]) -> None:
    name, variables = signal
    run.surroundings.broadcast(run, name, variables, execution.instance.tenant)


def give_up(run: Run, execution: Execution, effect: wanted.Stuck) -> None:
    """No flow of a gateway can be taken (live Camunda 8.8.21)."""
    text = "Expected at least one condition to evaluate to true, or to have a default flow"
    raise StepFailed("CONDITION_ERROR", text)


EFFECTS: dict[type, Any] = {
    wanted.Leave: pass_on,
    wanted.Terminate: pass_on,
    wanted.Stay: stay,
    wanted.Take: take,
    wanted.Descend: descend,
    wanted.Open: open_work,
    wanted.Result: give_result,
    wanted.Throw: throw_error,
    wanted.Broadcast: broadcast,
    wanted.Call: call,
    wanted.Stuck: give_up,
}
"""What is done for each kind of effect; a terminate end event interrupts its scope when it completes."""
