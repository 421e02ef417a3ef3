"""User tasks of the engine's own: completed, assigned, changed."""

from collections.abc import Mapping
from typing import Any

from simulator.engine.camunda8.rejections import AlreadyAssigned, NotFound
from simulator.kernel.element_instances import working
from simulator.kernel.events import WorkChanged
from simulator.kernel.state import Work

USER_TASK = "user-task"


class UserTasks:
    """The user tasks of a broker."""

    __slots__ = ("broker",)

    def __init__(self, broker: Any) -> None:
        self.broker = broker

    def find(self, key: int) -> Work:
        """An open user task; raises `NotFound`."""
        found: Work | None = self.broker.state.work.get(key)
        if found is None or found.kind != USER_TASK:
            raise NotFound(USER_TASK, key)
        return found

    def complete(self, key: int, variables: Mapping[str, Any]) -> None:
        """Complete it; raises `NotFound`."""
        work = self.find(key)
        with self.broker.command() as run:
            working.complete_work(run, work, variables)

    def assign(self, key: int, assignee: str | None, *, override: bool = True) -> None:
        """Give it to somebody, or (None) to nobody; raises `NotFound`, `AlreadyAssigned` where it must be free."""
        work = self.find(key)
        holder = work.facts.get("assignee")
        if not override and holder and holder != assignee:
            raise AlreadyAssigned(key)
        self._change(work, {"assignee": assignee or None})

    def update(self, key: int, changes: Mapping[str, Any]) -> None:
        """Change attributes; raises `NotFound`."""
        self._change(self.find(key), dict(changes))

    def _change(self, work: Work, facts: dict[str, Any]) -> None:
        with self.broker.command() as run:
            run.emit(work.execution.root, WorkChanged(work.key, facts))
