"""Jobs: handed out to workers by type, locked until their deadline, and given back."""

from collections.abc import Collection, Mapping
from heapq import heappop, heappush
from typing import Any

from simulator.engine.camunda8.rejections import DeadlineTooFar, NotActivated, NotFound, RetriesNotPositive
from simulator.kernel.element_instances import working
from simulator.kernel.events import WorkChanged
from simulator.kernel.state import Work

JOB = "job"
LATEST = 2**63 - 1
ACTIVATABLE, ACTIVATED, FAILED = "ACTIVATABLE", "ACTIVATED", "FAILED"


class Jobs:
    """The jobs of a broker; `queues` hold the keys of those that can be activated by their type.

    What commands did is noted when somebody asks, not before.
    """

    __slots__ = ("broker", "queues", "resting")

    def __init__(self, broker: Any) -> None:
        self.broker = broker
        self.queues: dict[str, dict[int, None]] = {}
        self.resting: list[tuple[int, int]] = []

    def find(self, key: int) -> Work:
        """An open job; raises `NotFound`."""
        found: Work | None = self.broker.state.work.get(key)
        if found is None or found.kind != JOB:
            raise NotFound(JOB, key)
        return found

    def activate(
        self, kind: str, *, worker: str, timeout: int, at_most: int, tenants: Collection[str]
    ) -> list[Work]:
        """Hand out jobs of a type, each to be done within milliseconds; those that are there first go first.

        Raises `DeadlineTooFar` where there are some, and their deadline would be beyond what a time can be.
        """
        self.broker.catch_up()
        self.wake()
        queue = self.queues.get(kind)
        if not queue:
            return []
        found: list[Work] = []
        taken = []
        deadline = self.broker.clock.now() + timeout
        for key in queue:
            work = self.broker.state.work.get(key)
            if work is None or work.facts["state"] != ACTIVATABLE:
                taken.append(key)
            elif work.execution.instance.tenant in tenants:
                taken.append(key)
                found.append(work)
                if len(found) == at_most:
                    break
        if found and deadline > LATEST:
            raise DeadlineTooFar
        for key in taken:
            del queue[key]
        self._lock(found, worker, deadline)
        return found

    def _lock(self, jobs: Collection[Work], worker: str, deadline: int) -> None:
        if not jobs:
            return
        with self.broker.command() as run:
            for work in jobs:
                facts = {"state": ACTIVATED, "worker": worker, "deadline": deadline}
                run.emit(work.execution.root, WorkChanged(work.key, facts))
                heappush(self.resting, (deadline, work.key))

    def note(self, key: int) -> None:
        """Note work that a command has opened or changed."""
        work = self.broker.state.work.get(key)
        if work is None or work.kind != JOB:
            return
        facts = work.facts
        if facts["state"] == ACTIVATABLE:
            self.queues.setdefault(facts["type"], {})[key] = None
        elif facts["state"] == FAILED and facts.get("retry_at"):
            heappush(self.resting, (facts["retry_at"], key))

    def wake(self) -> None:
        """Give back the jobs whose worker's time or whose back-off is over."""
        now = self.broker.clock.now()
        if not self.resting or self.resting[0][0] > now:
            return
        woken = {}
        while self.resting and self.resting[0][0] <= now:
            due, key = heappop(self.resting)
            work = self.broker.state.work.get(key)
            if work is not None and _rests_until(work.facts) == due:
                woken[key] = work
        with self.broker.command() as run:
            for work in woken.values():
                facts = {"state": ACTIVATABLE, "retry_at": 0}
                run.emit(work.execution.root, WorkChanged(work.key, facts))
        self.broker.catch_up()

    def complete(self, key: int, variables: Mapping[str, Any]) -> None:
        """A worker is done; raises `NotFound`, and `WrongState` for a job that has failed."""
        work = self.find(key)
        with self.broker.command() as run:
            working.complete_job(run, work, variables)

    def fail(
        self, key: int, retries: int, message: str | None, *, back_off: int, variables: Mapping[str, Any]
    ) -> None:
        """A worker gave up; raises `NotFound` and `WrongState`."""
        work = self.find(key)
        with self.broker.command() as run:
            working.fail_job(run, work, retries, message, variables=variables, back_off=back_off)

    def throw_error(self, key: int, code: str, message: str | None, variables: Mapping[str, Any]) -> None:
        """A worker throws an error; raises `NotFound` and `WrongState`."""
        work = self.find(key)
        with self.broker.command() as run:
            working.throw_error(run, work, code, message, variables)

    def update(self, key: int, retries: int | None, timeout: int | None) -> None:
        """Change a job's retries, or the time its worker has from now on.

        Raises `NotFound`, `RetriesNotPositive`, and `NotActivated` where no worker holds it.
        """
        self.wake()
        work = self.find(key)
        if retries is not None and retries < 1:
            raise RetriesNotPositive(key, retries)
        if timeout is not None and work.facts["state"] != ACTIVATED:
            raise NotActivated(key)
        with self.broker.command() as run:
            if retries is not None:
                working.set_retries(run, work, retries)
            if timeout is not None:
                deadline = run.now + timeout
                run.emit(work.execution.root, WorkChanged(key, {"deadline": deadline}))
                heappush(self.resting, (deadline, key))


def _rests_until(facts: Mapping[str, Any]) -> int | None:
    if facts["state"] == ACTIVATED:
        return int(facts["deadline"])
    if facts["state"] == FAILED:
        return int(facts.get("retry_at") or 0)
    return None
