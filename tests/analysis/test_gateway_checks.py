import pytest

from simulator.analysis.checks.gateways import cover_everything
from tests.analysis.judging import where
from tests.analysis.small_models import flows, process

XSI = "<conditionExpression>{}</conditionExpression>"


def flow(source: str, target: str, condition: str | None = None) -> str:
    inner = "" if condition is None else XSI.format(condition)
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def split(kind: str, *conditions: str | None, default: str = "") -> bytes:
    """A start event, a split into the tasks t1, t2 ... and an end event behind each of them."""
    attribute = f'default="{default}"' if default else ""
    parts = [f'<startEvent id="s"/><{kind} id="g" {attribute}/>' + flows("s > g")]
    for place, condition in enumerate(conditions, 1):
        parts.append(
            f'<userTask id="t{place}"/><endEvent id="e{place}"/>' + flow("g", f"t{place}", condition)
        )
        parts.append(flows(f"t{place} > e{place}"))
    return process("".join(parts))


def race(*kinds: str, extra: str = "") -> bytes:
    """An event-based gateway with what follows it."""
    parts = ['<startEvent id="s"/><eventBasedGateway id="g"/><endEvent id="e"/>' + flows("s > g")]
    for place, kind in enumerate(kinds, 1):
        inner = f"<timerEventDefinition><timeDuration>PT{place}H</timeDuration></timerEventDefinition>"
        content = inner if kind == "intermediateCatchEvent" else ""
        parts.append(f'<{kind} id="c{place}">{content}</{kind}>' + flows(f"g > c{place} > e"))
    return process("".join(parts) + extra)


def test_an_exclusive_gateway_without_way_out_is_an_error_where_the_engine_refuses_it() -> None:
    dead = process('<startEvent id="s"/><exclusiveGateway id="g"/>' + flows("s > g"))

    assert where("BPMN-GW-001", dead) == [("g", "warning")]
    assert where("BPMN-GW-001", dead, dialect="camunda7") == [("g", "error")]
    assert where("BPMN-GW-001", split("exclusiveGateway", "${x}", None)) == []


@pytest.mark.parametrize("kind", ["exclusiveGateway", "inclusiveGateway"])
def test_conditions_without_default_may_leave_a_token_stuck(kind: str) -> None:
    assert where("BPMN-GW-002", split(kind, "${x == 1}", "${x == 2}")) == [("g", "warning")]
    assert where("BPMN-GW-002", split(kind, "${x == 1}", None, default="g-t2")) == []
    assert where("BPMN-GW-002", split(kind, "${x == 1}", "${x != 1}")) == []


@pytest.mark.parametrize(
    ("conditions", "whole"),
    [
        (["${a}", "${!a}"], True),
        (["= a > 5", "= a <= 5"], True),
        (["=ok", "=not(ok)"], True),
        (["${true}", "${b}"], True),
        (["${a > 5}", "${a < 5}"], False),
        (["${a}", "${b}"], False),
        (["${a == 1 && b}", "${a != 1 && b}"], False),
    ],
)
def test_opposite_conditions_cover_every_case(conditions: list[str], whole: bool) -> None:
    assert cover_everything(conditions) is whole


def test_a_default_flow_that_is_the_only_way_out_is_told() -> None:
    assert where("BPMN-GW-003", split("exclusiveGateway", None, default="g-t1")) == [("g-t1", "warning")]
    assert where("BPMN-GW-003", split("exclusiveGateway", "${x}", None, default="g-t2")) == []


def test_an_unconditional_flow_hides_those_behind_it() -> None:
    hiding = split("exclusiveGateway", None, "${x}", None, default="g-t3")

    assert where("BPMN-GW-004", hiding) == [("g-t1", "warning")]
    assert where("BPMN-GW-004", hiding, dialect="camunda8") == [("g-t1", "error")]
    assert where("BPMN-GW-004", split("exclusiveGateway", "${x}", None, default="g-t2")) == []


def test_a_default_flow_with_a_condition_is_told() -> None:
    assert where("BPMN-GW-005", split("exclusiveGateway", "${x}", "${y}", default="g-t2")) == [
        ("g-t2", "warning")
    ]
    assert where("BPMN-GW-005", split("exclusiveGateway", "${x}", None, default="g-t2")) == []


def test_a_condition_behind_a_parallel_gateway_has_no_effect() -> None:
    assert where("BPMN-GW-006", split("parallelGateway", "${x}", None)) == [("g-t1", "warning")]
    assert where("BPMN-GW-006", split("parallelGateway", None, None)) == []


def test_a_condition_behind_a_task_is_undeployable_in_camunda_8_alone() -> None:
    assert where("BPMN-GW-006", split("task", "=x", None), dialect="camunda8") == [("g-t1", "error")]
    assert where("BPMN-GW-006", split("task", "${x}", None), dialect="camunda7") == []


def test_a_default_is_one_of_the_outgoing_flows() -> None:
    assert where("BPMN-GW-007", split("exclusiveGateway", "${x}", None, default="other")) == [("g", "error")]
    assert where("BPMN-GW-007", split("exclusiveGateway", "${x}", None, default="g-t2")) == []


def test_an_event_based_gateway_needs_two_events() -> None:
    catch = "intermediateCatchEvent"

    assert where("BPMN-GW-008", race(catch)) == [("g", "warning")]
    assert where("BPMN-GW-008", race(catch), dialect="camunda8") == [("g", "error")]
    assert where("BPMN-GW-008", race(catch, catch)) == []


def test_an_event_based_gateway_leads_to_events_only() -> None:
    catch = "intermediateCatchEvent"

    assert where("BPMN-GW-009", race(catch, "userTask")) == [("g-c2", "error")]
    assert where("BPMN-GW-009", race(catch, "receiveTask"), dialect="camunda7") == [("g-c2", "error")]
    assert where("BPMN-GW-009", race(catch, "receiveTask")) == []


def test_an_awaited_event_has_no_other_way_in() -> None:
    catch = "intermediateCatchEvent"
    extra = '<task id="a"/>' + flows("c1 > a > c2")

    assert where("BPMN-GW-010", race(catch, catch, extra=extra)) == [("c2", "error")]
    assert where("BPMN-GW-010", race(catch, catch)) == []
