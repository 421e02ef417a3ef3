"""Bringing a process instance into being: at its none start event, or at an event that happened."""

from collections.abc import Mapping
from typing import Any

from simulator.kernel.element_instances.moving import (
    activate_node,
    activate_triggered,
    leave_behind,
    work_off,
)
from simulator.kernel.element_instances.refusals import NoneStartMissing
from simulator.kernel.element_instances.surroundings import Definition
from simulator.kernel.element_instances.variables import set_local
from simulator.kernel.events import Activated, InstanceStarted, Passed
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Root
from simulator.model.process import Node


def start_instance(
    run: Run,
    definition: Definition,
    variables: Mapping[str, Any],
    *,
    business_id: str | None = None,
    tags: tuple[str, ...] = (),
) -> Instance:
    """Start at the none start event and run to the first wait states; raises `NoneStartMissing`."""
    start = definition.process.root.start
    if start is None:
        raise NoneStartMissing(definition.process.key)
    instance = create(run, definition, start, business_id=business_id, tags=tags)
    set_local(run, instance.execution, variables)
    begin_process(run, instance.execution, start)
    work_off(run)
    return instance


def start_by_event(
    run: Run, definition: Definition, start: Node, variables: Mapping[str, Any], **facts: Any
) -> Instance:
    """Start at a message, signal or timer start event that happened; its variables are the event's own at first."""
    instance = create(run, definition, start, **facts)
    execution = instance.execution
    run.emit(execution.root, Activated(execution.key))
    run.queue.append((activate_triggered, execution, (start, dict(variables))))
    work_off(run)
    return instance


def create(
    run: Run,
    definition: Definition,
    start: Node | None,
    *,
    caller: Execution | None = None,
    business_id: str | None = None,
    tags: tuple[str, ...] = (),
) -> Instance:
    """Create an instance with its outermost scope; it does nothing yet."""
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
            activity=0 if caller is None else caller.key,
            business_key=business_id,
            tenant=definition.tenant,
            tags=tags,
        ),
    )
    return state.instances[key]


def begin_process(run: Run, execution: Execution, start: Node) -> None:
    """Let a process instance be active and its start event happen."""
    root = execution.root
    run.emit(root, Activated(execution.key))
    if start.plain and not run.queue:
        run.emit(root, Passed(run.state.key(), execution.key, start))
        leave_behind(run, execution, start, start.outgoing)
    else:
        run.queue.append((activate_node, execution, start))
