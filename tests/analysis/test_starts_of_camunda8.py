"""What check says of Camunda 8's start instructions is what the simulator's Camunda 8 does."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.analysis.checking import check_start
from simulator.analysis.finding import Severity
from simulator.analysis.reading import read_model
from simulator.analysis.starting.instruction import StartInstruction
from simulator.dialects.finding import find_dialect
from simulator.engine.camunda8.broker import Broker
from simulator.engine.camunda8.rejections import DeploymentRefused
from simulator.engine.clock import VirtualClock
from simulator.kernel.element_instances.refusals import (
    StartInstructionRefused,
    SubscriptionRefused,
    UnexpectedFailure,
)
from simulator.targets.adapt import adapter_for
from simulator.targets.naming import Names
from simulator.targets.protocol import Model
from tests.analysis.small_models import Drawn, models

TENANT = "<default>"


@st.composite
def starts_of_models(draw: st.DrawFn) -> tuple[Drawn, list[str]]:
    model = draw(models())
    return model, draw(
        st.lists(st.sampled_from([*model.ids * 6, *model.flow_ids, "unknown"]), min_size=1, max_size=4)
    )


def starts(content: bytes, elements: list[str]) -> str | None:
    """Start a process in the simulator's engine; why it refuses, None where it starts."""
    broker = Broker(find_dialect("camunda8"), VirtualClock(0))
    (adapted,) = adapter_for("camunda8", Names()).adapt([Model("model.bpmn", content)])
    try:
        deployment = broker.deploying.deploy([(adapted.name, adapted.content)], TENANT)
    except DeploymentRefused:
        assume(False)
    (definition,) = deployment.definitions
    try:
        broker.create(definition, {}, elements=elements)
    except (StartInstructionRefused, SubscriptionRefused, UnexpectedFailure) as refused:
        return str(refused)
    return None


@settings(max_examples=200, deadline=None)
@given(starts_of_models())
def test_what_check_accepts_camunda_8_starts_and_what_it_refuses_camunda_8_refuses(
    case: tuple[Drawn, list[str]],
) -> None:
    model, elements = case
    graph = read_model(model.content).processes[0]

    found = check_start(graph, [StartInstruction("before", element) for element in elements], "camunda8")
    refusal = starts(model.content, elements)

    refused = [each.text for each in found if each.severity is Severity.ERROR]
    assert bool(refused) == (refusal is not None), (refused, refusal, model.content.decode())
