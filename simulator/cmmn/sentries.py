"""Sentries: which events satisfy their parts, when they fire, and whom that reaches (CMMN 1.1, 8.5)."""

from collections.abc import Callable, Iterable

from simulator.cmmn.lifecycle import ACTIVE, AVAILABLE, ENABLED
from simulator.cmmn.model import PlanItemOnPart, Sentry, VariableOnPart, plan_item
from simulator.cmmn.rules import is_true
from simulator.cmmn.steps import Steps
from simulator.kernel.events import EntryNoted, PartMarked
from simulator.kernel.plan_items import NEW, item_of
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node

Fire = Callable[[Run, Execution], Steps]


def sentries_of(stage: Execution) -> tuple[Sentry, ...]:
    """The sentries that a stage declares; none while it has not begun."""
    return plan_item(node_of(stage)).sentries if item_of(stage).state not in (NEW, AVAILABLE, ENABLED) else ()


def node_of(execution: Execution) -> Node:
    """The plan item that an execution stands for; the case plan model for the case instance."""
    node = execution.scope_node
    assert node is not None, "every execution of a case stands for a plan item"
    return node


def react(run: Run, stage: Execution, child: Execution, event: str, enter: Fire, leave: Fire) -> Steps:
    """Let the sentries of a stage take note of a child's standard event; those it satisfies fire."""
    source = node_of(child).id
    marks, satisfied = item_of(stage).marks, []
    for sentry in sentries_of(stage):
        fresh = [
            number
            for number, part in enumerate(sentry.parts)
            if isinstance(part, PlanItemOnPart)
            and (part.source, part.event) == (source, event)
            and (sentry.id, number) not in marks
        ]
        for number in fresh:
            run.emit(stage.root, PartMarked(stage.key, sentry.id, number, True))
        if fresh:
            satisfied.append(sentry)
    satisfied = [sentry for sentry in satisfied if is_satisfied(sentry, stage, stage)]
    _reset(run, ((stage, sentry) for sentry in satisfied))
    yield _fire(run, stage, satisfied, enter, leave)


def fire_conditions(run: Run, stage: Execution, enter: Fire, leave: Fire) -> Steps:
    """Test the sentries that have a condition alone, once, when a stage's children have come into being."""
    alone = [s for s in sentries_of(stage) if not s.parts and is_satisfied(s, stage, stage)]
    yield _fire(run, stage, alone, enter, leave)


def react_to_variable(run: Run, holder: Execution, name: str, event: str, enter: Fire, leave: Fire) -> Steps:
    """Let all sentries at and below a variable's holder take note of its change."""
    declared: dict[str, tuple[Execution, Sentry]] = {}
    for stage in (*_below(holder), holder):
        declared.update((sentry.id, (stage, sentry)) for sentry in sentries_of(stage))
    for stage, sentry in declared.values():
        if _hidden(stage, holder, name):
            continue
        for number, part in enumerate(sentry.parts):
            if part == VariableOnPart(name, event):
                run.emit(stage.root, PartMarked(stage.key, sentry.id, number, True))
    satisfied = [(stage, s) for stage, s in declared.values() if is_satisfied(s, stage, holder)]
    _reset(run, satisfied)
    yield _fire(run, holder, [sentry for _, sentry in satisfied], enter, leave)


def is_satisfied(sentry: Sentry, stage: Execution, place: Execution) -> bool:
    """Whether all on-parts are marked in the stage and the condition, evaluated at `place`, holds."""
    marks = item_of(stage).marks
    if any((sentry.id, number) not in marks for number in range(len(sentry.parts))):
        return False
    return sentry.condition is None or is_true(sentry.condition, place)


def _hidden(stage: Execution, holder: Execution, name: str) -> bool:
    """Whether a variable of the same name lies between a sentry's stage and the holder."""
    place: Execution | None = stage
    while place is not None and place is not holder:
        if place.variables and name in place.variables:
            return True
        place = place.parent
    return False


def _reset(run: Run, satisfied: Iterable[tuple[Execution, Sentry]]) -> None:
    """A sentry that fires waits anew."""
    for stage, sentry in satisfied:
        for number in range(len(sentry.parts)):
            run.emit(stage.root, PartMarked(stage.key, sentry.id, number, False))


def _fire(run: Run, top: Execution, satisfied: Iterable[Sentry], enter: Fire, leave: Fire) -> Steps:
    """Walk all items below, the deepest first: exit criteria, then entry criteria; at last those of the top."""
    fired = {sentry.id for sentry in satisfied}
    if not fired:
        return
    for execution in _below(top):
        item, detail = item_of(execution), plan_item(node_of(execution))
        if item.state == ACTIVE and not fired.isdisjoint(detail.exit):
            yield leave(run, execution)
        if not fired.isdisjoint(detail.entry):
            if item.state == AVAILABLE:
                yield enter(run, execution)
            elif item.state == NEW:
                run.emit(execution.root, EntryNoted(execution.key))
    if item_of(top).state == ACTIVE and not fired.isdisjoint(plan_item(node_of(top)).exit):
        yield leave(run, top)


def _below(top: Execution) -> list[Execution]:
    """All executions below, those of inner stages before their siblings' level."""
    found: list[Execution] = []
    stack = [top]
    while stack:
        children = stack.pop().children or []
        found.extend(reversed(children))
        stack.extend(children)
    found.reverse()
    return found
