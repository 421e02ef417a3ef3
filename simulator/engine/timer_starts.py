"""Timer start events: a job for each of the newest version of a definition, from its deployment on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from simulator.engine.deployments import Definition
from simulator.engine.rejections import DeploymentRefused
from simulator.kernel.executions import starting
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.model.process import Node


@dataclass(slots=True, eq=False)
class TimerStart:
    """The job of a timer start event; `facts` as those of the jobs of instances."""

    key: int
    definition: Definition
    node: Node
    time: int
    facts: dict[str, Any]
    kind: str = "timer"


@dataclass(slots=True)
class Nowhere:
    """Where the expressions of a start event are evaluated: there are no variables yet."""

    time: int
    root: "Nowhere" = field(init=False)

    def __post_init__(self) -> None:
        self.root = self

    def lookup(self, name: str, missing: Any = None) -> Any:
        """No name is known."""
        return missing


class TimerStarts:
    """The timer start jobs of an engine, by key."""

    __slots__ = ("engine", "jobs")

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.jobs: dict[int, TimerStart] = {}

    def plan(self, definitions: Iterable[Definition]) -> list[TimerStart]:
        """Make the jobs of definitions; raises `DeploymentRefused` for a timer that is no time."""
        planned = []
        for definition in definitions:
            for node in definition.process.root.start_events():
                if node.event is not None and node.event.timer is not None:
                    try:
                        planned.append(self._job(definition, node))
                    except ModelFailure as failure:
                        message = failure.message or ""
                        raise DeploymentRefused("timer", definition.resource, (), message) from failure
        return planned

    def _job(self, definition: Definition, node: Node) -> TimerStart:
        engine = self.engine
        now = engine.clock.now()
        machine = engine.dialect.execution
        assert node.event is not None, "only timer events are planned"
        due, repeat = machine.schedule(node.event.timer, Nowhere(now), now, node.id)
        facts = {"due": due, "repeat": repeat, "retries": machine.default_retries, "exclusive": True}
        return TimerStart(engine.state.key(), definition, node, now, facts)

    def add(self, planned: Iterable[TimerStart]) -> None:
        """Take jobs in."""
        self.jobs.update((job.key, job) for job in planned)

    def forget(self, process_key: str, tenant: str | None) -> None:
        """Drop the jobs of a definition's versions."""
        for key, job in list(self.jobs.items()):
            if (job.definition.process_key, job.definition.tenant) == (process_key, tenant):
                del self.jobs[key]

    def fire(self, run: Run, job: TimerStart) -> None:
        """Start an instance; a cycle leaves the next job."""
        instance = starting.create(run, job.definition, job.node)
        starting.start_at(run, instance, job.node, {})
        del self.jobs[job.key]
        again = run.machine.following(job.facts, run.now)
        if again is not None:
            key = self.engine.state.key()
            facts = {**again, "retries": run.machine.default_retries}
            self.jobs[key] = TimerStart(key, job.definition, job.node, run.now, facts)

    def due(self, now: int) -> list[TimerStart]:
        """The jobs that are due, the longest due first."""
        found = [job for job in self.jobs.values() if job.facts["due"] is None or job.facts["due"] <= now]
        return sorted(found, key=lambda job: job.facts["due"] or 0)
