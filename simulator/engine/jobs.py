"""Jobs: asynchronous continuations and timers, executed on demand or when they are due."""

from contextlib import suppress
from heapq import heappop
from typing import Any

from simulator.kernel.events import IncidentRaised, WorkChanged
from simulator.kernel.executions import triggering
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Work

ROUNDS_AT_MOST = 10_000
"""How often what jobs made due is worked off in one go."""


class Jobs:
    """The job commands of an engine."""

    __slots__ = ("engine",)

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def execute(self, job: Work) -> None:
        """Execute a job now; a failure takes a retry, and with the last one raises an incident, and is raised."""
        engine = self.engine
        try:
            with engine.command() as run:
                triggering.fire(run, job)
        except ModelFailure as failure:
            self.fail(job.key, failure)
            raise

    def fail(self, key: int, failure: ModelFailure) -> None:
        """Note a job's failure."""
        engine = self.engine
        job = engine.state.work.get(key)
        if job is None:
            return
        retries = max(job.facts["retries"] - 1, 0)
        with engine.command() as run:
            facts = {"retries": retries, "message": failure.message, "failed_at": job.node.id}
            facts["due"] = job.facts.get("due")
            run.emit(job.execution.root, WorkChanged(key, facts))
            if retries == 0 and job.incident is None:
                raise_incident(run, job, "failedJob", failure.message)

    def execute_due(self) -> None:
        """Execute what is due by the engine's clock, and what that makes due, until nothing is."""
        for _ in range(ROUNDS_AT_MOST):
            jobs = [job for job in self.due(self.engine.clock.now()) if job.facts["retries"] > 0]
            for job in jobs:
                if job.key in self.engine.state.jobs and not job.execution.instance.suspended:
                    with suppress(ModelFailure):
                        self.execute(job)
            if not jobs:
                return

    def due(self, now: int) -> list[Work]:
        """The active jobs that are due at a time and have retries left, the longest due first."""
        state = self.engine.state
        found: list[Work] = []
        seen: set[int] = set()
        while state.due and state.due[0][0] <= now:
            due, key = heappop(state.due)
            job = state.jobs.get(key)
            if job is None or key in seen or (job.facts.get("due") or 0) != due:
                continue
            seen.add(key)
            found.append(job)
        return found


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
        run.emit(
            caller.root,
            IncidentRaised(key=key, execution=caller.key, kind=kind, node=node, message=message, cause=cause),
        )
        caller = caller.instance.caller
