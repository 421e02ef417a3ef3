"""The variables a Camunda 7 model reads and writes (docs.camunda.org/manual/7.24, Process Variables; live 7.24)."""

import re

from lxml import etree

from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.variables import Accesses, Read, Write, own_elements
from simulator.expressions.juel import ExpressionSyntaxError
from simulator.expressions.juel.names import free_names
from simulator.model.xml import ACTIVITI, CAMUNDA, line_of, local_name

ENGINE_NAMES = frozenset(
    {"execution", "task", "authenticatedUserId", "caseExecution", "variableScope", "externalTask"}
)
LOOP_NAMES = ("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances")
JAVA = (
    "class",
    "delegateExpression",
    "variableMappingClass",
    "variableMappingDelegateExpression",
    "resource",
)
CAUGHT = ("errorCodeVariable", "errorMessageVariable", "escalationCodeVariable")
SET = re.compile(r"""setVariable(?:Local)?\(\s*['"]([\w.-]+)['"]""")
FORMS = frozenset({"formField", "formProperty"})


def accesses(graph: ProcessGraph) -> Accesses:
    """Read every access of a process."""
    found = Accesses()
    for node in range(len(graph)):
        for element in own_elements(graph, node):
            _read_element(graph, node, element, found)
        if graph.kinds[node] == "userTask" or (
            graph.kinds[node] in ("receiveTask", "intermediateCatchEvent", "boundaryEvent", "startEvent")
            and (graph.event(node) == "message" or graph.attribute(node, "messageRef") is not None)
        ):
            found.opaque.add(node)
    for flow, element in enumerate(graph.flow_elements):
        for inner in element.iter():
            if isinstance(inner.tag, str):
                node = graph.flow_sources[flow]
                _read_texts(
                    node, inner, found, outside=True, after=True, what=f"flow '{graph.flow_ids[flow]}'"
                )
    return found


def _attribute(element: etree._Element, name: str) -> str | None:
    for namespace in (CAMUNDA, ACTIVITI):
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return None


def _read_element(graph: ProcessGraph, node: int, element: etree._Element, found: Accesses) -> None:
    name = local_name(element)
    outside = name == "inputParameter" or (
        name in ("script", "value", "entry")
        and any(local_name(parent) == "inputParameter" for parent in element.iterancestors())
    )
    after = name in ("outputParameter", "completionCondition", "out")
    _read_texts(node, element, found, outside=outside, after=after, what=name)
    _write_extensions(node, element, name, found)
    if _is_opaque(element, name):
        found.opaque.add(node)
    if name in ("script", "conditionExpression"):
        for written in SET.findall(element.text or ""):
            found.writes.append(Write(written, node, line_of(element), False, "script"))


def _write_extensions(node: int, element: etree._Element, name: str, found: Accesses) -> None:
    line = line_of(element)

    def write(written: str | None, *, local: bool = False, own: bool = True, what: str = name) -> None:
        if written and "${" not in written:
            found.writes.append(Write(written, node, line, local, what, own))

    if name == "inputParameter":
        write(element.get("name"), local=True)
    elif name == "outputParameter":
        write(element.get("name"), own=False)
    elif name == "out":
        write(element.get("target"), own=False)
        if element.get("variables") == "all":
            found.opaque.add(node)
    elif name == "in" and element.get("source"):
        found.reads.append(Read(element.get("source") or "", node, line, "in"))
    elif name in FORMS:
        write(element.get("id"))
    elif name == "multiInstanceLoopCharacteristics":
        collection = _attribute(element, "collection")
        if collection is not None and "{" not in collection:
            found.reads.append(Read(collection, node, line, "collection", outside=True))
        for local in (*LOOP_NAMES, _attribute(element, "elementVariable")):
            write(local, local=True, what="loop")
    for result in ("resultVariable", "resultVariableName", "initiator", *CAUGHT):
        write(_attribute(element, result), what=result, own=result not in CAUGHT)


def _is_opaque(element: etree._Element, name: str) -> bool:
    """Whether something runs that the model does not show: a worker, Java, a script in another language."""
    if any(_attribute(element, java) is not None or element.get(java) is not None for java in JAVA):
        return True
    if _attribute(element, "type") == "external" or name == "connector":
        return True
    language = element.get("scriptFormat") or element.get("language")
    return language is not None and language.lower() != "juel"


def _read_texts(
    node: int, element: etree._Element, found: Accesses, *, outside: bool, after: bool, what: str
) -> None:
    """Read the names of all expressions in an element's attributes and text."""
    if element.get("scriptFormat", "juel").lower() != "juel":
        return
    texts = [str(value) for value in element.attrib.values()]
    for text in (*texts, element.text or ""):
        if "${" not in text and "#{" not in text:
            continue
        try:
            names = free_names(text.strip())
        except ExpressionSyntaxError as error:
            found.malformed.append((node, line_of(element), str(error)))
            continue
        for name in sorted(names - ENGINE_NAMES):
            found.reads.append(Read(name, node, line_of(element), what, outside, after))
