"""Models that would hurt an engine that trusts them: each is stopped by a limit, with a clear message."""

from itertools import pairwise

import pytest

from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import VirtualClock
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import DeploymentRefused
from simulator.kernel.failures import EndlessRun
from tests.kernel.models import HEAD, TASKS

PROCESS = '<process id="{key}" isExecutable="true" camunda:historyTimeToLive="1">{content}</process>'


def model(content: str, key: str = "model") -> bytes:
    return f"{HEAD}{PROCESS.format(key=key, content=content)}</definitions>".encode()


@pytest.fixture
def engine() -> ProcessEngine:
    return ProcessEngine(CAMUNDA_7, VirtualClock(0), events_at_most=20_000)


def refused(engine: ProcessEngine, content: bytes) -> DeploymentRefused:
    with pytest.raises(DeploymentRefused) as caught:
        engine.deploying.deploy({"hostile.bpmn": content})
    return caught.value


def test_an_entity_bomb_is_refused_without_being_expanded(engine: ProcessEngine) -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><definitions>&a9;</definitions>'.encode()

    problem = refused(engine, bomb)

    assert problem.kind == "xml"


def test_an_external_entity_is_never_read(engine: ProcessEngine) -> None:
    outside = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><definitions>&file;</definitions>'

    problem = refused(engine, outside)

    assert problem.kind == "xml"
    assert "root:" not in problem.message


def test_ten_thousand_levels_of_nesting_are_refused(engine: ProcessEngine) -> None:
    deep = b"<definitions>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</definitions>"

    problem = refused(engine, deep)

    assert "256 levels" in problem.message


def test_a_file_over_the_limit_of_size_is_refused_with_both_numbers(engine: ProcessEngine) -> None:
    large = model("<!--" + "x" * (10 * 1024 * 1024) + "-->")

    problem = refused(engine, large)

    assert "at most 10,485,760" in problem.message


def test_broken_xml_is_refused_with_what_the_parser_saw(engine: ProcessEngine) -> None:
    problem = refused(engine, b"<definitions>\n<process>\n</definitions>")

    assert "process" in problem.message


def test_a_loop_without_a_wait_state_stops_at_the_limit_and_leaves_nothing(engine: ProcessEngine) -> None:
    flows = (("start", "merge"), ("merge", "again"), ("again", "merge"))
    content = (
        '<startEvent id="start"/><exclusiveGateway id="merge"/>'
        + TASKS["task"].format(id='"again"')
        + "".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in flows)
    )
    deployed = engine.deploying.deploy({"loop.bpmn": model(content)})

    with pytest.raises(EndlessRun, match="20,000 steps"):
        engine.start_process(deployed.deployment.definitions[0], {})

    assert engine.state.instances == {}
    assert engine.state.roots == {}


def test_processes_that_call_each_other_for_ever_stop_at_the_limit_and_leave_nothing(
    engine: ProcessEngine,
) -> None:
    content = (
        '<startEvent id="start"/><callActivity id="call" calledElement="model"/>'
        '<sequenceFlow id="flow" sourceRef="start" targetRef="call"/>'
    )
    deployed = engine.deploying.deploy({"cycle.bpmn": model(content)})

    with pytest.raises(EndlessRun, match="calls inside each other"):
        engine.start_process(deployed.deployment.definitions[0], {})

    assert engine.state.instances == {}
    assert engine.state.executions == {}


def test_a_chain_of_ten_thousand_tasks_is_read_and_run_without_recursion() -> None:
    engine = ProcessEngine(CAMUNDA_7, VirtualClock(0))
    names = ["start", *(f"t{place}" for place in range(10_000)), "end"]
    tasks = "".join(TASKS["expression"].format(id=f'"{name}"') for name in names[1:-1])
    flows = "".join(
        f'<sequenceFlow id="f{place}" sourceRef="{a}" targetRef="{b}"/>'
        for place, (a, b) in enumerate(pairwise(names))
    )
    content = f'<startEvent id="start"/>{tasks}<endEvent id="end"/>{flows}'
    deployed = engine.deploying.deploy({"chain.bpmn": model(content)})

    instance = engine.start_process(deployed.deployment.definitions[0], {})

    assert instance.how == "completed"
