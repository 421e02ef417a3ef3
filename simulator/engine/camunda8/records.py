"""What searches find: one record for each element instance, variable, job, user task and incident there ever was."""

from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.state import Instance
from simulator.model.process import Node

ACTIVE, COMPLETED, TERMINATED = "ACTIVE", "COMPLETED", "TERMINATED"


@dataclass(slots=True, eq=False, kw_only=True)
class ElementRecord:
    """An element instance; `order` counts what has ended, times are milliseconds since 1970, UTC."""

    key: int
    node: Node
    instance: Instance
    scope: int
    started: int
    ended: int | None = None
    state: str = ACTIVE
    order: int = 0
    incident: int | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class VariableRecord:
    """A variable of a scope, with the value it has now or had last."""

    key: int
    scope: int
    name: str
    value: Any
    instance: Instance


@dataclass(slots=True, eq=False, kw_only=True)
class WorkRecord:
    """A job or a user task; `facts` as those of open work."""

    key: int
    node: Node
    element: int
    instance: Instance
    started: int
    facts: dict[str, Any]
    state: str = "CREATED"
    ended: int | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class IncidentRecord:
    """An incident; `work` is the job at fault, None where there is none."""

    key: int
    kind: str
    message: str
    node: Node
    element: int
    instance: Instance
    started: int
    work: int | None
    resolved: bool = False


@dataclass(slots=True, eq=False)
class InstanceRecords:
    """All records of one process instance."""

    instance: Instance
    elements: list[ElementRecord] = field(default_factory=list)
    variables: list[VariableRecord] = field(default_factory=list)
    jobs: list[WorkRecord] = field(default_factory=list)
    user_tasks: list[WorkRecord] = field(default_factory=list)
    incidents: list[IncidentRecord] = field(default_factory=list)
    open_incidents: int = 0
