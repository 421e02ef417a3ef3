"""Where variables go in Camunda 8; the answers are those of live Camunda 8.8.21."""

import pytest

from simulator.kernel.element_instances.variables import identical
from tests.kernel.bench import Bench, flows, job, mapping, model, variables


def test_a_local_with_the_very_same_value_does_not_keep_a_result_from_going_outwards() -> None:
    inputs = mapping(input=(("=1", "v"), ("=2", "w")))
    bench = Bench(model(job("a", "a", inputs), flows("s>a")))
    instance = bench.start({"z": 1})

    bench.complete("a", v=1, w=3, n=4)

    assert variables(instance) == {"z": 1, "v": 1, "n": 4}


def test_with_output_mappings_only_their_targets_leave() -> None:
    both = mapping(input=(("=z", "v"),), output=(("=n + v", "o.p"),))
    bench = Bench(model(job("a", "a", both), flows("s>a")))
    instance = bench.start({"z": 1, "o": {"q": 1}})

    bench.complete("a", n=4)

    assert variables(instance) == {"z": 1, "o": {"q": 1, "p": 5}}


def test_a_later_input_sees_an_earlier_one_and_static_text_is_text() -> None:
    inputs = mapping(input=(("=1", "a"), ("=a + 1", "b"), ("5", "c"), ("say &quot;x&quot;", "d")))
    bench = Bench(model(job("a", "a", inputs), flows("s>a")))

    bench.start()

    assert bench.at("a").variables == {"a": 1, "b": 2, "c": "5", "d": 'say "x"'}


def test_a_failing_mapping_writes_nothing_and_quotes_all_of_them() -> None:
    inputs = mapping(input=(("=1", "a"), ("=assert(x, x != null)", "y")))
    bench = Bench(model(job("a", "a", inputs), flows("s>a")))

    bench.start()

    element, kind, text = bench.incident()
    assert (element, kind) == ("a", "IO_MAPPING_ERROR")
    assert (text or "").startswith(
        "Assertion failure on evaluate the expression '{a:1,y:assert(x, x != null)}': The condition is not fulfilled"
    )
    assert bench.at("a").variables is None


def test_a_failing_output_mapping_keeps_the_element_completing_until_it_is_resolved() -> None:
    outputs = mapping(output=(("=assert(q, q != null)", "r"),))
    bench = Bench(model(job("a", "a", outputs), flows("s>a")))
    instance = bench.start()
    bench.complete("a", z=1)
    stage = bench.at("a").stage

    bench.set("a", q=7, local=True)
    bench.resolve()

    assert stage == "completing"
    assert variables(instance) == {"r": 7}


def test_manual_tasks_ignore_mappings() -> None:
    extensions = f"<extensionElements>{mapping(output=(('=1', 'o'),))}</extensionElements>"
    bench = Bench(model(f'<manualTask id="a">{extensions}</manualTask>', flows("s>a")))

    instance = bench.start()

    assert variables(instance) == {}


def test_variables_are_set_in_one_scope_or_merged_outwards() -> None:
    inner = '<startEvent id="s2"/>' + job("a", "a", mapping(input=(("=5", "n"),))) + flows("s2>a")
    extensions = f"<extensionElements>{mapping(input=(('=1', 'm'),))}</extensionElements>"
    bench = Bench(model(f'<subProcess id="sub">{extensions}{inner}</subProcess>', flows("s>sub")))
    instance = bench.start({"g": 1})

    bench.set("a", n=6, m=2, g=2, new=1)
    bench.set("a", local=True, q=None)

    assert bench.at("a").variables == {"n": 6, "q": None}
    assert bench.at("sub").variables == {"m": 2}
    assert variables(instance) == {"g": 2, "new": 1}


@pytest.mark.parametrize(("left", "right"), [(1, 1.0), (True, 1), ([1], [1.0]), ({"a": None}, {"a": 0})])
def test_values_that_only_python_holds_equal_are_told_apart(left: object, right: object) -> None:
    assert not identical(left, right)
    assert identical(left, left)
