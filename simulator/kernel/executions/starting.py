"""Bringing a process instance into being."""

from collections.abc import Mapping, Set
from typing import Any, Protocol

from simulator.kernel.events import InstanceStarted
from simulator.kernel.executions.moving import arrive
from simulator.kernel.executions.scopes import run_listeners
from simulator.kernel.executions.variables import set_given
from simulator.kernel.failures import EndlessRun, ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Root
from simulator.model.process import Node, Process

NONE_TRANSIENT: Set[str] = frozenset()


CALLS_AT_MOST = 1_000
"""How deep instances may call each other."""


class Definition(Protocol):
    """A deployed process: its compiled model, the key of its deployment record and its tenant."""

    process: Process
    key: int
    tenant: str | None


def create(
    run: Run,
    definition: Definition,
    start: Node | None,
    *,
    business_key: str | None = None,
    case_instance: str | None = None,
    caller: Execution | None = None,
    tags: tuple[str, ...] = (),
) -> Instance:
    """Create an instance with its outermost scope subscribed; it does nothing yet."""
    state = run.state
    key = state.key()
    if caller is None:
        root = Root(key, state)
        state.roots[key] = root
    else:
        root = caller.root
    run.emit(
        root,
        InstanceStarted(
            key=key,
            process=definition.process,
            definition=definition.key,
            start=start,
            caller=0 if caller is None else caller.key,
            activity=0 if caller is None else caller.activity,
            business_key=business_key,
            case_instance=case_instance,
            tenant=definition.tenant,
            tags=tags,
        ),
    )
    instance = state.instances[key]
    if definition.process.root.catches:
        run.machine.subscribe(run, instance.execution, definition.process.root)
    return instance


def open_process(
    run: Run, instance: Instance, variables: Mapping[str, Any], transient: Set[str] = NONE_TRANSIENT
) -> None:
    """Set the start variables, then tell the process's start listeners."""
    if variables:
        set_given(run, instance.execution, variables, transient, local=True)
    root_node = instance.process.root
    if root_node.listeners is not None and not run.skip_listeners:
        run_listeners(run, instance.execution, root_node.listeners.get("start", ()))


def start_at(
    run: Run,
    instance: Instance,
    start: Node,
    variables: Mapping[str, Any],
    transient: Set[str] = NONE_TRANSIENT,
) -> None:
    """Run an instance from a start event to its first wait states."""
    open_process(run, instance, variables, transient)
    run.push(first, instance.execution, start)
    run.work_off()


def first(run: Run, execution: Execution, start: Node) -> None:
    """Arrive at the start event."""
    arrive(run, execution, start)


def ensure_shallow(caller: Execution) -> None:
    """Stop processes that call each other for ever."""
    depth, above = 0, caller.instance.caller
    while above is not None:
        depth, above = depth + 1, above.instance.caller
    if depth >= CALLS_AT_MOST:
        message = (
            f"more than {CALLS_AT_MOST:,} calls inside each other: processes that call each other for ever?"
        )
        raise EndlessRun(message)


def start_called(
    run: Run,
    caller: Execution,
    definition: Definition,
    variables: Mapping[str, Any],
    business_key: str | None,
) -> None:
    """Start a process for a call activity; it runs before anything else that is still to do.

    Raises `EndlessRun` where calls lie too deep in each other.
    """
    ensure_shallow(caller)
    start = definition.process.root.start
    if start is None:
        raise ModelFailure(None, "NullPointerException")
    instance = create(
        run,
        definition,
        start,
        business_key=business_key,
        case_instance=caller.instance.case_instance,
        caller=caller,
    )
    open_process(run, instance, variables)
    run.push(first, instance.execution, start)
