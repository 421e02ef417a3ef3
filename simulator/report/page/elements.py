"""The elements of a model that a drawing shows, and the flows between them."""

from dataclasses import dataclass

from lxml import etree

from simulator.model.xml import local_name

EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "serviceTask",
        "scriptTask",
        "manualTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "adHocSubProcess",
        "transaction",
        "planItem",
    }
)
SCOPES = frozenset({"subProcess", "adHocSubProcess", "transaction"})
DEFINITION = "EventDefinition"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One element to draw; `scope` is the element it lies in, `mark` what its event definition is."""

    id: str
    kind: str
    name: str
    scope: str
    mark: str
    attached_to: str | None


@dataclass(frozen=True, slots=True)
class Flow:
    """One flow: a sequence flow, or in a case what a sentry waits for."""

    id: str
    source: str
    target: str
    is_dashed: bool = False


@dataclass(frozen=True, slots=True)
class Elements:
    """All that a model has to draw."""

    nodes: tuple[Drawn, ...]
    flows: tuple[Flow, ...]
    processes: frozenset[str]


def read_elements(root: etree._Element) -> Elements:
    """Read the nodes and flows of a BPMN or CMMN model, in document order."""
    names = {element.get("id", ""): element.get("name", "") for element in root.iter() if element.get("id")}
    nodes, flows, processes = [], [], set()
    for element in root.iter():
        kind = local_name(element)
        if kind in ("process", "case"):
            processes.add(element.get("id", ""))
        elif kind in EVENTS | GATEWAYS | ACTIVITIES and element.get("id"):
            nodes.append(_drawn(element, kind, names))
        elif kind == "sequenceFlow":
            ends = element.get("sourceRef", ""), element.get("targetRef", "")
            flows.append(Flow(element.get("id", ""), *ends))
        elif kind == "entryCriterion":
            flows.extend(_waits(element, root))
    return Elements(tuple(nodes), tuple(flows), frozenset(processes))


def _drawn(element: etree._Element, kind: str, names: dict[str, str]) -> Drawn:
    parent = element.getparent()
    own_id = element.get("id", "")
    name = element.get("name") or names.get(element.get("definitionRef", ""), "") or own_id
    marks = [local_name(child) for child in element if local_name(child).endswith(DEFINITION)]
    return Drawn(
        id=own_id,
        kind=kind,
        name=name if kind not in GATEWAYS | EVENTS or element.get("name") else "",
        scope=parent.get("id", "") if parent is not None else "",
        mark=marks[0].removesuffix(DEFINITION) if marks else "",
        attached_to=element.get("attachedToRef"),
    )


def _waits(criterion: etree._Element, root: etree._Element) -> list[Flow]:
    """What the sentry of an entry criterion waits for, as dashed flows to its plan item (CMMN 1.1, 5.4.6)."""
    item = criterion.getparent()
    sentry = criterion.get("sentryRef", "")
    if item is None:
        return []
    return [
        Flow(
            f"{criterion.get('id')}-{part.get('sourceRef')}",
            part.get("sourceRef", ""),
            item.get("id", ""),
            True,
        )
        for found in root.iter()
        if local_name(found) == "sentry" and found.get("id") == sentry
        for part in found
        if local_name(part) == "planItemOnPart"
    ]
