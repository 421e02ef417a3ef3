"""Process instances that end with an element, as their creation asked for; as on live Camunda 8.8.21."""

import pytest

from simulator.kernel import events as happened
from simulator.kernel.apply import replay
from simulator.kernel.element_instances.refusals import StartInstructionRefused
from simulator.kernel.state import Instance
from tests.kernel.bench import Bench, active, entered, flows, job, model, terminated
from tests.kernel.snapshots import snapshot

SUB = (
    '<subProcess id="sub"><startEvent id="s2"/>'
    + job("a")
    + '<endEvent id="e2"/>'
    + flows("s2>a", "a>e2")
    + "</subProcess>"
)
NESTED = model(SUB, job("z"), flows("s>sub", "sub>z"))
TERMINATE = '<endEvent id="t"><terminateEventDefinition/></endEvent>'


def stopping(bench: Bench, *elements: str, start_at: tuple[str, ...] = ()) -> Instance:
    """Start an instance that is to end with elements."""
    bench.stops[bench.state.next_key] = frozenset(elements)
    return bench.start(None, *start_at)


def stopped(instance: Instance) -> list[str]:
    """The elements that stopped the process instance."""
    log = instance.root.log
    return [
        event.node.id
        for event in log
        if isinstance(event, happened.Interrupted) and event.key == instance.key
    ]


@pytest.mark.parametrize("plain", [True, False])
def test_nothing_follows_on_the_element_that_a_process_instance_ends_with(plain: bool) -> None:
    task = '<task id="a"/>' if plain else job("a")
    bench = Bench(model(task, job("z"), flows("s>a", "a>z")))

    instance = stopping(bench, "a")
    if not plain:
        bench.complete("a")

    assert instance.how == "terminated"
    assert entered(instance) == ["s", "a"]
    assert bench.ended == ["p"]


def test_an_element_that_is_never_reached_stops_nothing() -> None:
    bench = Bench(model(job("a"), job("z"), flows("s>a", "a>z")))

    instance = stopping(bench, "nowhere", "a-z", "p", "z")
    bench.complete("a")

    assert active(instance) == ["z"]


def test_inside_a_subprocess_all_around_is_terminated_with_it() -> None:
    bench = Bench(NESTED)
    instance = stopping(bench, "e2")

    bench.complete("a")

    assert instance.how == "terminated"
    assert entered(instance) == ["s", "sub", "s2", "a", "e2"]
    assert terminated(instance) == ["sub"]


def test_a_subprocess_ends_as_usual_before_it_stops_the_process_instance() -> None:
    bench = Bench(NESTED)
    instance = stopping(bench, "sub", start_at=("a",))

    bench.complete("a")

    assert instance.how == "terminated"
    assert terminated(instance) == []
    assert entered(instance) == ["sub", "a", "e2"]


def test_after_its_last_end_event_a_process_instance_completes() -> None:
    bench = Bench(model(job("a"), '<endEvent id="e"/>', flows("s>a", "a>e")))
    instance = stopping(bench, "e")

    bench.complete("a")

    assert stopped(instance) == ["e"]
    assert instance.how == "completed"


def test_a_token_that_waits_at_a_join_keeps_it_from_completing() -> None:
    bench = Bench(
        model(
            '<parallelGateway id="g"/><parallelGateway id="j"/><task id="z"/><endEvent id="e"/>',
            flows("s>g", "g>j", "g>e", "z>j"),
        )
    )

    instance = stopping(bench, "e")

    assert instance.how == "terminated"


def test_an_interrupted_activity_stops_the_process_instance_too() -> None:
    event = (
        '<boundaryEvent id="b" attachedToRef="a"><outgoing>b-z</outgoing>'
        '<errorEventDefinition errorRef="e1"/></boundaryEvent>'
    )
    bench = Bench(model(job("a"), event, job("z"), flows("s>a", "b>z")))
    instance = stopping(bench, "a")

    bench.throw("a", "E1")

    assert terminated(instance) == ["a", "b"]
    assert instance.how == "terminated"


def test_a_subprocess_that_begins_to_be_terminated_stops_the_process_instance_before_its_boundary_event() -> (
    None
):
    event = (
        '<boundaryEvent id="b" attachedToRef="sub"><outgoing>b-z</outgoing>'
        '<errorEventDefinition errorRef="e1"/></boundaryEvent>'
    )
    bench = Bench(model(SUB, event, job("z"), flows("s>sub", "b>z")))
    instance = stopping(bench, "sub")

    bench.throw("a", "E1")

    assert terminated(instance) == ["a", "sub"]
    assert instance.how == "terminated"


def test_what_a_terminate_end_event_terminates_last_lets_the_process_instance_complete() -> None:
    content = '<parallelGateway id="g"/>' + job("a") + job("c") + TERMINATE
    bench = Bench(model(content, flows("s>g", "g>a", "g>c", "g>t")))
    last = stopping(bench, "a")
    first = stopping(bench, "c")
    itself = stopping(bench, "t")

    assert last.how == "completed"
    assert first.how == "terminated"
    assert itself.how == "completed"


def test_other_branches_do_not_run_on() -> None:
    content = '<parallelGateway id="g"/><manualTask id="x"/><manualTask id="y"/>' + job("z")
    bench = Bench(model(content, flows("s>g", "g>x", "g>y", "x>z", "y>z")))

    instance = stopping(bench, "x", "y")

    assert instance.how == "terminated"
    assert "z" not in entered(instance)


def test_an_event_behind_a_gateway_does_not_begin_after_the_gateway() -> None:
    catch = '<intermediateCatchEvent id="c"><incoming>g-c</incoming><messageEventDefinition messageRef="m"/>'
    other = '<intermediateCatchEvent id="d"><incoming>g-d</incoming><signalEventDefinition signalRef="sg"/>'
    end = "</intermediateCatchEvent>"
    gateway = '<eventBasedGateway id="g"><outgoing>g-c</outgoing><outgoing>g-d</outgoing></eventBasedGateway>'
    bench = Bench(model(gateway, catch, end, other, end, flows("s>g", "g>c", "g>d")))
    bench.stops[bench.state.next_key] = frozenset(["g"])
    instance = bench.start({"order": 7})

    bench.message("7")

    assert entered(instance) == ["s", "g"]
    assert instance.how == "terminated"


def test_elements_of_a_called_process_do_not_count() -> None:
    calling = model(
        '<callActivity id="ca"><extensionElements><zeebe:calledElement processId="called"/>'
        "</extensionElements></callActivity>",
        job("z"),
        flows("s>ca", "ca>z"),
    )
    bench = Bench(calling, model(job("b"), flows("s>b"), key="called"))
    inner = stopping(bench, "b", "s2")
    outer = stopping(bench, "ca")

    bench.complete("b")
    still = inner.how
    bench.complete("b")

    assert still is None
    assert active(inner) == ["z"]
    assert outer.how == "terminated"


def test_a_stopped_process_instance_is_replayed_from_its_log_alone() -> None:
    bench = Bench(NESTED)
    instance = stopping(bench, "a")
    bench.complete("a")
    root = instance.root
    before = snapshot(root)

    bench.stops.clear()
    replay(root, len(root.log))

    assert snapshot(root) == before
    assert root.instances[0].how == "terminated"


def test_a_cancelled_process_instance_is_not_stopped_once_more() -> None:
    bench = Bench(NESTED)
    instance = stopping(bench, "a", "sub")

    bench.cancel(instance)

    assert stopped(instance) == []
    assert instance.how == "terminated"


def test_a_refused_start_instruction_comes_first() -> None:
    bench = Bench(NESTED)

    with pytest.raises(StartInstructionRefused):
        stopping(bench, "a", start_at=("nowhere",))
