"""What a scenario can not say of cases: depth, endless repetition, rollback, refusals by name."""

from itertools import pairwise

import pytest

from simulator.cmmn.lifecycle import CASE_INSTANCE, MILESTONES, STAGE_OR_TASK, Transitions
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.case_definitions import CaseDefinition
from simulator.engine.clock import VirtualClock
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import DeploymentRefused
from simulator.kernel.apply import replay
from simulator.kernel.failures import EndlessRun, ModelFailure
from simulator.kernel.plan_items import NEW, item_of
from simulator.kernel.state import Instance

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/cmmn" '
    'targetNamespace="http://example.org/cases"'
)
TASK = '<humanTask id="h"/>'


@pytest.fixture
def engine() -> ProcessEngine:
    return ProcessEngine(CAMUNDA_7, VirtualClock(0), events_at_most=200_000)


def model(plan: str, more: str = "") -> bytes:
    case = f'<case id="c" camunda:historyTimeToLive="1"><casePlanModel id="plan">{plan}</casePlanModel>{more}</case>'
    return f"<definitions {NAMESPACES}>{case}</definitions>".encode()


def deploy(engine: ProcessEngine, plan: str) -> CaseDefinition:
    return engine.deploying.deploy({"m.cmmn": model(plan)}).deployment.cases[0]


def open_tasks(engine: ProcessEngine) -> list[str]:
    return [work.node.id for work in engine.state.work.values()]


def snapshot(instance: Instance) -> list[object]:
    """All that a case instance is, as plain values."""
    return [
        (
            each.key,
            each.node and each.node.id,
            dict(each.variables or {}),
            item_of(each).state,
            sorted(item_of(each).marks),
        )
        for each in instance.execution.subtree()
    ]


def test_a_long_chain_of_plain_tasks_runs_without_the_stack(engine: ProcessEngine) -> None:
    names = [f"p{number}" for number in range(500)]
    items = "".join(
        f'<planItem id="{name}" definitionRef="t">'
        + (f'<entryCriterion sentryRef="s_{name}"/>' if name != "p0" else "")
        + "</planItem>"
        for name in names
    )
    sentries = "".join(
        f'<sentry id="s_{after}"><planItemOnPart sourceRef="{before}"><standardEvent>complete</standardEvent>'
        "</planItemOnPart></sentry>"
        for before, after in pairwise(names)
    )

    instance = engine.cases.create(deploy(engine, items + sentries + '<task id="t"/>'), {})

    assert engine.cases.state_of(instance) == "completed"


def test_stages_in_stages_run_without_the_stack(engine: ProcessEngine) -> None:
    depth = 2000
    stages = "".join(
        f'<stage id="st{n}"><planItem id="p{n + 1}" definitionRef="{f"st{n + 1}" if n + 1 < depth else "h"}"/></stage>'
        for n in range(depth)
    )
    definition = deploy(engine, f'<planItem id="p0" definitionRef="st0"/>{stages}{TASK}')

    instance = engine.cases.create(definition, {})
    engine.complete(next(iter(engine.state.work.values())), {})

    assert engine.cases.state_of(instance) == "completed"


def test_a_plain_task_that_repeats_for_ever_is_stopped_and_leaves_nothing(engine: ProcessEngine) -> None:
    rule = '<itemControl><repetitionRule id="r"/></itemControl>'
    definition = deploy(engine, f'<planItem id="p" definitionRef="t">{rule}</planItem><task id="t"/>')
    engine.events_at_most = 2000

    with pytest.raises(EndlessRun):
        engine.cases.create(definition, {"x": 1}, business_key="bk")

    assert not engine.cases.state.executions
    assert not engine.cases.state.instances
    assert not engine.cases.state.business


def test_a_failed_command_leaves_the_case_as_it_was(engine: ProcessEngine) -> None:
    rule = "<itemControl><repetitionRule><condition>${unknown}</condition></repetitionRule></itemControl>"
    instance = engine.cases.create(
        deploy(engine, f'<planItem id="p" definitionRef="h">{rule}</planItem>{TASK}'), {"x": 1}
    )
    before = snapshot(instance)
    task = next(iter(engine.state.work.values()))

    with pytest.raises(ModelFailure):
        engine.complete(task, {"y": 2})

    assert snapshot(engine.cases.state.instances[instance.key]) == before
    assert open_tasks(engine) == ["p"]


def test_replay_gives_the_same_case(engine: ProcessEngine) -> None:
    sentry = '<sentry id="s"><planItemOnPart sourceRef="a"><standardEvent>complete</standardEvent></planItemOnPart>'
    both = (
        sentry
        + '<planItemOnPart sourceRef="b"><standardEvent>complete</standardEvent></planItemOnPart></sentry>'
    )
    items = "".join(f'<planItem id="{name}" definitionRef="h"/>' for name in "ab")
    waiting = '<planItem id="z" definitionRef="h"><entryCriterion sentryRef="s"/></planItem>'
    instance = engine.cases.create(deploy(engine, items + waiting + both + TASK), {"x": 1})
    engine.complete(next(iter(engine.state.work.values())), {"y": 2})
    before, root = snapshot(instance), instance.root

    replay(root, len(root.log))

    assert snapshot(engine.cases.state.instances[instance.key]) == before
    assert open_tasks(engine) == ["b"]


@pytest.mark.parametrize(
    ("plan", "what"),
    [
        ('<planItem id="p" definitionRef="d"/><processTask id="d"/>', "process tasks"),
        ('<planItem id="p" definitionRef="d"/><caseTask id="d"/>', "case tasks"),
        ('<planItem id="p" definitionRef="d"/><decisionTask id="d"/>', "decision tasks"),
        (
            '<planItem id="p" definitionRef="d"/><humanTask id="d"><extensionElements><camunda:taskListener/>'
            "</extensionElements></humanTask>",
            "task listeners",
        ),
        (
            '<planItem id="p" definitionRef="d"/><humanTask id="d" camunda:assignee="${caseExecution.id}"/>',
            "expressions with caseExecution",
        ),
    ],
)
def test_what_a_live_engine_runs_and_this_does_not_is_refused_by_name(
    engine: ProcessEngine, plan: str, what: str
) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        deploy(engine, plan)

    assert [problem.message for problem in refused.value.problems] == [f"the simulator does not run {what}"]
    assert not list(engine.cases.definitions.present())


def test_plan_items_that_multiply_are_refused(engine: ProcessEngine) -> None:
    stages = "".join(
        f'<stage id="st{n}">'
        + "".join(f'<planItem id="p{n}_{k}" definitionRef="st{n + 1}"/>' for k in range(10))
        + "</stage>"
        for n in range(8)
    )

    with pytest.raises(DeploymentRefused) as refused:
        deploy(engine, f'<planItem id="p" definitionRef="st0"/>{stages}<stage id="st8"/>')

    assert "more than 100,000 plan items" in refused.value.problems[0].message


@pytest.mark.parametrize("table", [STAGE_OR_TASK, MILESTONES, CASE_INSTANCE])
def test_every_state_of_a_lifecycle_can_be_reached(table: Transitions) -> None:
    reached = {NEW}
    while more := {target for (state, _), target in table.items() if state in reached} - reached:
        reached |= more

    assert {state for state, _ in table} <= reached
