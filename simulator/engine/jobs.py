"""Jobs: asynchronous continuations and timers, executed on demand or when they are due."""

from collections.abc import Iterable
from contextlib import suppress
from heapq import heappop, heappush
from typing import Any

from simulator.bpmn.camunda7.ids import show_id
from simulator.engine.rejections import InstanceSuspended, NotFound
from simulator.engine.timer_starts import TimerStart, TimerStarts
from simulator.kernel.events import Created, Entered, IncidentRaised, Left, Placed, Visited, WorkChanged
from simulator.kernel.executions import tree, triggering
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Work
from simulator.model.process import Node

ROUNDS_AT_MOST = 10_000
"""How often what jobs made due is worked off in one go."""
LONGEST_MESSAGE = 666
STANDING = (Created, Entered, Left, Placed, Visited)

Job = Work | TimerStart


class Jobs:
    """The job commands of an engine; `starts` are the jobs of timer start events."""

    __slots__ = ("engine", "starts")

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.starts = TimerStarts(engine)

    def open_jobs(self) -> Iterable[Job]:
        """All jobs there are."""
        return [*self.engine.state.jobs.values(), *self.starts.jobs.values()]

    def find(self, key: int) -> Job:
        """A job by its key; raises `NotFound`."""
        found: Job | None = self.engine.state.jobs.get(key) or self.starts.jobs.get(key)
        if found is None:
            raise NotFound("job", key)
        return found

    def execute(self, job: Job) -> None:
        """Execute a job now; a failure takes a retry, and with the last one raises an incident, and is raised.

        That its instance is suspended is a failure, too (live Camunda 7.24).
        """
        failed_at = job.node
        if isinstance(job, Work) and job.execution.instance.suspended:
            message = f"ENGINE-03043 Execution with id '{show_id(job.execution.key)}' is suspended."
            self.fail(job, None if job.kind == "timer" else job.node, ModelFailure(message))
            raise InstanceSuspended("Execution", job.execution.key)
        try:
            with self.engine.command() as run:
                try:
                    self._fire(run, job)
                    run.work_off()
                except ModelFailure:
                    failed_at = _standing(run, job.node)
                    raise
        except ModelFailure as failure:
            self.fail(job, failed_at, failure)
            raise

    def _fire(self, run: Run, job: Job) -> None:
        if isinstance(job, TimerStart):
            self.starts.fire(run, job)
        else:
            triggering.fire(run, job)

    def fail(self, job: Job, failed_at: Node | None, failure: ModelFailure) -> None:
        """Note a job's failure and, where it got so far, at which node; the last one raises an incident."""
        message = None if failure.message is None else failure.message[:LONGEST_MESSAGE]
        retries = max(job.facts["retries"] - 1, 0)
        facts = {
            "retries": retries,
            "message": message,
            "failed_at": None if failed_at is None else failed_at.id,
            "due": job.facts.get("due"),
        }
        if isinstance(job, TimerStart):
            job.facts.update(facts)
            return
        with self.engine.command() as run:
            work = self.engine.state.work[job.key]
            run.emit(work.execution.root, WorkChanged(work.key, facts))
            if retries == 0 and work.incident is None:
                raise_incident(run, work, "failedJob", message)

    def set_retries(self, job: Job, retries: int, **due: int | None) -> None:
        """Give a job retries, and another `due` time where one is named; that resolves its incident."""
        facts = {"retries": retries, "due": due.get("due", job.facts.get("due"))}
        if isinstance(job, TimerStart):
            job.facts.update(facts)
            return
        with self.engine.command() as run:
            run.emit(job.execution.root, WorkChanged(job.key, facts))
            if retries > 0 and job.incident is not None:
                tree.drop_incident(run, job.incident, deleted=False)
            elif retries == 0 and job.incident is None:
                raise_incident(run, job, "failedJob", job.facts.get("message"))

    def execute_due(self) -> None:
        """Execute what is due by the engine's clock, and what that makes due, until nothing is."""
        waiting: list[Work] = []
        for _ in range(ROUNDS_AT_MOST):
            jobs = self.due(self.engine.clock.now())
            for job in jobs:
                self._execute_if_able(job, waiting)
            if not jobs:
                break
        for job in waiting:
            heappush(self.engine.state.due, (job.facts.get("due") or 0, job.key))

    def _execute_if_able(self, job: Job, waiting: list[Work]) -> None:
        try:
            self.find(job.key)
        except NotFound:
            return
        if isinstance(job, Work) and job.execution.instance.suspended:
            waiting.append(job)
            return
        with suppress(ModelFailure):
            self.execute(job)

    def due(self, now: int) -> list[Job]:
        """The jobs that are due at a time and have retries left, the longest due first."""
        state = self.engine.state
        found: list[Job] = [job for job in self.starts.due(now) if job.facts["retries"] > 0]
        seen: set[int] = set()
        while state.due and state.due[0][0] <= now:
            due, key = heappop(state.due)
            job = state.jobs.get(key)
            if job is None or key in seen or (job.facts.get("due") or 0) != due or job.facts["retries"] == 0:
                continue
            seen.add(key)
            found.append(job)
        return sorted(found, key=lambda job: job.facts.get("due") or 0)


def _standing(run: Run, otherwise: Node) -> Node:
    """Where the command that is about to be undone came to."""
    for root, length in run.marks:
        for event in reversed(root.log[length:]):
            if isinstance(event, STANDING) and event.node is not None:
                return event.node
    return otherwise


def raise_incident(run: Any, work: Work, kind: str, message: str | None) -> None:
    """Raise an incident on work, and on every call activity that leads to its instance."""
    key = run.state.key()
    execution = work.execution
    run.emit(
        execution.root,
        IncidentRaised(
            key=key, execution=execution.key, kind=kind, node=work.node, message=message, work=work.key
        ),
    )
    caller = execution.instance.caller
    while caller is not None:
        cause, key = key, run.state.key()
        node = caller.scope_node
        assert node is not None, "a call activity is a scope"
        run.emit(
            caller.root,
            IncidentRaised(key=key, execution=caller.key, kind=kind, node=node, message=None, cause=cause),
        )
        caller = caller.instance.caller
