"""Messages and signals: who waits for them, and what they start."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.engine.deployments import Definition, Deployment
from simulator.engine.rejections import DefinitionSuspended, DeploymentRefused
from simulator.kernel.executions import starting, triggering
from simulator.kernel.run import Run
from simulator.kernel.state import Instance, Subscription
from simulator.model.process import Node


@dataclass(frozen=True, slots=True)
class StartSubscription:
    """A definition's start event that waits for a message or signal by name."""

    definition: Definition
    node: Node
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The variables that come with a message: for the process, for whoever waited, for what is triggered."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    local: Mapping[str, Any] = field(default_factory=dict)
    triggered: Mapping[str, Any] = field(default_factory=dict)


class Correlation:
    """The message and signal commands of an engine."""

    __slots__ = ("engine", "starts")

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.starts: dict[tuple[str, str], list[StartSubscription]] = {}

    def subscribe_starts(self, deployment: Deployment) -> None:
        """The newest version of each definition waits for what starts it; older versions no more."""
        timers = self.engine.jobs.starts
        try:
            planned = timers.plan(deployment)
        except DeploymentRefused:
            self.engine.deployments.remove(deployment)
            raise
        for definition in deployment.definitions:
            self.forget(definition.process_key, definition.tenant)
        timers.add(planned)
        for definition in deployment.definitions:
            for node in definition.process.root.start_events():
                event = node.event
                if event is None or event.kind not in ("message", "signal"):
                    continue
                start = StartSubscription(definition, node, event.kind, event.name_text or "")
                self.starts.setdefault((start.kind, start.name), []).append(start)

    def forget(self, process_key: str, tenant: str | None) -> None:
        """Drop the start subscriptions and timers of a key."""
        self.engine.jobs.starts.forget(process_key, tenant)
        for place, starts in list(self.starts.items()):
            kept = [
                s for s in starts if (s.definition.process_key, s.definition.tenant) != (process_key, tenant)
            ]
            if kept:
                self.starts[place] = kept
            else:
                del self.starts[place]

    def starting(self, kind: str, name: str) -> Sequence[StartSubscription]:
        """What a name starts."""
        return self.starts.get((kind, name), ())

    def waiting(self, kind: str, name: str | None) -> Sequence[Subscription]:
        """The executions that wait for a name, in the order they began to."""
        return list(self.engine.state.named.get((kind, name), {}).values())

    def deliver(self, subscription: Subscription, payload: Payload) -> None:
        """Hand a message to an execution that waits for it."""
        with self.engine.command() as run:
            _receive(run, subscription, payload)

    def start(self, start: StartSubscription, payload: Payload, business_key: str | None) -> Instance:
        """Start an instance by a message."""
        with self.engine.command() as run:
            return self._start_in(run, start, payload, business_key)

    def deliver_to_all(
        self,
        subscriptions: Iterable[Subscription],
        starts: Iterable[StartSubscription],
        payload: Payload,
        business_key: str | None = None,
    ) -> list[Instance]:
        """Hand a message to all these executions and start all these definitions, one after another in one command.

        What the first ones made of it can take it from the later ones. Answers the instances started.
        """
        with self.engine.command() as run:
            for subscription in subscriptions:
                if subscription.key in run.state.subscriptions:
                    _receive(run, subscription, payload)
                    run.work_off()
            started = []
            for start in starts:
                started.append(self._start_in(run, start, payload, business_key))
                run.work_off()
            return started

    def _start_in(
        self, run: Run, start: StartSubscription, payload: Payload, business_key: str | None
    ) -> Instance:
        if start.definition.suspended:
            raise DefinitionSuspended(start.definition.key)
        instance = starting.create(run, start.definition, start.node, business_key=business_key)
        variables = {**payload.variables, **payload.local, **payload.triggered}
        starting.open_process(run, instance, variables)
        run.push(starting.first, instance.execution, start.node)
        return instance

    def broadcast(self, name: str, variables: Mapping[str, Any], fits: Callable[[str | None], bool]) -> None:
        """Hand a signal to all who wait for it, then start what it starts; `fits` asks for their tenants."""
        waiting = [s for s in self.waiting("signal", name) if fits(s.execution.instance.tenant)]
        starts = [s for s in self.starting("signal", name) if fits(s.definition.tenant)]
        waiting = [s for s in waiting if not s.execution.instance.suspended]
        self.deliver_to_all(waiting, starts, Payload(variables=variables))

    def broadcast_in(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        """Hand out a signal that a model throws: who caught it goes on after the thrower, the last one first."""
        for start in reversed(self.starting("signal", name)):
            if start.definition.tenant == tenant and not start.definition.suspended:
                self._start_in(run, start, Payload(variables=variables), None)
        for subscription in self.waiting("signal", name):
            if (
                subscription.execution.instance.tenant == tenant
                and subscription.key in run.state.subscriptions
            ):
                triggering.receive(run, subscription, variables, {}, {})


def _receive(run: Run, subscription: Subscription, payload: Payload) -> None:
    triggering.receive(run, subscription, payload.variables, payload.local, payload.triggered)
