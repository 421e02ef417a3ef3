"""Starting at named elements in Camunda 8; the answers are those of live Camunda 8.8.21."""

import pytest

from simulator.kernel.element_instances.refusals import (
    StartInstructionRefused,
    SubscriptionRefused,
    UnexpectedFailure,
)
from tests.kernel.bench import Bench, active, entered, flows, job, mapping, model, variables

OUTER = mapping(input=(("=1", "inner"),), output=(("=2", "outer"),))
SUB = (
    f'<subProcess id="sub"><extensionElements>{OUTER}</extensionElements><startEvent id="s2"/>'
    + job("a")
    + flows("s2>a")
    + '</subProcess><boundaryEvent id="b" attachedToRef="sub"><messageEventDefinition messageRef="m"/></boundaryEvent>'
)
NESTED = model(SUB, '<endEvent id="e"/>', flows("s>sub", "sub>e"))


def test_the_scopes_around_a_target_get_no_input_mappings_but_their_output_mappings_run() -> None:
    bench = Bench(NESTED)
    instance = bench.start({"order": 1}, "a")
    seen = bench.at("sub").variables

    bench.complete("a")

    assert seen is None
    assert entered(instance) == ["sub", "a", "e"]
    assert variables(instance) == {"order": 1, "outer": 2}


def test_a_scope_is_shared_by_targets_inside_it_and_named_itself_it_starts_once_more() -> None:
    bench = Bench(NESTED)

    instance = bench.start({"order": 1}, "a", "sub", "a")

    assert active(instance) == ["sub", "a", "a", "sub", "a"]


def test_a_parallel_join_fires_at_once_and_later_tokens_wait_for_ever() -> None:
    gateways = '<parallelGateway id="g"/><parallelGateway id="j"/>' + job("a") + job("b")
    bench = Bench(model(gateways, flows("s>g", "g>a", "g>b", "a>j", "b>j")))
    instance = bench.start({}, "j", "a")

    bench.complete("a")

    assert entered(instance) == ["j", "a"]
    assert (instance.how, active(instance)) == (None, [])


def test_an_inclusive_gateway_as_target_leaves_an_instance_with_nothing_in_it() -> None:
    bench = Bench(model('<task id="t"/><inclusiveGateway id="i"/>', flows("s>t", "t>i")))

    instance = bench.start({}, "i")

    assert (instance.how, entered(instance)) == (None, [])


BEHIND = (
    '<eventBasedGateway id="g"/><intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/>'
    "</intermediateCatchEvent>" + flows("s>g", "g>c")
)


@pytest.mark.parametrize(
    ("elements", "reason", "named"),
    [
        (("s", "nope"), "unknown", "nope"),
        (("sub", "s"), "unsupported type", "s"),
        (("s2",), "unsupported type", "s2"),
        (("b",), "unsupported type", "b"),
        (("s-g",), "unsupported type", "s-g"),
        (("c",), "event-based gateway", "c"),
    ],
)
def test_a_wrong_target_is_refused_and_nothing_exists(
    elements: tuple[str, ...], reason: str, named: str
) -> None:
    bench = Bench(model(SUB, BEHIND))

    with pytest.raises(StartInstructionRefused) as refused:
        bench.start({"order": 1}, *elements)

    assert (refused.value.reason, refused.value.element) == (reason, named)
    assert not bench.state.instances


def test_the_process_itself_as_target_passes_the_checks_and_fails() -> None:
    bench = Bench(NESTED)

    with pytest.raises(UnexpectedFailure):
        bench.start({}, "p")


def test_a_scope_that_cannot_subscribe_refuses_the_whole_start() -> None:
    bench = Bench(NESTED)

    with pytest.raises(SubscriptionRefused) as refused:
        bench.start({}, "a")

    assert refused.value.scope == "sub"
    assert refused.value.text.startswith("Failed to extract the correlation key for 'order'")
    assert not bench.state.instances
    assert not bench.state.executions
