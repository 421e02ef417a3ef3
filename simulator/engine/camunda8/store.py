"""The exported store: records as projections of the logs, brought up to date when somebody looks."""

from collections.abc import Callable
from typing import Any

from simulator.engine.camunda8.records import (
    COMPLETED,
    TERMINATED,
    ElementRecord,
    IncidentRecord,
    InstanceRecords,
    VariableRecord,
    WorkRecord,
)
from simulator.kernel import events as happened
from simulator.kernel.state import Root, State

CLOSED = {"completed": "COMPLETED", "error-thrown": "ERROR_THROWN"}
NO_MESSAGE = ""


class ExportedStore:
    """Every record by its key, and all records of a process instance together.

    `pending` says from where on the logs of touched roots have not been read.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.pending: dict[Root, int] = {}
        self.instances: dict[int, InstanceRecords] = {}
        self.elements: dict[int, ElementRecord] = {}
        self.variables: dict[int, VariableRecord] = {}
        self.jobs: dict[int, WorkRecord] = {}
        self.user_tasks: dict[int, WorkRecord] = {}
        self.incidents: dict[int, IncidentRecord] = {}
        self._held: dict[tuple[int, str], VariableRecord] = {}
        self._owners: dict[int, InstanceRecords] = {}
        self._time = 0
        self._ended = 0

    def catch_up(self) -> None:
        """Read what has happened since the last time."""
        pending = self.pending
        for root, position in pending.items():
            for event in root.log[position:]:
                project = PROJECTIONS.get(event.__class__)
                if project is not None:
                    project(self, event)
        pending.clear()

    def began(self, event: happened.Began) -> None:
        """What follows happened at this time."""
        self._time = event.time

    def started(self, event: happened.InstanceStarted) -> None:
        """A process instance came into being."""
        records = InstanceRecords(self.state.instances[event.key])
        self.instances[event.key] = self._owners[event.key] = records

    def activating(self, event: happened.Activating) -> None:
        """An element instance began."""
        self._begin(event.key, event.scope, event.node)

    def passed(self, event: happened.Passed) -> None:
        """An element instance came and went."""
        self._end(self._begin(event.key, event.scope, event.node), COMPLETED)

    def _begin(self, key: int, scope: int, node: Any) -> ElementRecord:
        owner = self._owners[scope]
        record = ElementRecord(key=key, node=node, instance=owner.instance, scope=scope, started=self._time)
        self._owners[key] = owner
        self.elements[key] = record
        owner.elements.append(record)
        return record

    def finished(self, event: happened.Finished) -> None:
        """An element instance ended."""
        self._end(self.elements[event.key], TERMINATED if event.terminated else COMPLETED)

    def _end(self, record: ElementRecord, state: str) -> None:
        self._ended += 1
        record.state, record.ended, record.order = state, self._time, self._ended

    def variable_set(self, event: happened.VariableSet) -> None:
        """A variable has a value."""
        record = self._held.get((event.execution, event.name))
        if record is not None:
            record.value = event.value
            return
        owner = self._owners[event.execution]
        record = VariableRecord(
            key=self.state.key(),
            scope=event.execution,
            name=event.name,
            value=event.value,
            instance=owner.instance,
        )
        self._held[event.execution, event.name] = self.variables[record.key] = record
        owner.variables.append(record)

    def work_opened(self, event: happened.WorkOpened) -> None:
        """A job or a user task was opened; timers are no work to be found."""
        if event.kind not in ("job", "user-task"):
            return
        owner = self._owners[event.execution]
        record = WorkRecord(
            key=event.key,
            node=event.node,
            element=event.execution,
            instance=owner.instance,
            started=self._time,
            facts=dict(event.facts),
        )
        if event.kind == "job":
            self.jobs[event.key] = record
            owner.jobs.append(record)
        else:
            self.user_tasks[event.key] = record
            owner.user_tasks.append(record)

    def work_changed(self, event: happened.WorkChanged) -> None:
        """Work has other attributes."""
        record = self.jobs.get(event.key) or self.user_tasks.get(event.key)
        if record is None:
            return
        if event.key in self.jobs:
            record.state = _job_state(record, event.facts)
        record.facts.update(event.facts)

    def work_closed(self, event: happened.WorkClosed) -> None:
        """Work is over."""
        record = self.jobs.get(event.key) or self.user_tasks.get(event.key)
        if record is not None:
            record.state = CLOSED.get(event.how, "CANCELED")
            record.ended = self._time

    def incident_raised(self, event: happened.IncidentRaised) -> None:
        """Something is stuck."""
        owner = self._owners[event.execution]
        record = IncidentRecord(
            key=event.key,
            kind=event.kind,
            message=event.message or NO_MESSAGE,
            node=event.node,
            element=event.execution,
            instance=owner.instance,
            started=self._time,
            work=event.work or None,
        )
        self.incidents[event.key] = record
        owner.incidents.append(record)
        owner.open_incidents += 1
        element = self.elements.get(event.execution)
        if element is not None:
            element.incident = event.key

    def incident_resolved(self, event: happened.IncidentResolved) -> None:
        """It is stuck no more."""
        record = self.incidents[event.key]
        if record.resolved:
            return
        record.resolved = True
        self.instances[record.instance.key].open_incidents -= 1
        element = self.elements.get(record.element)
        if element is not None and element.incident == event.key:
            element.incident = None


def _job_state(record: WorkRecord, changed: dict[str, Any]) -> str:
    """The last thing that happened to a job; that a worker has it is never exported."""
    state = changed.get("state")
    if state == "ERROR_THROWN":
        return "ERROR_THROWN"
    if "retries" in changed:
        return "RETRIES_UPDATED" if state is None else "FAILED"
    if state == "ACTIVATABLE" and record.facts.get("state") == "ACTIVATED":
        return "TIMED_OUT"
    return record.state


PROJECTIONS: dict[type, Callable[[ExportedStore, Any], None]] = {
    happened.Began: ExportedStore.began,
    happened.InstanceStarted: ExportedStore.started,
    happened.Activating: ExportedStore.activating,
    happened.Passed: ExportedStore.passed,
    happened.Finished: ExportedStore.finished,
    happened.VariableSet: ExportedStore.variable_set,
    happened.WorkOpened: ExportedStore.work_opened,
    happened.WorkChanged: ExportedStore.work_changed,
    happened.WorkClosed: ExportedStore.work_closed,
    happened.IncidentRaised: ExportedStore.incident_raised,
    happened.IncidentResolved: ExportedStore.incident_resolved,
}
