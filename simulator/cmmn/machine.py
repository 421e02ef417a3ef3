"""The case machine: how plan items come into being, begin, and end.

Within one transition the order is that of Camunda 7: the new state, a repetition, the sentries of the stage around,
then what the item itself does next.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from simulator.cmmn import sentries
from simulator.cmmn.errors import TaskNotStored
from simulator.cmmn.human_task import open_task
from simulator.cmmn.lifecycle import (
    ACTIVE,
    AVAILABLE,
    BEGIN_EXIT,
    BEGIN_TERMINATE,
    COMPLETE,
    COMPLETED,
    CREATE,
    DISABLED,
    ENABLE,
    EXIT,
    EXITING,
    OCCUR,
    PARENT_COMPLETE,
    PARENT_TERMINATE,
    START,
    TERMINATE,
    TERMINATED,
    TERMINATING,
    transitions_of,
)
from simulator.cmmn.model import HUMAN_TASK, MILESTONE, STAGES, plan_item
from simulator.cmmn.rules import holds
from simulator.cmmn.sentries import node_of
from simulator.cmmn.steps import Steps
from simulator.core.java.hash_order import in_hash_order
from simulator.kernel.events import (
    Created,
    ItemChanged,
    ItemRequired,
    Removed,
    VariableRemoved,
    VariableSet,
    WorkClosed,
    WorkOpened,
)
from simulator.kernel.plan_items import NEW, item_of
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Root
from simulator.model.process import Node

REPEATING = frozenset({ENABLE, START, OCCUR})
"""The events at which an item with entry criteria repeats."""
THROUGH = frozenset({DISABLED, COMPLETED, TERMINATED})
OVER = frozenset({COMPLETED, TERMINATED})


def change(run: Run, execution: Execution, event: str) -> None:
    """Go through a transition of the lifecycle."""
    table = transitions_of(node_of(execution).kind)
    run.emit(execution.root, ItemChanged(execution.key, table[item_of(execution).state, event]))


def begin_case(run: Run, case: Execution) -> Steps:
    """Let a case instance become active, and all that begins with it."""
    change(run, case, CREATE)
    yield _begin_stage(run, case)


def _create(run: Run, execution: Execution) -> Steps:
    if holds(execution, plan_item(node_of(execution)).required):
        run.emit(execution.root, ItemRequired(execution.key))
    change(run, execution, CREATE)
    yield _tell(run, execution, CREATE)
    item = item_of(execution)
    if item.state == AVAILABLE and (item.entry_noted or not plan_item(node_of(execution)).entry):
        yield _enter(run, execution)


def _enter(run: Run, execution: Execution) -> Steps:
    """An entry criterion is satisfied, or there is none."""
    node = node_of(execution)
    if node.kind == MILESTONE:
        yield _end(run, execution, OCCUR)
    elif holds(execution, plan_item(node).manual):
        change(run, execution, ENABLE)
        yield _tell(run, execution, ENABLE)
    else:
        change(run, execution, START)
        yield _tell(run, execution, START)
        if item_of(execution).state == ACTIVE:
            yield _behave(run, execution, node)


def _behave(run: Run, execution: Execution, node: Node) -> Steps:
    if node.kind in STAGES:
        yield _begin_stage(run, execution)
    elif node.kind == HUMAN_TASK:
        open_task(run, execution, node)
    else:
        yield complete(run, execution)


def _begin_stage(run: Run, stage: Execution) -> Steps:
    nodes = node_of(stage).children
    if not nodes:
        yield complete(run, stage)
        return
    yield _begin_children(run, stage, nodes)
    if item_of(stage).state == ACTIVE:
        yield sentries.fire_conditions(run, stage, _enter, _leave)
        yield _complete_if_done(run, stage)


def _begin_children(run: Run, stage: Execution, nodes: Iterable[Node]) -> Steps:
    """Create instances of plan items together, then let one after the other become available."""
    created = []
    for node in nodes:
        key = run.state.key()
        run.emit(stage.root, Created(key, stage.key, node, scope=True, concurrent=False))
        created.append(stage.root.state.executions[key])
    for child in created:
        if item_of(stage).state != ACTIVE:
            return
        if item_of(child).state == NEW:
            yield _create(run, child)


def _tell(run: Run, execution: Execution, event: str) -> Steps:
    """Repeat the item where it repeats on the event, then let the stage's sentries react."""
    stage = execution.parent
    if stage is None:
        return
    detail = plan_item(node_of(execution))
    if event in (REPEATING if detail.entry else detail.repeats_on) and holds(execution, detail.repetition):
        yield _begin_children(run, stage, (node_of(execution),))
    yield sentries.react(run, stage, execution, event, _enter, _leave)


def complete(run: Run, execution: Execution) -> Steps:
    """Complete a task, a stage or the case; items that remain in it end with it."""
    for child in list(execution.children or ()):
        if item_of(child).state != DISABLED:
            change(run, child, PARENT_COMPLETE)
        run.emit(child.root, Removed(child.key))
    yield _end(run, execution, COMPLETE)


def _end(run: Run, execution: Execution, event: str) -> Steps:
    """Go to an end of the lifecycle; what is not the case itself vanishes, and its stage may be done."""
    change(run, execution, event)
    yield _tell(run, execution, event)
    stage = execution.parent
    if stage is None:
        return
    if execution.key in execution.root.state.executions:
        run.emit(execution.root, Removed(execution.key))
    state = item_of(stage).state
    if state == ACTIVE:
        yield _complete_if_done(run, stage)
    elif state in (EXITING, TERMINATING) and event not in (COMPLETE, OCCUR) and _all_over(stage):
        yield _end(run, stage, EXIT if state == EXITING else TERMINATE)


def _complete_if_done(run: Run, stage: Execution) -> Steps:
    if item_of(stage).state == ACTIVE and _is_done(stage):
        yield complete(run, stage)


def _is_done(stage: Execution) -> bool:
    items = [item_of(child) for child in stage.children or ()]
    if any(item.state in (NEW, ACTIVE) for item in items):
        return False
    early = plan_item(node_of(stage)).completes_early
    return all(item.state in THROUGH for item in items if item.required or not early)


def _leave(run: Run, execution: Execution) -> Steps:
    """An exit criterion is satisfied: end the case, or exit a stage or task, what lies in it first."""
    change(run, execution, BEGIN_TERMINATE if execution.parent is None else BEGIN_EXIT)
    close_work(run, execution, "cancelled")
    if _all_over(execution):
        yield _end(run, execution, TERMINATE if execution.parent is None else EXIT)
        return
    for child in list(execution.children or ()):
        if item_of(child).state in OVER:
            continue
        if node_of(child).kind == MILESTONE:
            yield _end(run, child, PARENT_TERMINATE)
        else:
            yield _leave(run, child)


def _all_over(execution: Execution) -> bool:
    return all(item_of(child).state in OVER for child in execution.children or ())


def close_work(run: Run, execution: Execution, how: str) -> None:
    """Take the task of an item away, if it has one; raises `TaskNotStored` where this command has opened it."""
    for work in list(execution.work or ()):
        done = events_of(run, execution.root)
        if any(event.__class__ is WorkOpened and event.key == work.key for event in done):
            created = any(event.__class__ is Created and event.key == execution.key for event in done)
            raise TaskNotStored(work.key, created)
        run.emit(execution.root, WorkClosed(work.key, how))


def events_of(run: Run, root: Root) -> Sequence[Any]:
    """What the command has done to a root so far."""
    return next((root.log[length:] for touched, length in run.marks if touched is root), ())


def write(run: Run, place: Execution, values: Mapping[str, Any], *, local: bool = False) -> Steps:
    """Set variables in the order of a Java map, here or at their nearest holders; sentries react to each."""
    for name in in_hash_order(values):
        value = values[name]
        holder = place if local else place.holder(name)
        event = "update" if holder.variables and name in holder.variables else "create"
        run.emit(holder.root, VariableSet(holder.key, name, value))
        yield sentries.react_to_variable(run, holder, name, event, _enter, _leave)


def remove(run: Run, place: Execution, name: str, *, local: bool = False) -> Steps:
    """Remove a variable, here or at its nearest holder, and let sentries react."""
    holder = place if local else place.holder(name)
    if holder.variables and name in holder.variables:
        run.emit(holder.root, VariableRemoved(holder.key, name))
        yield sentries.react_to_variable(run, holder, name, "delete", _enter, _leave)
