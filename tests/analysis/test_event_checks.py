import pytest

from tests.analysis.judging import where
from tests.analysis.small_models import definitions, flows, process

TASK = '<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + flows("s > a > e")
TIMER = "<timerEventDefinition><{0}>{1}</{0}></timerEventDefinition>"


def boundary(content: str, attributes: str = 'attachedToRef="a"') -> str:
    return f'<boundaryEvent id="b" {attributes}>{content}</boundaryEvent><endEvent id="x"/>' + flows("b > x")


def test_a_boundary_event_is_attached_to_an_activity_of_its_scope() -> None:
    timer = TIMER.format("timeDuration", "PT1H")
    inside = '<subProcess id="sub"><task id="inner"/></subProcess>' + flows("s > sub")

    assert where("BPMN-EVENT-001", process(TASK + boundary(timer, ""))) == [("b", "error")]
    assert where("BPMN-EVENT-001", process(TASK + boundary(timer, 'attachedToRef="s"'))) == [("b", "error")]
    far = process(TASK + inside + boundary(timer, 'attachedToRef="inner"'))
    assert where("BPMN-EVENT-001", far) == [("b", "error")]
    assert where("BPMN-EVENT-001", process(TASK + boundary(timer))) == []


def test_a_reference_is_to_something_declared() -> None:
    event = boundary('<messageEventDefinition messageRef="m"/>')

    assert where("BPMN-EVENT-002", process(TASK + event)) == [("b", "error")]
    assert where("BPMN-EVENT-002", process(TASK + event, around='<message id="m" name="m"/>')) == []


def link(kind: str, identity: str, name: str) -> str:
    return f'<{kind} id="{identity}"><linkEventDefinition name="{name}"/></{kind}>'


def test_a_link_has_exactly_one_catching_half_and_somebody_throws_it() -> None:
    throw, catch = link("intermediateThrowEvent", "t", "L"), link("intermediateCatchEvent", "c", "L")
    second = link("intermediateCatchEvent", "d", "L")
    start = '<startEvent id="s"/>' + flows("s > t")
    rest = '<endEvent id="e"/>' + flows("c > e")

    assert where("BPMN-EVENT-003", process(start + throw)) == [("t", "error")]
    assert where("BPMN-EVENT-003", process(start + throw + catch + second + rest)) == [("t", "error")]
    assert where("BPMN-EVENT-003", process(catch + rest)) == [("c", "warning")]
    assert where("BPMN-EVENT-003", process(start + throw + catch + rest)) == []


@pytest.mark.parametrize(
    ("kind", "text", "readable"),
    [
        ("timeDuration", "1 hour", False),
        ("timeDuration", "PT1H", True),
        ("timeDuration", "${wait}", True),
        ("timeDuration", "=wait", True),
        ("timeDate", "tomorrow", False),
        ("timeDate", "2026-01-01T00:00:00Z", True),
        ("timeCycle", "always", False),
        ("timeCycle", "R3/PT10H", True),
        ("timeCycle", "0 0 12 * * ?", True),
    ],
)
def test_a_timer_is_written_in_iso_8601_or_as_an_expression(kind: str, text: str, readable: bool) -> None:
    model = process(TASK + boundary(TIMER.format(kind, text), 'attachedToRef="a" cancelActivity="false"'))

    assert where("BPMN-EVENT-004", model) == ([] if readable else [("b", "error")])


def test_a_cycle_on_an_interrupting_timer_never_comes_round() -> None:
    cycle = TIMER.format("timeCycle", "R3/PT10H")
    once, often = boundary(cycle), boundary(cycle, 'attachedToRef="a" cancelActivity="false"')

    assert where("BPMN-EVENT-005", process(TASK + once)) == [("b", "warning")]
    assert where("BPMN-EVENT-005", process(TASK + once), dialect="camunda8") == [("b", "error")]
    assert where("BPMN-EVENT-005", process(TASK + often)) == []


def test_two_events_at_one_activity_wait_for_different_messages() -> None:
    def model(second: str) -> bytes:
        events = "".join(
            f'<boundaryEvent id="{b}" attachedToRef="a"><messageEventDefinition messageRef="{m}"/></boundaryEvent>'
            for b, m in (("b1", "m"), ("b2", second))
        )
        return process(TASK + events, around='<message id="m" name="m"/><message id="n" name="n"/>')

    assert where("BPMN-EVENT-006", model("m")) == [("b2", "warning")]
    assert where("BPMN-EVENT-006", model("n")) == []


def thrower(kind: str, catcher: str = "") -> bytes:
    """A subprocess that ends in an error or escalation, with something attached to it."""
    end = f'<endEvent id="bang"><{kind}EventDefinition {kind}Ref="E"/></endEvent>'
    inner = '<startEvent id="i"/>' + end + flows("i > bang")
    return process(
        f'<startEvent id="s"/><subProcess id="sub">{inner}</subProcess><endEvent id="e"/>'
        + catcher
        + flows("s > sub > e"),
        around=f'<{kind} id="E" name="E" {kind}Code="42"/><{kind} id="F" name="F" {kind}Code="43"/>',
    )


@pytest.mark.parametrize(("kind", "code"), [("error", "BPMN-ERROR-001"), ("escalation", "BPMN-ERROR-002")])
def test_what_is_thrown_is_caught_around_by_its_code_or_by_a_catcher_of_all(kind: str, code: str) -> None:
    def catcher(attributes: str) -> str:
        event = f"<{kind}EventDefinition {attributes}/>"
        return f'<boundaryEvent id="b" attachedToRef="sub">{event}</boundaryEvent>'

    assert [element for element, _ in where(code, thrower(kind))] == ["bang"]
    assert [element for element, _ in where(code, thrower(kind, catcher(f'{kind}Ref="F"')))] == ["bang"]
    assert where(code, thrower(kind, catcher(f'{kind}Ref="E"'))) == []
    assert where(code, thrower(kind, catcher(""))) == []


def test_an_error_is_caught_by_an_event_subprocess() -> None:
    start = '<startEvent id="i2"><errorEventDefinition/></startEvent>'
    catcher = f'<subProcess id="es" triggeredByEvent="true">{start}</subProcess>'

    assert where("BPMN-ERROR-001", thrower("error", catcher)) == []


def caller(caught: bool) -> bytes:
    event = (
        '<boundaryEvent id="b" attachedToRef="c"><errorEventDefinition/></boundaryEvent>' if caught else ""
    )
    return process(
        '<startEvent id="s"/><callActivity id="c" calledElement="p"/><endEvent id="e"/>'
        + event
        + flows("s > c > e"),
        key="outer",
    )


def test_an_error_is_caught_by_the_call_activities_of_all_models_given() -> None:
    assert where("BPMN-ERROR-001", thrower("error"), caller(caught=False)) == [("bang", "warning")]
    assert where("BPMN-ERROR-001", thrower("error"), caller(caught=True)) == []


HANDLER = (
    '<boundaryEvent id="k" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
    '<task id="undo" isForCompensation="true"/>'
)
ASSOCIATION = '<association id="x" sourceRef="k" targetRef="undo"/>'
UNDOING = (
    '<startEvent id="s"/><userTask id="a"/><endEvent id="e"><compensateEventDefinition/></endEvent>'
    + flows("s > a > e")
)


def test_compensation_has_something_to_undo() -> None:
    assert where("BPMN-COMP-001", process(UNDOING)) == [("e", "warning")]
    assert where("BPMN-COMP-001", process(UNDOING + HANDLER + ASSOCIATION)) == []


def test_a_compensation_event_is_associated_with_its_handler() -> None:
    assert where("BPMN-COMP-002", process(UNDOING + HANDLER)) == [("k", "warning")]
    assert where("BPMN-COMP-002", process(UNDOING + HANDLER + ASSOCIATION)) == []


def test_a_handler_has_no_flows_and_is_marked_as_one() -> None:
    wired = process(UNDOING + HANDLER + ASSOCIATION + flows("a > undo"))
    unmarked = process(UNDOING + HANDLER.replace(' isForCompensation="true"', "") + ASSOCIATION)

    assert where("BPMN-COMP-003", wired) == [("undo", "warning")]
    assert where("BPMN-COMP-003", unmarked) == [("undo", "warning")]
    assert where("BPMN-COMP-003", process(UNDOING + HANDLER + ASSOCIATION)) == []


def calling(key: str, called: str, *, avoidable: bool = False) -> bytes:
    around = (
        '<exclusiveGateway id="g"/>' + flows("s > g > c > e", "g > e") if avoidable else flows("s > c > e")
    )
    content = (
        f'<startEvent id="s"/><callActivity id="c" calledElement="{called}"/><endEvent id="e"/>' + around
    )
    return process(content, key=key)


def test_a_called_process_that_is_not_given_is_noted() -> None:
    assert where("BPMN-CALL-001", calling("p", "q")) == [("c", "info")]
    assert where("BPMN-CALL-001", calling("p", "q"), process(TASK, key="q")) == []
    assert where("BPMN-CALL-001", calling("p", "${which}")) == []


def test_a_called_process_has_a_start_that_a_call_can_use() -> None:
    message = process('<startEvent id="s"><messageEventDefinition/></startEvent>', key="q")

    assert where("BPMN-CALL-002", calling("p", "q"), message) == [("c", "error")]
    assert where("BPMN-CALL-002", calling("p", "q"), process(TASK, key="q")) == []


def test_a_process_that_must_call_itself_never_ends_and_one_that_may_is_only_told() -> None:
    assert where("BPMN-CALL-003", calling("p", "p")) == [("c", "error")]
    assert where("BPMN-CALL-003", calling("p", "q"), calling("q", "p")) == [("c", "error"), ("c", "error")]
    assert where("BPMN-CALL-003", calling("p", "p", avoidable=True)) == [("c", "warning")]
    both = where("BPMN-CALL-003", calling("p", "q"), calling("q", "p", avoidable=True))
    assert both == [("c", "warning"), ("c", "warning")]
    assert where("BPMN-CALL-003", calling("p", "q"), process(TASK, key="q")) == []


def test_what_the_engine_has_no_behaviour_for_is_unsupported_in_its_dialect() -> None:
    content = '<startEvent id="s"/><transaction id="t"/><endEvent id="e"/>' + flows("s > t > e")
    ended = '<startEvent id="s"/><endEvent id="e"><cancelEventDefinition/></endEvent>' + flows("s > e")

    assert where("BPMN-SUPPORT-001", process(content), dialect="camunda8") == [("t", "error")]
    assert where("BPMN-SUPPORT-001", process(ended), dialect="camunda8") == [("e", "error")]
    assert where("BPMN-SUPPORT-001", process(content), dialect="camunda7") == []


def test_a_standard_loop_is_read_over_by_both_engines() -> None:
    content = TASK.replace('<userTask id="a"/>', '<userTask id="a"><standardLoopCharacteristics/></userTask>')

    assert where("BPMN-SUPPORT-002", process(content), dialect="camunda7") == [("a", "warning")]
    assert where("BPMN-SUPPORT-002", process(content)) == []
    assert where("BPMN-SUPPORT-002", process(TASK), dialect="camunda7") == []


def test_a_multi_instance_activity_says_over_what_it_runs() -> None:
    def model(inner: str, attributes: str = "") -> bytes:
        loop = f"<multiInstanceLoopCharacteristics {attributes}>{inner}</multiInstanceLoopCharacteristics>"
        return process(TASK.replace('<userTask id="a"/>', f'<userTask id="a">{loop}</userTask>'))

    assert where("BPMN-SUPPORT-003", model("")) == [("a", "error")]
    assert where("BPMN-SUPPORT-003", model("<loopCardinality>3</loopCardinality>")) == []
    assert where("BPMN-SUPPORT-003", model("", 'camunda:collection="items"')) == []


def test_what_the_engine_would_say_at_deployment_is_a_finding() -> None:
    gateway = '<startEvent id="s"/><exclusiveGateway id="g"/>' + flows("s > g")
    sound = process(TASK)

    assert where("BPMN-DEPLOY-001", process(gateway), dialect="camunda7") == [("g", "error")]
    assert where("BPMN-DEPLOY-001", sound, dialect="camunda7") == []
    endless = sound.replace(b'camunda:historyTimeToLive="1"', b"")
    assert where("BPMN-DEPLOY-001", endless, dialect="camunda7") == [("p", "error")]


def test_camunda_8_says_in_its_own_words_what_it_refuses() -> None:
    head = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
    )
    job = '<extensionElements><zeebe:taskDefinition type="work"/></extensionElements>'
    bare = TASK.replace('<userTask id="a"/>', '<serviceTask id="a"></serviceTask>')
    whole = bare.replace("></serviceTask>", f">{job}</serviceTask>")

    assert where("BPMN-DEPLOY-001", process(bare, head=head), dialect="camunda8") == [("a", "error")]
    assert where("BPMN-DEPLOY-001", process(whole, head=head), dialect="camunda8") == []


def test_what_the_engine_ignores_with_a_warning_is_a_warning() -> None:
    model = process(TASK + '<adHocSubProcess id="h"/>')

    assert where("BPMN-DEPLOY-002", model, dialect="camunda7") == [("h", "warning")]
    assert where("BPMN-DEPLOY-002", process(TASK), dialect="camunda7") == []


def test_an_expression_that_does_not_parse_is_told_with_its_element() -> None:
    bad = TASK.replace('id="a"', 'id="a" camunda:assignee="${who"')

    assert where("BPMN-EXPR-001", process(bad), dialect="camunda7") == [("a", "error")]
    assert where("BPMN-DEPLOY-003", process(bad), dialect="camunda7") == [(None, "error")]
    good = process(bad.replace("${who", "${who}"))
    assert where("BPMN-EXPR-001", good, dialect="camunda7") == []
    assert where("BPMN-DEPLOY-003", good, dialect="camunda7") == []


def test_a_process_that_is_not_executable_is_noted() -> None:
    quiet = definitions('<process id="p"><startEvent id="s"/></process>')

    assert where("BPMN-DEPLOY-004", quiet, dialect="camunda7") == [("p", "info")]
    assert where("BPMN-DEPLOY-004", process(TASK), dialect="camunda7") == []


def test_what_the_simulator_alone_does_not_run_is_a_warning() -> None:
    java = TASK.replace('<userTask id="a"/>', '<serviceTask id="a" camunda:class="org.example.Worker"/>')

    assert where("BPMN-SIM-001", process(java), dialect="camunda7") == [("a", "warning")]
    assert where("BPMN-SIM-001", process(TASK), dialect="camunda7") == []
