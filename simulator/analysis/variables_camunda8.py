"""The variables a Camunda 8 model reads and writes (docs.camunda.io, Variables; live Camunda 8.8.21)."""

from lxml import etree

from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.variables import Accesses, Read, Write, own_elements
from simulator.expressions.feel import ExpressionSyntaxError
from simulator.expressions.feel.names import free_names
from simulator.model.xml import line_of, local_name

ENGINE_NAMES = frozenset({"camunda"})
LOOP_NAMES = ("loopCounter",)
WORKED = frozenset({"taskDefinition", "userTask", "taskListener", "executionListener"})
OPEN_KINDS = frozenset({"userTask", "receiveTask"})


def accesses(graph: ProcessGraph) -> Accesses:
    """Read every access of a process; with output mappings, what a worker gives stays inside but for these."""
    found = Accesses()
    for node in range(len(graph)):
        has_outputs = False
        opaque = graph.kinds[node] in OPEN_KINDS or graph.event(node) == "message"
        for element in own_elements(graph, node):
            name = local_name(element)
            has_outputs = has_outputs or name == "output"
            opaque = opaque or name in WORKED or _is_open_call(element, name)
            if name != "output":
                _read_texts(node, element, found, name)
            _write(node, element, name, found)
        if opaque and not has_outputs:
            found.opaque.add(node)
        if not opaque:
            for element in own_elements(graph, node) if has_outputs else ():
                if local_name(element) == "output":
                    _read_texts(node, element, found, "output")
    for flow, element in enumerate(graph.flow_elements):
        for inner in element:
            _read_texts(
                graph.flow_sources[flow], inner, found, f"flow '{graph.flow_ids[flow]}'", outside=True
            )
    return found


def _is_open_call(element: etree._Element, name: str) -> bool:
    return name == "calledElement" and element.get("propagateAllChildVariables") != "false"


def _write(node: int, element: etree._Element, name: str, found: Accesses) -> None:
    line = line_of(element)
    target = (element.get("target") or "").partition(".")[0]
    if name == "input" and target:
        found.writes.append(Write(target, node, line, True, name))
    elif name == "output" and target:
        found.writes.append(Write(target, node, line, False, name, own=False))
    elif name == "loopCharacteristics":
        for local in (*LOOP_NAMES, element.get("inputElement")):
            if local:
                found.writes.append(Write(local, node, line, True, "loop"))
        if element.get("outputCollection"):
            found.writes.append(
                Write(element.get("outputCollection") or "", node, line, False, name, own=False)
            )
    elif element.get("resultVariable"):
        found.writes.append(Write(element.get("resultVariable") or "", node, line, False, name))


def _read_texts(
    node: int,
    element: etree._Element,
    found: Accesses,
    what: str,
    *,
    outside: bool = False,
    after: bool = False,
) -> None:
    """Read the names of all expressions: texts that begin with `=`; outputs and results see what was just given."""
    after = after or what in ("output", "completionCondition")
    for text in (*map(str, element.attrib.values()), (element.text or "").strip()):
        if not text.startswith("="):
            continue
        try:
            names = free_names(text[1:])
        except ExpressionSyntaxError as error:
            found.malformed.append((node, line_of(element), str(error)))
            continue
        for name in sorted(names - ENGINE_NAMES):
            found.reads.append(Read(name, node, line_of(element), what, outside, after))
