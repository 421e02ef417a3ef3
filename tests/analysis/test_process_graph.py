import subprocess
import sys
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulator
from simulator.analysis import algorithms
from simulator.analysis.checking import check_models, written_for
from simulator.analysis.reading import read_model
from simulator.analysis.view import sequence_view
from simulator.core.errors import UserError
from tests.analysis.small_models import Drawn, definitions, flows, models, process

EVERYTHING = """
<startEvent id="s" name="Begin"/>
<subProcess id="sub"><startEvent id="i"/><adHocSubProcess id="adhoc"><task id="any"/></adHocSubProcess></subProcess>
<transaction id="tx"/><complexGateway id="cg"/>
<subProcess id="es" triggeredByEvent="true"><startEvent id="es1"><errorEventDefinition/></startEvent></subProcess>
<userTask id="a"><multiInstanceLoopCharacteristics/></userTask>
<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition/></boundaryEvent>
<boundaryEvent id="k" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>
<task id="undo" isForCompensation="true"/><association id="as" sourceRef="k" targetRef="undo"/>
<intermediateThrowEvent id="t"><linkEventDefinition name="L"/></intermediateThrowEvent>
<intermediateCatchEvent id="c"><linkEventDefinition name="L"/></intermediateCatchEvent>
<sequenceFlow id="x1" sourceRef="s" targetRef="a" name="go">
<conditionExpression>${x}</conditionExpression></sequenceFlow>
<sequenceFlow id="x2" sourceRef="s" targetRef="a"/>
"""


def adjacencies() -> st.SearchStrategy[list[list[int]]]:
    """Graphs of up to twelve nodes, loops and double edges included."""
    return st.integers(1, 12).flatmap(
        lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=4), min_size=size, max_size=size)
    )


def as_networkx(adjacency: list[list[int]]) -> "nx.DiGraph[int]":
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(adjacency)))
    graph.add_edges_from((node, target) for node, targets in enumerate(adjacency) for target in targets)
    return graph


def turned(adjacency: list[list[int]]) -> list[list[int]]:
    """The same edges, backwards."""
    found: list[list[int]] = [[] for _ in adjacency]
    for node, targets in enumerate(adjacency):
        for target in targets:
            found[target].append(node)
    return found


@given(adjacencies())
def test_reachability_components_and_all_pairs_are_those_of_networkx(adjacency: list[list[int]]) -> None:
    graph = as_networkx(adjacency)

    seen = algorithms.reached(adjacency, [0])
    component = algorithms.components(adjacency)
    reach = algorithms.all_pairs(adjacency)

    assert {node for node, flag in enumerate(seen) if flag} == nx.descendants(graph, 0) | {0}
    groups = {frozenset(n for n, c in enumerate(component) if c == number) for number in component}
    assert groups == {frozenset(found) for found in nx.strongly_connected_components(graph)}
    for source in graph:
        below = nx.descendants(graph, source) | {source}
        assert {target for target in graph if reach.reaches(source, target)} == below
        assert reach.in_cycle(source) == any(
            source in targets for targets in map(adjacency.__getitem__, below)
        )


@given(adjacencies(), st.data())
def test_dominators_are_those_of_networkx(adjacency: list[list[int]], data: st.DataObject) -> None:
    roots = data.draw(st.lists(st.integers(0, len(adjacency) - 1), min_size=1, unique=True))
    graph = as_networkx(adjacency)
    graph.add_edges_from((-1, root) for root in roots)

    found = algorithms.dominators(adjacency, turned(adjacency), roots)

    wanted = nx.immediate_dominators(graph, -1)
    for node in range(len(adjacency)):
        assert found[node] == wanted.get(node, -2)


def test_too_many_components_for_a_table_are_searched_one_question_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(algorithms, "ALL_PAIRS_AT_MOST", 1)

    reach = algorithms.all_pairs([[1], [2], []])

    assert reach.table == []
    assert reach.reaches(0, 2)
    assert not reach.reaches(2, 0)


def test_the_graph_holds_every_element_whether_or_not_an_engine_runs_it() -> None:
    graph = simulator.graph(process(EVERYTHING))

    wanted = "p s sub i adhoc any tx cg es es1 a b k undo t c"
    assert set(graph) == set(wanted.split())
    assert graph.nodes["s"] == {
        "kind": "startEvent", "process": "p", "line": 4, "name": "Begin", "event": "none", "scope": "p",
    }  # fmt: skip
    assert graph.nodes["any"]["scope"] == "adhoc"
    assert graph.nodes["b"]["event"] == "timer"


def test_edges_are_keyed_by_flow_and_typed() -> None:
    graph = simulator.graph(process(EVERYTHING))

    types = {key: facts["type"] for _, _, key, facts in graph.edges(keys=True, data=True)}
    assert types["x1"] == types["x2"] == "sequenceFlow"
    assert (types["attachment:b"], types["as"], types["link:t:c"]) == ("attachment", "compensation", "link")
    assert types["containment:any"] == "containment"
    assert graph.edges["s", "a", "x1"]["condition"] == "${x}"
    assert graph.edges["s", "a", "x1"]["name"] == "go"


def test_the_view_for_tokens_has_no_containment() -> None:
    graph = simulator.graph(process(EVERYTHING))

    view = sequence_view(graph)

    assert nx.has_path(view, "s", "undo")
    assert not nx.has_path(view, "p", "s")
    assert nx.has_path(graph, "p", "any")


def test_a_diagram_gives_bounds_and_the_graph_can_be_exported() -> None:
    diagram = (
        '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"><d:BPMNPlane><d:BPMNShape bpmnElement="s">'
        '<b:Bounds xmlns:b="http://www.omg.org/spec/DD/20100524/DC" x="1" y="2.5" width="36" height="36"/>'
        "</d:BPMNShape></d:BPMNPlane></d:BPMNDiagram>"
    )
    content = definitions(f'<process id="p">{EVERYTHING}</process>{diagram}')
    graph = simulator.graph(content)
    written = BytesIO()

    nx.write_graphml(graph, written)

    assert (graph.nodes["s"]["x"], graph.nodes["s"]["y"]) == (1.0, 2.5)
    again = nx.read_graphml(BytesIO(written.getvalue()), force_multigraph=True)
    assert set(again) == set(graph)
    assert again.nodes["b"]["event"] == "timer"


def test_one_process_of_several_can_be_asked_for_and_message_flows_connect_them() -> None:
    collaboration = (
        '<collaboration id="c"><messageFlow id="m" sourceRef="one" targetRef="two"/></collaboration>'
        '<process id="p"><task id="one"/></process><process id="q"><task id="two"/></process>'
    )
    content = definitions(collaboration)

    assert simulator.graph(content).edges["one", "two", "m"]["type"] == "messageFlow"
    assert set(simulator.graph(content, "q")) == {"q", "two"}
    with pytest.raises(UserError, match="expected a process of the file \\(p, q\\), came 'r'"):
        simulator.graph(content, "r")


@settings(max_examples=50, deadline=None)
@given(models())
def test_the_graph_of_networkx_has_the_edges_of_ours(model: Drawn) -> None:
    read = read_model(model.content)
    ours = read.processes[0]

    view = sequence_view(simulator.graph(read))

    wanted = {
        (ours.ids[node], ours.ids[target])
        for node, targets in enumerate(ours.successors)
        for target in targets
    }
    assert {(source, target) for source, target, _ in view.edges(keys=True)} == wanted


def test_broken_xml_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.bpmn"
    file.write_bytes(b"<definitions>\n<process>\n</definitions>")

    with pytest.raises(UserError, match=r"broken\.bpmn:3: not well-formed XML"):
        read_model(file)


def test_a_chain_of_a_hundred_thousand_tasks_is_checked() -> None:
    size = 100_000
    names = [f"t{number}" for number in range(size)]
    content = "".join(f'<userTask id="{name}"/>' for name in names) + '<startEvent id="s"/><endEvent id="e"/>'
    ways = flows(" > ".join(["s", *names, "e"]))
    model = read_model(process(content + ways).replace(b"\n<sequenceFlow", b"<sequenceFlow"))

    found = check_models([model], ["standard"])

    assert found == []


def test_networkx_is_loaded_by_the_first_graph_and_not_before() -> None:
    program = (
        "import sys, simulator, simulator.analysis.checking; assert 'networkx' not in sys.modules; "
        "simulator.graph(sys.argv[1].encode()); assert 'networkx' in sys.modules"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, process("").decode()], check=False, capture_output=True
    )

    assert done.returncode == 0, done.stderr.decode()


def test_a_models_dialect_is_told_by_its_namespaces() -> None:
    bare = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
    zeebe = bare.replace(">", ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">')

    assert written_for(read_model(process(""))) == "camunda7"
    assert written_for(read_model(process("", head=bare))) == "standard"
    assert written_for(read_model(process("", head=zeebe))) == "camunda8"
