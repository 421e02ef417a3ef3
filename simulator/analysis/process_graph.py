"""A process as a graph of integers: every flow element BPMN knows, whether or not an engine runs it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from simulator.model.xml import BPMN, line_of

PREFIX = f"{{{BPMN}}}"
CONTAINERS = frozenset({"process", "subProcess", "adHocSubProcess", "transaction"})
TASKS = frozenset(
    {
        "task", "userTask", "serviceTask", "scriptTask", "manualTask", "sendTask", "receiveTask",
        "businessRuleTask",
    }
)  # fmt: skip
ACTIVITIES = TASKS | {"callActivity", "subProcess", "adHocSubProcess", "transaction"}
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"}
)
EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
)
NODES = ACTIVITIES | GATEWAYS | EVENTS
DEFINITION = "EventDefinition"


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection that is no sequence flow: `kind` is attachment, link or compensation."""

    kind: str
    source: int
    target: int
    id: str


@dataclass(frozen=True, slots=True)
class LooseFlow:
    """A sequence flow that connects nothing: the references as written, and whether it leaves its scope."""

    element: etree._Element
    source: str | None
    target: str | None
    crosses: bool


@dataclass(slots=True, kw_only=True)
class ProcessGraph:
    """One process; node 0 is the process itself, `parents` the scope of each node (-1 for the process).

    A flow is an index too: `flow_sources` and `flow_targets` are its nodes, `outgoing` and `incoming` the flows
    at a node. `successors` and `predecessors` say where a token can get to next, over sequence flows,
    attachments, links and compensation alike.
    """

    file: str
    ids: list[str]
    kinds: list[str]
    parents: list[int]
    elements: list[etree._Element]
    index: dict[str, int]
    flow_ids: list[str] = field(default_factory=list)
    flow_sources: list[int] = field(default_factory=list)
    flow_targets: list[int] = field(default_factory=list)
    flow_elements: list[etree._Element] = field(default_factory=list)
    outgoing: list[list[int]] = field(default_factory=list)
    incoming: list[list[int]] = field(default_factory=list)
    successors: list[list[int]] = field(default_factory=list)
    predecessors: list[list[int]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    attached: dict[int, list[int]] = field(default_factory=dict)
    loose: list[LooseFlow] = field(default_factory=list)
    twice: list[etree._Element] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The id of the process."""
        return self.ids[0]

    def __len__(self) -> int:
        return len(self.ids)

    def nodes(self, *kinds: str) -> Iterator[int]:
        """The nodes of these kinds in the order read; all but the process without any."""
        wanted = kinds or NODES
        return (node for node in range(1, len(self.ids)) if self.kinds[node] in wanted)

    def line(self, node: int) -> int:
        """The line a node starts at."""
        return line_of(self.elements[node])

    def name(self, node: int) -> str:
        """How a sentence names a node: its kind and its id."""
        return f"{self.kinds[node]} '{self.ids[node]}'"

    def attribute(self, node: int, name: str) -> str | None:
        """An attribute of the element itself."""
        return self.elements[node].get(name)

    def definitions(self, node: int) -> list[etree._Element]:
        """The event definitions of an event."""
        return [
            child
            for child in self.elements[node]
            if isinstance(child.tag, str) and child.tag.startswith(PREFIX) and child.tag.endswith(DEFINITION)
        ]

    def event(self, node: int) -> str:
        """What an event catches or throws: none, message, timer, error ...; multiple for more than one."""
        found = self.definitions(node)
        if len(found) != 1:
            return "multiple" if found else "none"
        return str(found[0].tag)[len(PREFIX) : -len(DEFINITION)]

    def is_event_subprocess(self, node: int) -> bool:
        """Whether an event triggers this subprocess."""
        return self.kinds[node] == "subProcess" and self.attribute(node, "triggeredByEvent") == "true"

    def is_handler(self, node: int) -> bool:
        """Whether this activity runs for compensation only."""
        return self.attribute(node, "isForCompensation") == "true"

    def is_interrupting(self, node: int) -> bool:
        """Whether a boundary or start event ends what goes on beside it."""
        name = "cancelActivity" if self.kinds[node] == "boundaryEvent" else "isInterrupting"
        return self.attribute(node, name) != "false"

    def loop(self, node: int) -> etree._Element | None:
        """The multi-instance characteristics of an activity."""
        return self.elements[node].find(f"{PREFIX}multiInstanceLoopCharacteristics")

    def default(self, node: int) -> int | None:
        """The default flow of a node; None without one, or where it names none of its flows."""
        wanted = self.attribute(node, "default")
        if wanted is None:
            return None
        return next((flow for flow in self.outgoing[node] if self.flow_ids[flow] == wanted), None)

    def condition(self, flow: int) -> etree._Element | None:
        """The condition of a flow."""
        return self.flow_elements[flow].find(f"{PREFIX}conditionExpression")

    def children(self, scope: int) -> list[int]:
        """The nodes directly inside a scope."""
        return [node for node, parent in enumerate(self.parents) if parent == scope]

    def boundary_of(self, node: int) -> list[int]:
        """The boundary events attached to an activity."""
        return self.attached.get(node, [])

    def ancestors(self, node: int) -> Iterator[int]:
        """The scopes around a node, innermost first, the process last."""
        while (node := self.parents[node]) >= 0:
            yield node

    def roots(self) -> list[int]:
        """Where tokens come from in each scope: start events, or without one what no flow leads to.

        An event subprocess is a root of its scope. A boundary event that is attached to nothing is none, nor is
        a compensation handler or the catching half of a link: those are reached over their own edges
        (BPMN 2.0.2, 13.2 and 10.5.2).
        """
        started = {self.parents[node] for node in self.nodes("startEvent")}
        found = []
        for node in range(1, len(self.ids)):
            kind = self.kinds[node]
            if kind == "startEvent" or self.is_event_subprocess(node):
                found.append(node)
            elif self.parents[node] in started or self.predecessors[node]:
                continue
            elif kind != "boundaryEvent" and not self.is_handler(node):
                found.append(node)
        return found
