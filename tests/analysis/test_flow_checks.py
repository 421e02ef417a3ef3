from hypothesis import given, settings

from simulator.analysis.finding import Severity
from tests.analysis.judging import findings, where
from tests.analysis.small_models import Drawn, flows, models, process

PLAIN = '<startEvent id="s"/><task id="a"/><endEvent id="e"/>'


def test_a_plain_process_has_no_findings() -> None:
    model = process(PLAIN + flows("s > a > e"))

    found = findings(model)

    assert [(each.code, each.element) for each in found] == []


@settings(max_examples=100, deadline=None)
@given(models())
def test_models_of_well_nested_blocks_have_no_errors(model: Drawn) -> None:
    found = findings(model.content, dialect="camunda7") + findings(model.content)

    assert [each for each in found if each.severity is Severity.ERROR] == []


def test_a_node_no_flow_leads_to_is_unreachable_and_its_inside_is_not_told_again() -> None:
    lost = '<subProcess id="lost"><startEvent id="i"/><endEvent id="o"/>' + flows("i > o") + "</subProcess>"
    model = process(PLAIN + lost + flows("s > a > e"))

    assert where("BPMN-REACH-001", model) == [("lost", "warning")]


def test_what_a_boundary_event_a_link_or_a_handlers_association_leads_to_is_reached() -> None:
    model = process(
        PLAIN + '<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition/></boundaryEvent>'
        '<intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>'
        '<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent>'
        '<boundaryEvent id="k" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
        '<task id="undo" isForCompensation="true"/><association id="x" sourceRef="k" targetRef="undo"/>'
        '<endEvent id="e2"/>' + flows("s > a > e", "b > t", "c > e2")
    )

    assert where("BPMN-REACH-001", model) == []


def test_a_process_without_start_event_starts_wherever_no_flow_leads() -> None:
    model = process('<task id="a"/><task id="b"/>' + flows("a > b"))

    assert where("BPMN-REACH-001", model) == []


def test_a_closed_loop_traps_its_nodes() -> None:
    loop = '<startEvent id="s"/><userTask id="a"/><userTask id="b"/>' + flows("s > a > b > a")

    assert where("BPMN-REACH-002", process(loop)) == [("s", "error"), ("a", "error"), ("b", "error")]


def test_a_closed_loop_that_a_boundary_event_around_it_can_end_is_no_trap() -> None:
    inner = '<startEvent id="i"/><userTask id="w"/>' + flows("i > w") + flows("w > w")
    model = process(
        f'<startEvent id="s"/><subProcess id="sub">{inner}</subProcess>'
        '<boundaryEvent id="b" attachedToRef="sub"><timerEventDefinition/></boundaryEvent><endEvent id="e"/>'
        + flows("s > sub > e", "b > e")
    )

    assert where("BPMN-REACH-002", model) == []


def test_a_task_without_outgoing_flow_is_an_implicit_end() -> None:
    assert where("BPMN-REACH-003", process('<startEvent id="s"/><task id="a"/>' + flows("s > a"))) == [
        ("a", "info")
    ]
    assert where("BPMN-REACH-003", process(PLAIN + flows("s > a > e"))) == []


def test_a_flow_to_nowhere_dangles_and_names_its_line() -> None:
    model = process(PLAIN + flows("s > a > e") + '\n<sequenceFlow id="f" sourceRef="a" targetRef="x"/>')

    found = [each for each in findings(model) if each.code == "BPMN-FLOW-001"]

    assert [(each.element, each.line, each.severity) for each in found] == [("f", 5, Severity.ERROR)]
    assert "'x'" in found[0].text


def test_a_flow_into_a_subprocess_crosses_its_border() -> None:
    sub = '<subProcess id="sub"><startEvent id="i"/><task id="t"/>' + flows("i > t") + "</subProcess>"
    good = process(PLAIN + sub + flows("s > a > sub > e"))
    bad = process(PLAIN + sub + flows("s > a > sub > e", "a > t"))

    assert where("BPMN-FLOW-002", bad) == [("a-t", "error")]
    assert where("BPMN-FLOW-002", good) == []


def test_no_flow_leads_into_a_start_or_out_of_an_end() -> None:
    bad = process(PLAIN + flows("s > a > e", "a > s", "e > a"))

    assert where("BPMN-FLOW-003", bad) == [("a-s", "error"), ("e-a", "error")]
    assert where("BPMN-FLOW-003", process(PLAIN + flows("s > a > e"))) == []


def test_an_id_used_twice_is_told_at_its_second_place() -> None:
    bad = process(PLAIN + '<task id="a"/>' + flows("s > a > e"))

    assert where("BPMN-FLOW-004", bad) == [("a", "error")]
    assert where("BPMN-FLOW-004", process(PLAIN + flows("s > a > e"))) == []


def test_an_event_subprocess_takes_no_flows() -> None:
    inner = '<startEvent id="i"><timerEventDefinition/></startEvent>'
    sub = f'<subProcess id="sub" triggeredByEvent="true">{inner}</subProcess>'

    assert where("BPMN-FLOW-005", process(PLAIN + sub + flows("s > a > sub", "a > e"))) == [
        ("a-sub", "error")
    ]
    assert where("BPMN-FLOW-005", process(PLAIN + sub + flows("s > a > e"))) == []
