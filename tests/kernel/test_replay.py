"""Replaying a log gives the same state, and a command that fails leaves nothing behind."""

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import VirtualClock
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.apply import replay
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Instance, Work
from tests.kernel.models import BODIES, Block, write
from tests.kernel.snapshots import indexed, snapshot

CHOICES = st.lists(st.integers(0, 1000), max_size=12)


def started(blocks: list[Block]) -> tuple[ProcessEngine, Instance]:
    engine = ProcessEngine(CAMUNDA_7, VirtualClock(1_000_000))
    deployed = engine.deploying.deploy({"model.bpmn": write(blocks)})
    (definition,) = deployed.deployment.definitions
    return engine, engine.start_process(definition, {"two": 2, "choice": True})


def advance(engine: ProcessEngine, work: Work) -> None:
    """Do one thing that waits, whatever kind it is."""
    if work.kind in ("async", "timer"):
        engine.jobs.execute(work)
    else:
        engine.complete(work, {"done": work.key})


@settings(max_examples=60, deadline=None)
@given(BODIES, CHOICES)
def test_replaying_a_log_gives_the_same_state(blocks: list[Block], choices: list[int]) -> None:
    engine, instance = started(blocks)

    for choice in choices:
        waiting = list(engine.state.work.values())
        if not waiting:
            break
        advance(engine, waiting[choice % len(waiting)])

    before, found = snapshot(instance.root), indexed(engine.state)
    replay(instance.root, len(instance.root.log))
    assert snapshot(instance.root) == before
    assert indexed(engine.state) == found


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES, CHOICES)
def test_a_command_that_fails_leaves_nothing_behind(
    first: list[Block], later: list[Block], choices: list[int]
) -> None:
    engine, instance = started([*first, "user", *later, "failing"])

    for choice in choices:
        waiting = list(engine.state.work.values())
        if not waiting:
            break
        work = waiting[choice % len(waiting)]
        before, found = snapshot(instance.root), indexed(engine.state)
        try:
            advance(engine, work)
        except ModelFailure:
            if work.kind not in ("async", "timer"):
                assert snapshot(instance.root) == before
                assert indexed(engine.state) == found


@settings(max_examples=60, deadline=None)
@given(BODIES)
def test_doing_all_work_before_any_timer_ends_an_instance(blocks: list[Block]) -> None:
    engine, instance = started(blocks)

    for _ in range(500):
        work = next((each for each in engine.state.work.values() if each.kind != "timer"), None)
        if work is None:
            break
        advance(engine, work)

    assert instance.how == "completed"
    assert engine.state.executions == {}
    assert engine.state.subscriptions == {}
