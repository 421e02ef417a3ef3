"""Replaying a log of element instances gives the same state, and what fails leaves nothing behind."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.kernel.apply import APPLY, replay
from simulator.kernel.element_instances import working
from simulator.kernel.element_instances.stages import STAGES
from simulator.kernel.events import Activated, Completing, Finished, Terminating
from simulator.kernel.state import Execution, Root, Work
from tests.kernel.bench import Bench, flow, flows, job, mapping, model
from tests.kernel.snapshots import indexed, snapshot

CHILD = model(
    job("c"),
    '<endEvent id="ce"><errorEventDefinition errorRef="e1"/></endEvent>',
    flows("s>c", "c>ce"),
    key="child",
)
EVENTS = (
    '<boundaryEvent id="b" attachedToRef="sub" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R3/PT10M</timeCycle></timerEventDefinition></boundaryEvent>"
    '<boundaryEvent id="b2" attachedToRef="sub"><errorEventDefinition/>'
    "</boundaryEvent>"
)
INNER = (
    '<startEvent id="s2"/>'
    + job("a", "=kind", mapping(input=(("=x", "y"),), output=(("=assert(r, r != null)", "z.q"),)))
    + '<endEvent id="e2"><errorEventDefinition errorRef="e1"/></endEvent>'
    + flows("s2>a", "a>e2")
)
MODELS = [
    model(
        '<parallelGateway id="g"/><parallelGateway id="j"/>',
        f'<subProcess id="sub">{INNER}</subProcess>',
        EVENTS,
        job("w"),
        job("z"),
        flows("s>g", "g>sub", "g>w", "sub>j", "w>j", "j>z", "b>z", "b2>z"),
    ),
    model(
        '<callActivity id="call"><extensionElements><zeebe:calledElement processId="child"/></extensionElements>'
        "</callActivity>",
        '<boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="e1"/></boundaryEvent>',
        '<exclusiveGateway id="g" default="f1"/>',
        job("w"),
        flows("s>call", "call>g", "b>g"),
        flow("f1", "g", "w"),
        flow("f2", "g", "call", "=again"),
    ),
    model(
        '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>',
        job("a"),
        job("b"),
        '<endEvent id="t"><terminateEventDefinition/></endEvent>',
        flow("f1", "g", "a", "=x > 0"),
        flow("f2", "g", "b", "=x > 1"),
        flows("s>g", "a>j", "b>j", "j>t"),
    ),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["complete", "fail", "throw", "advance", "resolve"]), st.integers(0, 9)),
    max_size=14,
)
MOVES: dict[type, str] = {
    Activated: "activated",
    Completing: "complete",
    Terminating: "terminate",
    Finished: "",
}
"""The events that move an element instance on, by their words in the table; one says itself how it ended."""
VARIABLES = st.fixed_dictionaries(
    {},
    optional={"x": st.integers(0, 3), "kind": st.just("work"), "again": st.just(False), "r": st.integers()},
)


def waiting(root: Root) -> dict[str, Any]:
    """What the shared snapshot leaves out: stages, tokens on flows, results and triggers."""

    def shown(execution: Execution) -> tuple[Any, ...]:
        tokens = {taken.id: count for taken, count in (execution.tokens or {}).items()}
        return execution.stage, tokens, execution.results, execution.trigger and execution.trigger[0].id

    return {
        str(execution.key): shown(execution)
        for instance in root.instances
        if not instance.ended
        for execution in instance.execution.subtree()
    }


def step(bench: Bench, kind: str, choice: int) -> None:
    """Do one thing, if there is anything it can be done to."""
    jobs = [
        work
        for work in bench.state.work.values()
        if work.kind == "job" and work.facts["state"] == "ACTIVATABLE"
    ]
    if kind == "advance":
        bench.advance(300_000 * choice)
    elif kind == "resolve" and any(not each.work for each in bench.state.incidents.values()):
        incident = next(each for each in bench.state.incidents.values() if not each.work)
        with bench.command() as run:
            working.resolve(run, incident)
    elif kind in ("complete", "fail", "throw") and jobs:
        work = jobs[choice % len(jobs)]
        with bench.command() as run:
            if kind == "complete":
                working.complete_job(run, work, {"r": choice})
            elif kind == "fail":
                working.fail_job(run, work, choice % 2, "no", variables={"tried": choice})
            else:
                working.throw_error(run, work, "E1", None, {"thrown": choice})


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MODELS), VARIABLES, STEPS)
def test_replaying_a_log_gives_the_same_state(
    content: bytes, variables: dict[str, Any], steps: list[tuple[str, int]]
) -> None:
    bench = Bench(content, CHILD)
    root = bench.start(variables).root

    for kind, choice in steps:
        step(bench, kind, choice)

    before = snapshot(root), waiting(root), indexed(bench.state)
    replay(root, len(root.log))
    assert (snapshot(root), waiting(root), indexed(bench.state)) == before


def transitions(root: Root) -> set[tuple[str, str, str]]:
    """Every stage that an element instance of a root left, what moved it, and where to; found by replaying."""
    found = set()

    def watched(kind: type, apply: Callable[[Root, Any], None]) -> Callable[[Root, Any], None]:
        def move(root: Root, event: Any) -> None:
            execution = root.state.executions[event.key]
            before = execution.stage
            apply(root, event)
            word = MOVES[kind] or ("terminated" if event.terminated else "completed")
            found.add((before, word, execution.stage))

        return move

    with patch.dict(APPLY, {kind: watched(kind, APPLY[kind]) for kind in MOVES}):
        replay(root, len(root.log))
    return found


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MODELS), VARIABLES, STEPS)
def test_every_transition_of_an_element_instance_is_in_the_table(
    content: bytes, variables: dict[str, Any], steps: list[tuple[str, int]]
) -> None:
    bench = Bench(content, CHILD)
    root = bench.start(variables).root

    for kind, choice in steps:
        step(bench, kind, choice)

    table = {(before, word, after) for (before, word), after in STAGES.items()}
    assert transitions(root) - table == set()


def complete_and_fail(bench: Bench, work: Work) -> None:
    """A command that goes all the way and then comes to nothing."""
    with bench.command() as run:
        working.complete_job(run, work, {"r": 1})
        raise LookupError


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MODELS), VARIABLES, STEPS)
def test_a_command_that_fails_at_its_end_leaves_nothing_behind(
    content: bytes, variables: dict[str, Any], steps: list[tuple[str, int]]
) -> None:
    bench = Bench(content, CHILD)
    root = bench.start(variables).root
    for kind, choice in steps:
        step(bench, kind, choice)
    jobs = [
        work
        for work in bench.state.work.values()
        if work.kind == "job" and work.facts["state"] == "ACTIVATABLE"
    ]
    if not jobs:
        return
    before = snapshot(root), waiting(root), indexed(bench.state), len(root.log)

    with pytest.raises(LookupError):
        complete_and_fail(bench, jobs[0])

    assert (snapshot(root), waiting(root), indexed(bench.state), len(root.log)) == before
