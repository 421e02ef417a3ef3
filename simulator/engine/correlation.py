"""Messages and signals: who waits for them, and what they start."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.engine.deployments import Definition, Deployment
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
        for definition in deployment.definitions:
            self.forget(definition.process_key, definition.tenant)
            for node in definition.process.root.start_events():
                event = node.event
                if event is None or event.kind not in ("message", "signal"):
                    continue
                start = StartSubscription(definition, node, event.kind, event.name_text or "")
                self.starts.setdefault((start.kind, start.name), []).append(start)

    def forget(self, process_key: str, tenant: str | None) -> None:
        """Drop the start subscriptions of a key."""
        for place, starts in list(self.starts.items()):
            kept = [
                s for s in starts if (s.definition.process_key, s.definition.tenant) != (process_key, tenant)
            ]
            if kept:
                self.starts[place] = kept
            else:
                del self.starts[place]

    def waiting(self, kind: str, name: str | None) -> Iterable[Subscription]:
        """The executions that wait for a name, in the order they began to."""
        return list(self.engine.state.named.get((kind, name), {}).values())

    def deliver(self, subscription: Subscription, payload: Payload) -> None:
        """Hand a message to an execution that waits for it."""
        with self.engine.command() as run:
            triggering.receive(run, subscription, payload.variables, payload.local, payload.triggered)

    def start(self, start: StartSubscription, payload: Payload, business_key: str | None) -> Instance:
        """Start an instance by a message."""
        with self.engine.command() as run:
            return self._start_in(run, start, {**payload.variables, **payload.local}, business_key)

    def _start_in(
        self, run: Run, start: StartSubscription, variables: Mapping[str, Any], business_key: str | None
    ) -> Instance:
        instance = starting.create(run, start.definition, start.node, business_key=business_key)
        starting.open_process(run, instance, variables)
        run.push(starting.first, instance.execution, start.node)
        return instance

    def broadcast(
        self, name: str, variables: Mapping[str, Any], *, tenant: str | None, all_tenants: bool
    ) -> None:
        """Hand a signal to all who wait for it, and start what it starts, in one command."""
        with self.engine.command() as run:
            self.broadcast_in(run, name, variables, tenant, all_tenants=all_tenants)

    def broadcast_in(
        self,
        run: Run,
        name: str,
        variables: Mapping[str, Any],
        tenant: str | None,
        *,
        all_tenants: bool = False,
    ) -> None:
        """The same within a command that is under way."""
        for start in reversed(self.starts.get(("signal", name), [])):
            if (all_tenants or start.definition.tenant == tenant) and not start.definition.suspended:
                self._start_in(run, start, variables, None)
        for subscription in self.waiting("signal", name):
            instance = subscription.execution.instance
            if all_tenants or instance.tenant == tenant:
                triggering.receive(run, subscription, variables, {}, {})
