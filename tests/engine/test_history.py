"""History is what the logs say, read on from where it was read to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import VirtualClock
from simulator.engine.history import KEPT, History, RootHistory
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Instance
from tests.kernel.models import BODIES, Block, write


def started(blocks: list[Block]) -> tuple[ProcessEngine, Instance]:
    engine = ProcessEngine(CAMUNDA_7, VirtualClock(1_000_000))
    deployed = engine.deploying.deploy({"model.bpmn": write(blocks)})
    (definition,) = deployed.deployment.definitions
    return engine, engine.start_process(definition, {"two": 2, "choice": True}, business_key="k")


def told(history: RootHistory) -> list[object]:
    """Everything a history has to say."""
    activities = [
        (each.key, each.node.id, each.execution, each.parent[1], each.started, each.ended, each.cancelled)
        for each in history.activities.values()
    ]
    variables = [
        (each.place, each.name, each.value, each.execution, each.deleted) for each in history.variables
    ]
    return [activities, variables, sorted(history.incidents), history.jobs_executed]


def advance(engine: ProcessEngine, choice: int) -> bool:
    """Do one of the things that wait; answers whether there was one."""
    waiting = list(engine.state.work.values())
    if not waiting:
        return False
    work = waiting[choice % len(waiting)]
    try:
        if work.kind in ("async", "timer"):
            engine.jobs.execute(work)
        else:
            engine.complete(work, {"done": work.key})
    except ModelFailure:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(BODIES, st.lists(st.integers(0, 1000), max_size=12))
def test_reading_on_after_each_command_tells_what_reading_at_once_tells(
    blocks: list[Block], choices: list[int]
) -> None:
    engine, instance = started(blocks)

    for choice in choices:
        engine.history.of(instance.root)
        if not advance(engine, choice):
            break

    assert told(engine.history.of(instance.root)) == told(RootHistory(instance.root).read_on())


@settings(max_examples=60, deadline=None)
@given(BODIES, st.lists(st.integers(0, 1000), max_size=12))
def test_what_history_has_running_is_what_the_tree_runs(blocks: list[Block], choices: list[int]) -> None:
    engine, instance = started(blocks)

    for choice in choices:
        if not advance(engine, choice):
            break

    records = engine.history.of(instance.root).activities.values()
    running = {record.key for record in records if not record.ended}
    trees = () if instance.how else instance.execution.subtree()
    keys = {
        key for each in trees for key in (each.activity, each.scope_activity) if each.node or each.children
    }
    assert running <= keys


def test_a_failed_command_leaves_no_trace_and_the_next_one_is_told() -> None:
    engine, instance = started(["user", "failing"])
    (task,) = engine.state.work.values()
    before = told(engine.history.of(instance.root))

    with pytest.raises(ModelFailure):
        engine.complete(task, {"lost": 1})

    assert told(engine.history.of(instance.root)) == before
    (task,) = engine.state.work.values()
    engine.change_variables(instance.execution, {"kept": 1})
    assert [each.name for each in engine.history.of(instance.root).variables] == ["two", "choice", "kept"]


def test_instances_are_found_among_the_running_ones_until_they_end() -> None:
    engine, instance = started(["user"])
    state = engine.state
    assert state.running == {instance.definition: {instance.key: instance}}
    assert state.business == {"k": {instance.key: instance}}

    engine.delete(instance, None, skip_listeners=False, skip_mappings=False)

    assert state.running[instance.definition] == {}
    assert state.business == {}


def test_a_start_that_fails_is_not_among_the_running_instances() -> None:
    engine, instance = started(["user"])
    deployed = engine.deploying.deploy({"model.bpmn": write(["failing"])})
    (definition,) = deployed.deployment.definitions

    with pytest.raises(ModelFailure):
        engine.start_process(definition, {}, business_key="k")

    assert not engine.state.running.get(definition.key)
    assert engine.state.business == {"k": {instance.key: instance}}


def test_only_so_many_histories_are_kept() -> None:
    engine, _ = started(["user"])
    (definition,) = engine.deployments.definitions.values()
    history = History()
    for _ in range(KEPT + 5):
        engine.start_process(definition, {})

    for root in engine.state.roots.values():
        history.of(root)

    assert len(history) == KEPT
