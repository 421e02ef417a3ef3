import pytest

from simulator.expressions import feel, juel
from simulator.expressions.feel.names import free_names as feel_names
from simulator.expressions.juel.names import free_names as juel_names
from tests.analysis.judging import where
from tests.analysis.small_models import flows, process

ZEEBE = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
)
STARTED = frozenset({"amount"})


def script(identity: str, expression: str, result: str = "") -> str:
    attribute = f'camunda:resultVariable="{result}"' if result else ""
    return f'<scriptTask id="{identity}" scriptFormat="juel" {attribute}><script>{expression}</script></scriptTask>'


def line(*elements: str, order: str) -> bytes:
    return process('<startEvent id="s"/>' + "".join(elements) + '<endEvent id="e"/>' + flows(order))


def codes(
    code: str, model: bytes, *, started: frozenset[str] | None = STARTED
) -> list[tuple[str | None, str]]:
    return where(code, model, dialect="camunda7", variables=started)


def test_a_variable_nothing_writes_is_an_error_once_the_start_variables_are_known() -> None:
    model = line(script("a", "${total}"), order="s > a > e")

    assert codes("BPMN-VAR-001", model) == [("a", "error")]
    assert codes("BPMN-VAR-001", model, started=None) == [("a", "info")]
    assert codes("BPMN-VAR-001", model, started=frozenset({"total"})) == []


def test_a_result_variable_is_known_behind_its_task_and_not_before() -> None:
    writes, reads = script("w", "${amount}", "total"), script("r", "${total}")

    assert codes("BPMN-VAR-001", line(writes, reads, order="s > w > r > e")) == []
    assert codes("BPMN-VAR-001", line(writes, reads, order="s > r > w > e")) == [("r", "error")]


def test_the_fields_of_a_start_form_are_known() -> None:
    form = (
        '<startEvent id="s"><extensionElements><camunda:formData><camunda:formField id="total" type="long"/>'
        "</camunda:formData></extensionElements></startEvent>"
    )
    model = process(form + script("r", "${total}") + '<endEvent id="e"/>' + flows("s > r > e"))

    assert codes("BPMN-VAR-001", model) == []
    assert codes("BPMN-VAR-002", model) == []


def test_a_variable_written_on_one_way_only_may_be_missing() -> None:
    gateways = '<exclusiveGateway id="g"/><exclusiveGateway id="m"/>'
    parts = (gateways, script("w", "${amount}", "total"), script("r", "${total}"))
    some = process(
        '<startEvent id="s"/>'
        + "".join(parts)
        + '<endEvent id="e"/>'
        + flows("s > g > w > m > r > e", "g > m")
    )
    every = process(
        '<startEvent id="s"/>'
        + "".join(parts)
        + script("w2", "${amount}", "total")
        + '<endEvent id="e"/>'
        + flows("s > g > w > m > r > e", "g > w2 > m")
    )

    assert codes("BPMN-VAR-002", some) == [("r", "warning")]
    assert codes("BPMN-VAR-002", every) == []


def test_what_only_a_person_can_have_given_is_a_warning() -> None:
    model = line('<userTask id="u"/>', script("r", "${total}"), order="s > u > r > e")

    assert codes("BPMN-VAR-002", model) == [("r", "warning")]
    assert codes("BPMN-VAR-001", model) == []
    assert codes("BPMN-VAR-002", model, started=None) == []


def mapped(inputs: str, reading: str) -> str:
    """A script task with input parameters."""
    extension = f"<extensionElements><camunda:inputOutput>{inputs}</camunda:inputOutput></extensionElements>"
    return script("a", reading).replace("<script>", extension + "<script>", 1)


INPUT = '<camunda:inputParameter name="share">${amount}</camunda:inputParameter>'


def test_a_local_that_its_element_does_not_read_is_noted() -> None:
    assert codes("BPMN-VAR-003", line(mapped(INPUT, "${amount}"), order="s > a > e")) == [("a", "info")]
    assert codes("BPMN-VAR-003", line(mapped(INPUT, "${share}"), order="s > a > e")) == []


def test_an_input_mapping_reads_outside_of_the_element() -> None:
    own = INPUT.replace("${amount}", "${share}")

    assert codes("BPMN-VAR-005", line(mapped(own, "${share}"), order="s > a > e")) == [("a", "error")]
    assert codes("BPMN-VAR-005", line(mapped(INPUT, "${share}"), order="s > a > e")) == []


def test_a_local_read_behind_its_element_is_lost() -> None:
    model = line(mapped(INPUT, "${share}"), script("r", "${share}"), order="s > a > r > e")

    assert codes("BPMN-VAR-005", model) == [("r", "error")]
    assert codes("BPMN-VAR-001", model) == []


def test_a_result_under_the_name_of_a_local_is_taken_by_it() -> None:
    taken = mapped(INPUT, "${share}").replace('id="a"', 'id="a" camunda:resultVariable="share"')
    kept = mapped(INPUT, "${share}").replace('id="a"', 'id="a" camunda:resultVariable="other"')

    assert codes("BPMN-VAR-004", line(taken, order="s > a > e")) == [("a", "warning")]
    assert codes("BPMN-VAR-004", line(kept, order="s > a > e")) == []


def test_loop_variables_are_known_inside_the_loop_alone() -> None:
    loop = '<multiInstanceLoopCharacteristics camunda:collection="items" camunda:elementVariable="item"/>'
    inside = script("a", "${item + loopCounter}").replace("<script>", loop + "<script>", 1)
    started = frozenset({"items"})

    assert codes("BPMN-VAR-001", line(inside, order="s > a > e"), started=started) == []
    behind = line(inside, script("r", "${item}"), order="s > a > r > e")
    assert codes("BPMN-VAR-005", behind, started=started) == [("r", "error")]


def feel_process(*elements: str, order: str) -> bytes:
    content = '<startEvent id="s"/>' + "".join(elements) + '<endEvent id="e"/>' + flows(order)
    return process(content, head=ZEEBE)


def feel_script(identity: str, expression: str, result: str) -> str:
    return (
        f'<scriptTask id="{identity}"><extensionElements>'
        f'<zeebe:script expression="={expression}" resultVariable="{result}"/></extensionElements></scriptTask>'
    )


def test_camunda_8_gives_null_for_what_nothing_writes_so_it_is_a_warning() -> None:
    model = feel_process(feel_script("a", "total + 1", "next"), order="s > a > e")

    assert where("BPMN-VAR-001", model, dialect="camunda8", variables=STARTED) == [("a", "warning")]
    assert where("BPMN-VAR-001", model, dialect="camunda8", variables=frozenset({"total"})) == []


def job(outputs: str) -> str:
    return (
        '<serviceTask id="j"><extensionElements><zeebe:taskDefinition type="work"/>'
        f"{outputs}</extensionElements></serviceTask>"
    )


def test_with_output_mappings_only_what_they_name_leaves_a_job_of_camunda_8() -> None:
    output = '<zeebe:ioMapping><zeebe:output source="=answer" target="total"/></zeebe:ioMapping>'
    other = output.replace("total", "other")
    reads = feel_script("r", "total", "x")

    def found(outputs: str, code: str) -> list[tuple[str | None, str]]:
        model = feel_process(job(outputs), reads, order="s > j > r > e")
        return where(code, model, dialect="camunda8", variables=STARTED)

    assert found(other, "BPMN-VAR-001") == [("r", "warning")]
    assert found(output, "BPMN-VAR-001") == []
    assert found("", "BPMN-VAR-001") == []
    assert found("", "BPMN-VAR-002") == [("r", "warning")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("plain", set()),
        ("${a + b.c[d]}", {"a", "b", "d"}),
        ("${f(x) ? y : z}", {"x", "y", "z"}),
        ("a ${execution.getVariable('k')} #{b}", None),
        ("${not empty list}", {"list"}),
    ],
)
def test_the_free_names_of_juel(text: str, names: set[str] | None) -> None:
    if names is None:
        with pytest.raises(juel.ExpressionSyntaxError):
            juel_names(text)
        return
    assert juel_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + b.c", {"a", "b"}),
        ("for x in list return x * factor", {"list", "factor"}),
        ("some x in a satisfies x > y", {"a", "y"}),
        ("{a: 1, b: a + c}", {"c"}),
        ("items[price > limit]", {"items"}),
        ("if p then q else r", {"p", "q", "r"}),
        ("sum(list)", {"list"}),
        ("function(x) x + y", {"y"}),
        ("for x in 1..n return partial", {"n"}),
        ("x between low and high", {"x", "low", "high"}),
    ],
)
def test_the_free_names_of_feel(text: str, names: set[str]) -> None:
    assert feel_names(text) == names


def test_the_free_names_of_malformed_feel_are_refused() -> None:
    with pytest.raises(feel.ExpressionSyntaxError):
        feel_names("a +")
