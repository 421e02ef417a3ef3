"""What history remembers of activities, variables and incidents."""

from typing import Any

from simulator.kernel import events as happened
from simulator.model.process import Node


class ActivityRecord:
    """An activity instance, running or over; times in milliseconds since 1970, `ended` 0 while it runs."""

    __slots__ = (
        "assignee", "called", "cancelled", "completes", "ended", "execution", "instance", "key", "node", "parent",
        "started", "task",
    )  # fmt: skip

    def __init__(self, key: int, node: Node, execution: int, instance: int, started: int) -> None:
        self.key = key
        self.node = node
        self.execution = execution
        self.instance = instance
        self.parent: tuple[Node | None, int] = (None, instance)
        self.started = started
        self.ended = 0
        self.cancelled = False
        self.completes = False
        self.task = 0
        self.assignee: str | None = None
        self.called = 0


class VariableRecord:
    """A variable, there or gone; `place` is the position in the log where it came into being."""

    __slots__ = (
        "activity", "created", "deleted", "execution", "follows", "instance", "name", "place", "root", "task", "value",
    )  # fmt: skip

    def __init__(self, root: int, place: int, name: str, execution: int, created: int) -> None:
        self.root = root
        self.place = place
        self.name = name
        self.execution = execution
        self.created = created
        self.instance = 0
        self.activity: tuple[Node | None, int] = (None, 0)
        self.value: Any = None
        self.deleted = False
        self.follows = False
        self.task = 0


class IncidentRecord:
    """An incident, open or over; `root_cause` where no other incident brought it about."""

    __slots__ = ("instance", "key", "kind", "message", "node", "root_cause", "status")

    def __init__(self, event: happened.IncidentRaised, instance: int) -> None:
        self.key = event.key
        self.kind = event.kind
        self.message = event.message
        self.node = event.node
        self.root_cause = not event.cause
        self.instance = instance
        self.status = "open"
