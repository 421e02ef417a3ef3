"""What happened to the activities and variables of process instances, read from their roots' logs on demand."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from simulator.engine.history_records import ActivityRecord, IncidentRecord, VariableRecord
from simulator.kernel import events as happened
from simulator.kernel.state import Instance, Root
from simulator.model.process import Node

KEPT = 256
"""How many roots' histories are kept to go on from where they were read to."""
DAY = 24 * 60 * 60 * 1000


class _Place:
    """What history needs to know of an execution."""

    __slots__ = ("activity", "held", "instance", "node", "parent", "scope", "scope_activity", "scope_node")

    def __init__(self, parent: "_Place | None", instance: int, scope: bool, scope_node: Node | None) -> None:
        self.parent = parent
        self.instance = instance
        self.scope = scope
        self.scope_node = scope_node
        self.scope_activity = 0
        self.node: Node | None = None
        self.activity = 0
        self.held: dict[str, VariableRecord] = {}

    def enclosing(self, node: Node) -> "tuple[Node | None, int]":
        """The activity instance of the scope around a node that runs here."""
        place: _Place | None = self.parent if self.scope_node is node else self
        while place is not None and not (place.scope and place.scope_activity):
            place = place.parent
        return (None, self.instance) if place is None else (place.scope_node, place.scope_activity)

    def owner(self) -> "tuple[Node | None, int]":
        """The activity instance that a variable set here belongs to; key 0 for a token that is at none yet.

        What a subprocess is given on the way in belongs to the scope around it (live Camunda 7.24).
        """
        if (
            self.scope
            and self.parent is not None
            and self.node is self.scope_node
            and _is_composite(self.node)
        ):
            return self.parent.enclosing_scope()
        if self.scope:
            return self.scope_node, self.scope_activity
        if self.activity and self.node is not None:
            return self.node, self.activity
        node, key = self.enclosing_scope()
        return (None, 0) if node is None or node.kind == "process" else (node, key)

    def enclosing_scope(self) -> "tuple[Node | None, int]":
        """The activity instance of the nearest scope outwards."""
        place: _Place | None = self
        while place is not None and not (place.scope and place.scope_activity):
            place = place.parent
        return (None, self.instance) if place is None else (place.scope_node, place.scope_activity)


def _is_composite(node: Node | None) -> bool:
    return node is not None and node.children is not None


class RootHistory:
    """The activities and variables of a root instance and all it called, read up to `length` of its log."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.length = 0
        self.time = 0
        self.activities: dict[int, ActivityRecord] = {}
        self.variables: list[VariableRecord] = []
        self.incidents: dict[int, IncidentRecord] = {}
        self.jobs_executed: list[tuple[int, int]] = []
        self._places: dict[int, _Place] = {}
        self._tasks: dict[int, ActivityRecord] = {}
        self._jobs: dict[int, int] = {}

    def read_on(self) -> "RootHistory":
        """Read what has happened since."""
        log = self.root.log
        for position in range(self.length, len(log)):
            event = log[position]
            note = NOTES.get(event.__class__)
            if note is not None:
                note(self, event, position)
        self.length = len(log)
        return self

    def held(self, execution: int, name: str) -> VariableRecord:
        """What is remembered of a variable that an execution has now."""
        return self._places[execution].held[name]

    def began(self, event: happened.Began, position: int) -> None:
        """Time goes on."""
        self.time = event.time

    def instance_started(self, event: happened.InstanceStarted, position: int) -> None:
        """A new tree; the activity that called it remembers that."""
        place = _Place(None, event.key, True, event.process.root)
        place.scope_activity = place.activity = event.key
        self._places[event.key] = place
        caller = self.activities.get(event.activity)
        if caller is not None:
            caller.called = event.key

    def created(self, event: happened.Created, position: int) -> None:
        """A new execution."""
        parent = self._places[event.parent]
        scope_node = event.node if event.scope else None
        place = _Place(parent, parent.instance, event.scope, scope_node)
        place.activity = parent.activity
        self._places[event.key] = place

    def moved(self, event: happened.Moved, position: int) -> None:
        """An execution has another parent."""
        self._places[event.key].parent = self._places[event.parent]

    def placed(self, event: happened.Placed, position: int) -> None:
        """An execution stands elsewhere.

        A scope right inside the process that start instructions made has no parent until it ends (live Camunda 7.24).
        """
        place = self._places[event.key]
        place.node, place.activity = event.node, event.activity
        record = self.activities.get(place.scope_activity)
        if record is not None and event.node is None and event.active and record.parent[1] == place.instance:
            record.parent = (None, 0)

    def removed(self, event: happened.Removed, position: int) -> None:
        """An execution is gone; history keeps its variables."""
        self._places.pop(event.key, None)

    def entered(self, event: happened.Entered, position: int) -> None:
        """An activity instance began."""
        place = self._places[event.execution]
        node = event.node
        record = ActivityRecord(event.activity, node, event.execution, place.instance, self.time)
        record.parent = place.enclosing(node)
        place.node, place.activity = node, event.activity
        if place.scope_node is node:
            place.scope_activity = event.activity
        self.activities[event.activity] = record

    def visited(self, event: happened.Visited, position: int) -> None:
        """An activity instance came and went."""
        self.entered(happened.Entered(event.execution, event.activity, event.node), position)
        self.left(happened.Left(event.execution, event.activity, event.node, False), position)

    def left(self, event: happened.Left, position: int) -> None:
        """An activity instance is over."""
        record = self.activities.get(event.activity)
        if record is None or record.ended:
            return
        record.execution = event.execution
        record.ended = self.time
        if not record.parent[1]:
            record.parent = (None, record.instance)
        record.cancelled = event.cancelled
        record.completes = not event.cancelled and not event.node.outgoing

    def replaced(self, event: happened.Replaced, position: int) -> None:
        """Variables that belong to a token move with it."""
        place, other = self._places[event.key], self._places[event.replaced]
        place.node, place.activity = other.node, other.activity
        other.node, other.activity = None, other.scope_activity
        for name, record in list(other.held.items()):
            if event.everything or record.follows:
                del other.held[name]
                existing = place.held.get(name)
                if existing is None:
                    record.follows = not event.everything
                    place.held[name] = record
                else:
                    existing.value = record.value

    def variable_set(self, event: happened.VariableSet, position: int) -> None:
        """A variable came into being or has another value."""
        place = self._places[event.execution]
        record = place.held.get(event.name)
        if record is None:
            record = VariableRecord(self.root.key, position, event.name, event.execution, self.time)
            record.instance = place.instance
            record.activity = place.owner()
            place.held[event.name] = record
            self.variables.append(record)
        record.value = event.value
        record.follows = record.follows or event.follows

    def variable_removed(self, event: happened.VariableRemoved, position: int) -> None:
        """A variable was deleted."""
        record = self._places[event.execution].held.pop(event.name, None)
        if record is not None:
            record.deleted = not event.with_token

    def work_opened(self, event: happened.WorkOpened, position: int) -> None:
        """A user task belongs to its activity instance."""
        if event.kind in ("async", "timer"):
            self._jobs[event.key] = self._places[event.execution].instance
            return
        record = self.activities.get(event.activity)
        if event.kind == "user-task" and record is not None:
            record.task = event.key
            record.assignee = event.facts.get("assignee")
            self._tasks[event.key] = record

    def work_changed(self, event: happened.WorkChanged, position: int) -> None:
        """Somebody else has the task; or a job has failed."""
        if event.key in self._jobs and "failed_at" in event.facts:
            self.jobs_executed.append((self._jobs[event.key], self.time))
        record = self._tasks.get(event.key)
        if record is not None and "assignee" in event.facts:
            record.assignee = event.facts["assignee"]

    def work_closed(self, event: happened.WorkClosed, position: int) -> None:
        """A job was executed, or is gone."""
        instance = self._jobs.pop(event.key, None)
        if instance is not None and event.how == "completed":
            self.jobs_executed.append((instance, self.time))

    def incident_raised(self, event: happened.IncidentRaised, position: int) -> None:
        """The model can't go on somewhere."""
        self.incidents[event.key] = IncidentRecord(event, self._places[event.execution].instance)

    def incident_resolved(self, event: happened.IncidentResolved, position: int) -> None:
        """An incident is over."""
        record = self.incidents.get(event.key)
        if record is not None:
            record.status = "deleted" if event.deleted else "resolved"


NOTES: dict[type, Callable[[RootHistory, Any, int], None]] = {
    happened.Began: RootHistory.began,
    happened.InstanceStarted: RootHistory.instance_started,
    happened.Created: RootHistory.created,
    happened.Moved: RootHistory.moved,
    happened.Placed: RootHistory.placed,
    happened.Removed: RootHistory.removed,
    happened.Entered: RootHistory.entered,
    happened.Left: RootHistory.left,
    happened.Visited: RootHistory.visited,
    happened.Replaced: RootHistory.replaced,
    happened.VariableSet: RootHistory.variable_set,
    happened.VariableRemoved: RootHistory.variable_removed,
    happened.WorkOpened: RootHistory.work_opened,
    happened.WorkChanged: RootHistory.work_changed,
    happened.WorkClosed: RootHistory.work_closed,
    happened.IncidentRaised: RootHistory.incident_raised,
    happened.IncidentResolved: RootHistory.incident_resolved,
}


class History:
    """The histories of an engine's roots."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: OrderedDict[int, RootHistory] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, root: Root) -> RootHistory:
        """The history of a root as of now."""
        kept = self._kept.pop(root.key, None)
        if kept is None or kept.root is not root or kept.length > len(root.log):
            kept = RootHistory(root)
        self._kept[root.key] = kept
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept.read_on()

    def activities(self, roots: Iterable[Root]) -> Iterable[ActivityRecord]:
        """The activity instances of roots."""
        for root in roots:
            yield from self.of(root).activities.values()

    def variables(self, roots: Iterable[Root]) -> Iterable[VariableRecord]:
        """The variables of roots."""
        for root in roots:
            yield from self.of(root).variables


def state_of(instance: Instance) -> str:
    """The state of an instance in history (live Camunda 7.24)."""
    if not instance.ended:
        return "SUSPENDED" if instance.suspended else "ACTIVE"
    return STATES[instance.how or "completed"]


STATES = {
    "completed": "COMPLETED",
    "cancelled": "EXTERNALLY_TERMINATED",
    "terminated": "INTERNALLY_TERMINATED",
}


def removal_time(root: Root, created: int = 0) -> int | None:
    """When a root and all it called may be removed: days after the root has ended.

    What came into being after that (`created`) is not told.
    """
    top = root.instances[0] if root.instances else None
    days = None if top is None else top.process.history_time_to_live
    if top is None or not top.ended or days is None or created > top.ended:
        return None
    return top.ended + days * DAY
