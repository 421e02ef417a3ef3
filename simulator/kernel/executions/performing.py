"""Carrying out what behaviours want, and the machine that Camunda 7's dialect is made of."""

from typing import Any

from simulator.kernel import effects as wanted
from simulator.kernel.events import WorkOpened
from simulator.kernel.executions import errors
from simulator.kernel.executions.calling import call
from simulator.kernel.executions.gateways import join, stuck
from simulator.kernel.executions.moving import arrive, leave, leave_over
from simulator.kernel.executions.triggering import terminate
from simulator.kernel.executions.variables import set_nearest
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution


def stay(run: Run, execution: Execution, effect: wanted.Stay) -> None:
    """Wait."""


def take(run: Run, execution: Execution, effect: wanted.Take) -> None:
    """Leave over the chosen flows."""
    leave_over(run, execution, effect.flows)


def descend(run: Run, execution: Execution, effect: wanted.Descend) -> None:
    """Begin a subprocess's content on its own execution."""
    arrive(run, execution, effect.start)


def open_work(run: Run, execution: Execution, effect: wanted.Open) -> None:
    """Open work, its facts evaluated where it stands."""
    node = execution.node
    assert node is not None, "work belongs to an activity"
    facts = {name: fact(execution) if callable(fact) else fact for name, fact in effect.facts.items()}
    facts = run.machine.complete_facts(run, execution, effect.kind, facts)
    opened = WorkOpened(
        key=run.state.key(),
        execution=execution.key,
        kind=effect.kind,
        node=node,
        activity=execution.activity,
        facts=facts,
    )
    run.emit(execution.root, opened)


def keep_result(run: Run, execution: Execution, effect: wanted.Result) -> bool:
    """Set the result variable, if there is one; answers whether the token goes on from here.

    Where evaluating fails, an error event for the Java class of the failure may catch it.
    """
    try:
        value = effect.source(execution)
    except ModelFailure as failure:
        errors.throw_failure(run, execution, failure)
        return False
    if effect.name is not None and (effect.null_counts or value is not None):
        set_nearest(run, execution, effect.name, value)
    return True


def give_result(run: Run, execution: Execution, effect: wanted.Result) -> None:
    """Set the result variable, then leave."""
    if keep_result(run, execution, effect):
        leave(run, execution, None)


def broadcast(run: Run, execution: Execution, effect: wanted.Broadcast) -> None:
    """Hand a signal to all who wait for it now, then leave."""
    name = run.machine.text(effect.name(execution))
    run.surroundings.broadcast(run, name, {}, execution.instance.tenant)
    if execution.key in run.state.executions:
        leave(run, execution, None)


def give_up(run: Run, execution: Execution, effect: wanted.Stuck) -> None:
    """No way on: the command fails."""
    assert execution.node is not None, "a gateway is a node"
    raise stuck(execution.node)


EFFECTS: dict[type, Any] = {
    wanted.Leave: leave,
    wanted.Stay: stay,
    wanted.Take: take,
    wanted.Join: join,
    wanted.Descend: descend,
    wanted.Open: open_work,
    wanted.Result: give_result,
    wanted.Throw: errors.throw_or_end,
    wanted.Broadcast: broadcast,
    wanted.Terminate: terminate,
    wanted.Call: call,
    wanted.Stuck: give_up,
}
"""What is done for each kind of effect."""
