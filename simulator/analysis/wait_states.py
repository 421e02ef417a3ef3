"""Where a token waits for something outside of the process, in each dialect."""

from simulator.analysis.process_graph import PREFIX, ProcessGraph
from simulator.model.xml import ACTIVITI, CAMUNDA, ZEEBE

PASSED = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway"})
PASSED_AT_ONCE = PASSED | {"intermediateThrowEvent", "startEvent", "endEvent"}
SERVICES = frozenset({"serviceTask", "sendTask", "businessRuleTask", "scriptTask"})
TRUE = frozenset({"true", "on", "enabled", "active"})


def extension(graph: ProcessGraph, node: int, name: str) -> str | None:
    """A Camunda 7 attribute of an element."""
    element = graph.elements[node]
    value = element.get(f"{{{CAMUNDA}}}{name}")
    return element.get(f"{{{ACTIVITI}}}{name}") if value is None else value


def is_asynchronous(graph: ProcessGraph, node: int) -> bool:
    """Whether Camunda 7 makes a job of a node, before or after it."""
    names = ("asyncBefore", "async", "asyncAfter")
    return any((extension(graph, node, name) or "").lower() in TRUE for name in names)


def is_link(graph: ProcessGraph, node: int) -> bool:
    """Whether an intermediate event is half of a link: passed at once on either side."""
    return graph.elements[node].find(f"{PREFIX}linkEventDefinition") is not None


def waits_in_standard(graph: ProcessGraph, node: int) -> bool:
    """Work of any kind takes its time; gateways and throwing events do not (BPMN 2.0.2, 13.3 to 13.5)."""
    return graph.kinds[node] not in PASSED_AT_ONCE and not is_link(graph, node)


def waits_in_camunda7(graph: ProcessGraph, node: int) -> bool:
    """Abstract and manual tasks, scripts, and services run in the caller's transaction (live Camunda 7.24).

    External tasks wait for a worker; subprocesses and calls are taken to wait for what is inside.
    """
    if is_asynchronous(graph, node):
        return True
    kind = graph.kinds[node]
    if kind in ("task", "manualTask") or kind in PASSED_AT_ONCE or is_link(graph, node):
        return any(
            child.get(f"{{{CAMUNDA}}}type") == "external"
            for child in graph.elements[node]
            if len(child.attrib)
        )
    return kind not in SERVICES or extension(graph, node, "type") == "external"


def waits_in_camunda8(graph: ProcessGraph, node: int) -> bool:
    """Abstract and manual tasks, FEEL scripts and decisions are done by the engine itself (live Camunda 8.8.21)."""
    kind = graph.kinds[node]
    if kind in ("task", "manualTask") or is_link(graph, node):
        return False
    has_job = graph.elements[node].find(f".//{{{ZEEBE}}}taskDefinition") is not None
    if kind in PASSED_AT_ONCE or kind in ("scriptTask", "businessRuleTask"):
        return has_job
    return True
