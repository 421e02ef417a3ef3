"""Drawings of models: from the diagram part, in layers without one, coloured by the path."""

from pathlib import Path

from simulator.report.page.diagram import read_picture
from simulator.report.page.drawings import trail_in
from simulator.report.page.picture import Picture
from simulator.report.page.svg import Trail, draw, extent
from simulator.results.events import PathSeen
from tests.miniatures.writing import MODEL

BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
DI = (
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:d="http://www.omg.org/spec/DD/20100524/DI"'
)


def picture(content: str) -> Picture:
    found = read_picture("x.bpmn", content)
    assert found is not None
    return found


def order() -> Picture:
    return picture(MODEL.read_text(encoding="utf-8"))


def test_layers_follow_the_distance_from_the_start() -> None:
    places = {shape.element: shape.middle for shape in order().shapes}

    columns = [places[name][0] for name in ("placed", "split", "check", "join", "sent")]
    assert columns == sorted(set(columns))
    assert places["check"][0] == places["pack"][0]
    assert places["check"][1] != places["pack"][1]


def test_a_loop_and_an_island_are_laid_out_too() -> None:
    drawn = picture(
        f'<definitions {BPMN}><process id="p"><task id="a"/><task id="b"/><task id="island"/>'
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"/><sequenceFlow id="g" sourceRef="b" targetRef="a"/>'
        "</process></definitions>"
    )

    assert len({shape.middle for shape in drawn.shapes}) == 3
    assert {edge.element for edge in drawn.edges} == {"f", "g"}


def test_a_boundary_event_lies_on_the_edge_of_its_activity() -> None:
    drawn = picture(
        f'<definitions {BPMN}><process id="p"><task id="a"/><boundaryEvent id="b" attachedToRef="a">'
        "<timerEventDefinition/></boundaryEvent></process></definitions>"
    )

    task, event = drawn.shapes
    assert event.middle[1] == task.y + task.height
    assert task.x < event.middle[0] < task.x + task.width
    assert event.mark == "timer"


def test_shapes_and_edges_lie_where_the_diagram_says() -> None:
    drawn = picture(
        f'<definitions {BPMN} {DI}><process id="p"><startEvent id="s" name="Go"/><task id="t"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="t"/></process><di:BPMNDiagram><di:BPMNPlane>'
        '<di:BPMNShape bpmnElement="s"><dc:Bounds x="10" y="20" width="36" height="36"/></di:BPMNShape>'
        '<di:BPMNShape bpmnElement="t"><dc:Bounds x="100" y="0" width="80" height="80"/></di:BPMNShape>'
        '<di:BPMNEdge bpmnElement="f"><d:waypoint x="46" y="38"/><d:waypoint x="100" y="40"/></di:BPMNEdge>'
        "</di:BPMNPlane></di:BPMNDiagram></definitions>"
    )

    (edge,) = drawn.edges
    assert [(shape.element, shape.x, shape.y) for shape in drawn.shapes] == [("s", 10, 20), ("t", 100, 0)]
    assert list(edge.points) == [(46, 38), (100, 40)]
    assert (edge.source, edge.target) == ("s", "t")
    assert extent(drawn) == (-14, -24, 218, 144)


def test_what_is_no_model_or_attacks_the_parser_is_not_drawn() -> None:
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><definitions {BPMN}>&x;</definitions>'

    assert read_picture("a", "no xml") is None
    assert read_picture("b", entity) is None
    assert read_picture("c", f"<definitions {BPMN}/>") is None


def test_elements_and_flows_are_coloured_by_where_the_instance_had_been() -> None:
    path = PathSeen(
        scenario="s",
        target="t",
        instance="i",
        definition="order",
        at=["pack"],
        passed=["placed", "split", "check"],
    )
    other = PathSeen(scenario="s", target="t", instance="j", definition="else", passed=["sent"])

    svg = draw(order(), trail_in(order(), [path, other]), "d1").splitlines()

    classes = [line.partition('"')[2].partition('"')[0] for line in svg if line.startswith("<g")]
    assert classes == [
        *("event startEvent passed", "gateway parallelGateway passed", "task userTask passed"),
        *("task userTask active", "gateway parallelGateway", "event endEvent"),
    ]
    assert sum('class="flow passed"' in line for line in svg) == 3


def test_an_instance_of_unknown_definition_counts_where_its_elements_are() -> None:
    known = PathSeen(scenario="s", target="t", instance="i", passed=["placed"])
    unknown = PathSeen(scenario="s", target="t", instance="i", passed=["elsewhere"])

    assert trail_in(order(), [known]) == Trail(passed=frozenset({"placed"}))
    assert trail_in(order(), [unknown]) == Trail()


def test_a_case_is_drawn_with_what_its_sentries_wait_for(tmp_path: Path) -> None:
    cmmn = 'xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"'
    drawn = picture(
        f'<definitions {cmmn}><case id="c"><casePlanModel id="m"><planItem id="a" definitionRef="ha"/>'
        '<planItem id="b" definitionRef="hb"><entryCriterion id="e" sentryRef="s"/></planItem>'
        '<sentry id="s"><planItemOnPart id="o" sourceRef="a"><standardEvent>complete</standardEvent>'
        '</planItemOnPart></sentry><humanTask id="ha" name="First"/><humanTask id="hb" name="Then"/>'
        "</casePlanModel></case></definitions>"
    )

    assert [shape.name for shape in drawn.shapes] == ["First", "Then"]
    assert [(edge.source, edge.target, edge.is_dashed) for edge in drawn.edges] == [("a", "b", True)]
    assert drawn.processes == {"c"}
