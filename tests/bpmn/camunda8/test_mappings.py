"""Mappings become one FEEL context for each side (live Camunda 8.8.21)."""

from simulator.bpmn.camunda8.mappings import Tree, literal, merging
from tests.kernel.bench import job, mapping, model, read


def test_nested_inputs_are_contexts_of_their_own() -> None:
    tree: Tree = {"a": "x", "b": {"c": "1", "d": {"e": "y"}}}

    assert literal(tree) == "{a:x,b:{c:1,d:{e:y}}}"


def test_nested_outputs_go_into_the_context_there_is() -> None:
    assert merging({"b": {"c": "1"}}) == "{b:if (b != null) then context merge(b,{c:1}) else {c:1}}"


def test_of_two_targets_at_the_same_place_the_later_one_stands() -> None:
    plain_last = mapping(input=(("=1", "a.c"), ("=2", "a")))
    nested_last = mapping(input=(("=2", "a"), ("=1", "a.c")))

    documents = [
        read(model(job("t", "t", extra)))[0][0].nodes["t"].inputs[0].text
        for extra in (plain_last, nested_last)
    ]

    assert documents == ["{a:2}", "{a:{c:1}}"]


def test_an_input_without_a_source_is_null() -> None:
    process = read(model(job("t", "t", '<zeebe:ioMapping><zeebe:input target="a"/></zeebe:ioMapping>')))[0][0]

    assert process.nodes["t"].inputs[0].text == "{a:null}"
