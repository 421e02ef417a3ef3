from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.small_models import Drawn, models

from simulator.analysis.checking import check_start
from simulator.analysis.finding import Severity
from simulator.analysis.reading import read_model
from simulator.analysis.starting.instruction import StartInstruction
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import VirtualClock
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.executions.instructions import Instruction
from simulator.kernel.refusals import InstructionRefused


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
    return None


@st.composite
def starts_of_models(draw: st.DrawFn) -> tuple[Drawn, list[tuple[str, str]]]:
    model = draw(models())
    one = st.one_of(
        st.tuples(st.sampled_from(["before", "before", "after"]), st.sampled_from([*model.ids * 6, "unknown"])),
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
