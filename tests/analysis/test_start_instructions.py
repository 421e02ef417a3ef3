from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.analysis.checking import check_start
from simulator.analysis.finding import Severity
from simulator.analysis.reading import read_model
from simulator.analysis.starting.instruction import StartInstruction
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import VirtualClock
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.executions.instructions import Instruction
from simulator.kernel.failures import ModelFailure
from simulator.kernel.refusals import InstructionRefused
from tests.analysis.small_models import Drawn, flows, models, process


def judge(content: bytes, *instructions: str, dialect: str = "camunda7") -> dict[str, str]:
    """The codes that instructions such as `before:task` get, each with its severity."""
    graph = read_model(content).processes[0]
    read = [StartInstruction(*text.split(":")) for text in instructions]
    return {each.code: each.severity.value for each in check_start(graph, read, dialect)}


def starts(content: bytes, instructions: list[tuple[str, str]]) -> str | None:
    """Start a process in the simulator's engine; why it refuses, None where it starts."""
    engine = ProcessEngine(CAMUNDA_7, VirtualClock(0))
    definition = engine.deploying.deploy({"model.bpmn": content}).deployment.definitions[0]
    written = tuple(Instruction(kind=kind, element=element) for kind, element in instructions)
    try:
        engine.start_process(definition, {}, instructions=written)
    except InstructionRefused as refused:
        return f"{refused.reason} {refused.element}"
    except ModelFailure as failure:
        return str(failure)
    return None


@st.composite
def starts_of_models(draw: st.DrawFn) -> tuple[Drawn, list[tuple[str, str]]]:
    model = draw(models())
    one = st.one_of(
        st.tuples(
            st.sampled_from(["before", "before", "after"]), st.sampled_from([*model.ids * 6, "unknown"])
        ),
        st.tuples(st.just("transition"), st.sampled_from([*model.flow_ids * 6, "unknown"])),
    )
    return model, draw(st.lists(one, min_size=1, max_size=4))


@settings(max_examples=300, deadline=None)
@given(starts_of_models())
def test_what_check_accepts_the_engine_starts_and_what_it_refuses_the_engine_refuses(
    case: tuple[Drawn, list[tuple[str, str]]],
) -> None:
    model, instructions = case
    graph = read_model(model.content).processes[0]

    found = check_start(graph, [StartInstruction(*each) for each in instructions], "camunda7")
    refusal = starts(model.content, instructions)

    if any(each.code == "BPMN-START-008" for each in found):
        return
    refused = [each.text for each in found if each.severity is Severity.ERROR]
    assert bool(refused) == (refusal is not None), (refused, refusal, model.content.decode())


NESTED = process(
    '<startEvent id="s"/><subProcess id="sub"><startEvent id="i"/><userTask id="inner"/>'
    + flows("i > inner")
    + '</subProcess><userTask id="after"/><parallelGateway id="split"/><userTask id="left"/>'
    '<userTask id="right"/><parallelGateway id="join"/><endEvent id="e"/>'
    + flows("s > sub > after > split > left > join > e", "split > right > join")
)
RACE = process(
    '<startEvent id="s"/><eventBasedGateway id="g"/><endEvent id="e"/>'
    + "".join(
        f'<intermediateCatchEvent id="c{n}"><signalEventDefinition signalRef="go"/></intermediateCatchEvent>'
        for n in (1, 2)
    )
    + flows("s > g > c1 > e", "g > c2 > e"),
    around='<signal id="go" name="go"/>',
)


def looping(sequential: bool) -> bytes:
    loop = f'<multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"/>'
    return process(
        f'<startEvent id="s"/><subProcess id="sub">{loop}<startEvent id="i"/><userTask id="inner"/>'
        + flows("i > inner")
        + '</subProcess><userTask id="t"/>'
        + flows("s > sub > t")
    )


def test_a_target_exists_and_a_flow_is_no_activity() -> None:
    assert judge(NESTED, "before:nobody") == {"BPMN-START-001": "error"}
    assert judge(NESTED, "before:s-sub") == {"BPMN-START-001": "error"}
    assert judge(NESTED, "transition:sub") == {"BPMN-START-001": "error"}
    assert judge(NESTED, "before:p") == {"BPMN-START-001": "error"}
    assert judge(NESTED, "before:inner") == {}
    assert judge(NESTED, "transition:s-sub") == {}


def test_after_needs_exactly_one_outgoing_flow() -> None:
    assert judge(NESTED, "after:split") == {"BPMN-START-002": "error"}
    assert judge(NESTED, "after:e") == {"BPMN-START-003": "error"}
    assert judge(NESTED, "after:sub") == {}


def test_camunda_7_does_not_build_the_flows_of_an_event_based_gateway() -> None:
    assert judge(RACE, "after:g") == {"BPMN-START-003": "error"}
    assert judge(RACE, "transition:g-c1") == {"BPMN-START-001": "error"}
    assert judge(RACE, "transition:s-g") == {}


def test_two_instances_of_a_scope_make_a_later_target_inside_it_ambiguous() -> None:
    assert judge(NESTED, "before:sub", "before:sub", "before:inner") == {"BPMN-START-007": "error"}
    assert starts(NESTED, [("before", "sub"), ("before", "sub"), ("before", "inner")]) is not None
    assert judge(NESTED, "before:sub", "before:inner", "before:inner") == {}
    assert starts(NESTED, [("before", "sub"), ("before", "inner"), ("before", "inner")]) is None


def test_whether_conditions_make_a_target_ambiguous_is_a_warning() -> None:
    choice = (
        '<startEvent id="s"/><exclusiveGateway id="g"/><subProcess id="sub"><startEvent id="i"/>'
        '<userTask id="inner"/>'
        + flows("i > inner")
        + '</subProcess><userTask id="t"/>'
        + flows("s > g > sub", "g > t")
    )

    assert judge(process(choice), "before:g", "before:inner") == {"BPMN-START-008": "warning"}


def test_one_token_at_a_join_waits_and_two_fire_it() -> None:
    assert judge(NESTED, "before:join") == {"BPMN-START-010": "warning"}
    assert judge(NESTED, "before:join", "transition:left-join") == {}
    assert judge(NESTED, "before:join", "before:left") == {}


def test_an_interrupting_event_started_first_leaves_an_instance_that_never_ends() -> None:
    assert judge(RACE, "before:c1") == {"BPMN-START-011": "warning"}
    assert judge(RACE, "before:g", "before:c1") == {}


def test_a_sequential_multi_instance_takes_one_instance_and_a_parallel_one_many() -> None:
    assert judge(looping(sequential=True), "before:sub", "before:sub") == {"BPMN-START-004": "error"}
    assert judge(looping(sequential=True), "before:inner", "before:inner") == {}
    assert judge(looping(sequential=False), "before:sub#multiInstanceBody") == {}
    assert judge(looping(sequential=False), "after:sub") == {"BPMN-START-003": "error"}
    assert judge(looping(sequential=False), "after:sub#multiInstanceBody") == {}


def test_camunda_7_takes_no_instruction_once_all_has_ended_at_a_scope_without_outgoing_flow() -> None:
    inner = '<startEvent id="i"/><task id="t"/>' + flows("i > t")
    last = f'<startEvent id="s"/><subProcess id="sub">{inner}</subProcess><userTask id="u"/>' + flows(
        "s > sub"
    )
    led_on = last + '<endEvent id="e"/>' + flows("sub > e")

    assert judge(process(last), "before:t", "before:u") == {"BPMN-START-013": "error"}
    assert judge(process(last), "before:u", "before:t", "before:u") == {}
    assert judge(process(led_on), "before:t", "before:u") == {}


def test_the_execution_that_an_interrupting_event_started_first_leaves_behind_keeps_the_tree() -> None:
    inner = '<startEvent id="i"/>'
    content = (
        '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="a">'
        '<signalEventDefinition signalRef="go"/></boundaryEvent>'
        f'<subProcess id="sub">{inner}</subProcess>' + flows("s > a", "b > sub")
    )
    model = process(content, around='<signal id="go" name="go"/>')

    assert judge(model, "before:b", "before:b") == {"BPMN-START-011": "warning"}
    assert starts(model, [("before", "b"), ("before", "b")]) is None


def test_a_compensation_boundary_event_is_no_target() -> None:
    model = process(
        '<startEvent id="s"/><userTask id="t"/><boundaryEvent id="b" attachedToRef="t">'
        "<compensateEventDefinition/></boundaryEvent>" + flows("s > t")
    )

    assert judge(model, "before:b") == {"BPMN-START-006": "error"}


def test_camunda_8_starts_before_elements_outside_of_loops_and_gateways_only() -> None:
    def codes(content: bytes, instruction: str) -> list[str]:
        return list(judge(content, instruction, dialect="camunda8"))

    assert codes(NESTED, "before:inner") == []
    assert codes(NESTED, "before:join") == []
    assert codes(NESTED, "before:nobody") == ["BPMN-START-001"]
    assert codes(NESTED, "before:s") == ["BPMN-START-006"]
    assert codes(NESTED, "before:s-sub") == ["BPMN-START-006"]
    assert codes(NESTED, "after:sub") == ["BPMN-START-009"]
    assert codes(looping(sequential=False), "before:sub") == []
    assert codes(looping(sequential=False), "before:inner") == ["BPMN-START-004"]
    assert codes(RACE, "before:c1") == ["BPMN-START-005"]


def test_camunda_8_runs_no_input_mappings_of_scopes_around_the_target() -> None:
    mapping = (
        '<extensionElements><z:ioMapping xmlns:z="http://camunda.org/schema/zeebe/1.0">'
        '<z:input source="=1" target="x"/></z:ioMapping></extensionElements>'
    )
    mapped = NESTED.replace(b'<subProcess id="sub">', f'<subProcess id="sub">{mapping}'.encode())

    assert judge(mapped, "before:inner", dialect="camunda8") == {"BPMN-START-012": "warning"}
    assert judge(mapped, "before:sub", dialect="camunda8") == {}
