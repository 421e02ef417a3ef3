"""Job definitions: which jobs the instances of a process definition may come to have."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id
from simulator.api.v1.showing_work import job_definition_id
from simulator.core.java.hash_order import in_hash_order
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.model.process import Node

CONTINUATION = "async-continuation"


@dataclass(frozen=True, slots=True)
class JobDefinition:
    """One kind of job: of a node, and of which `side` of it (`before`, `after`, or a timer's: the empty text)."""

    definition: Definition
    node: Node
    side: str
    rank: int

    @property
    def id(self) -> str:
        """The id on the wire."""
        return job_definition_id(self.definition, self.node, self.side)

    @property
    def kind(self) -> str:
        """What the engine calls this type of job."""
        if self.side:
            return CONTINUATION
        if self.node.kind == "boundaryEvent":
            return "timer-transition"
        if self.node.kind != "startEvent":
            return "timer-intermediate-transition"
        inside = self.node.parent is not None and self.node.parent.triggered_by_event
        return "timer-start-event-subprocess" if inside else "timer-start-event"

    @property
    def configuration(self) -> str:
        """The side of the activity, or what the timer is made of."""
        timer = None if self.node.event is None else self.node.event.timer
        return f"async-{self.side}" if self.side or timer is None else f"{timer.kind.upper()}: {timer.text}"


def declared_jobs(definition: Definition) -> Iterator[JobDefinition]:
    """The job definitions of a process definition in the order in which the engine reads them."""
    rank = 0
    for node in _in_order(definition.process.root):
        timer = node.event is not None and node.event.timer is not None
        sides = (("before", node.async_before), ("after", node.async_after), ("", timer))
        for side in (side for side, there in sides if there):
            yield JobDefinition(definition, node, side, rank)
            rank += 1


def _in_order(root: Node) -> Iterator[Node]:
    """The nodes as the engine reads each scope: start events, activities, catch events, ends, boundaries."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(_read_order(node.children or [])))


def _read_order(children: list[Node]) -> list[Node]:
    """The nodes of one scope; catch events behind an event-based gateway are read with it."""
    starts = [node for node in children if node.kind == "startEvent"]
    ends = [node for node in children if node.kind == "endEvent"]
    boundaries = [node for node in children if node.kind == "boundaryEvent"]
    catches = {node.id: node for node in children if node.kind == "intermediateCatchEvent"}
    apart = {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent"}
    activities: list[Node] = []
    for node in children:
        if node.kind in apart:
            continue
        activities.append(node)
        if node.kind == "eventBasedGateway":
            followers = (catches.pop(flow.target.id, None) for flow in node.outgoing)
            activities.extend(each for each in followers if each is not None)
    left = [catches[name] for name in in_hash_order(catches)]
    return [*starts, *activities, *left, *ends, *boundaries]


def find_job_definition(engine: ProcessEngine, identity: str) -> JobDefinition | None:
    """The job definition with an id."""
    definition = engine.deployments.definitions.get(read_id(identity) & 0xFFFFFFFF)
    if definition is None or definition.deleted:
        return None
    return next((each for each in declared_jobs(definition) if each.id == identity), None)


def show_declared_job(declared: JobDefinition) -> dict[str, Any]:
    """A job definition; it never says of which deployment it is (live Camunda 7.24)."""
    definition = declared.definition
    return {
        "id": declared.id,
        "processDefinitionId": definition_id(definition),
        "processDefinitionKey": definition.process_key,
        "jobType": declared.kind,
        "jobConfiguration": declared.configuration,
        "activityId": declared.node.id,
        "suspended": definition.suspended,
        "overridingJobPriority": None,
        "tenantId": definition.tenant,
        "deploymentId": None,
    }
