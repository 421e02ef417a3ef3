"""Messages and signals: who waits for them, and what they start."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.engine.deployments import Definition
from simulator.engine.rejections import DefinitionSuspended, DeploymentRefused, NotCorrelated
from simulator.engine.timer_starts import Nowhere
from simulator.kernel.executions import starting, triggering
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Subscription
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQuery:
    """Whom a message is for; `instance` is a process instance's key, `any_tenant` says that tenants don't matter."""

    name: str
    business_key: str | None = None
    instance: int | None = None
    keys: Mapping[str, Any] = field(default_factory=dict)
    local_keys: Mapping[str, Any] = field(default_factory=dict)
    tenant: str | None = None
    any_tenant: bool = True

    def fits(self, subscription: Subscription) -> bool:
        """Whether an execution that waits for the message is meant."""
        execution = subscription.execution
        instance = execution.instance
        return (
            not instance.suspended
            and self.business_key in (None, instance.business_key)
            and self.instance in (None, instance.key)
            and (self.any_tenant or instance.tenant == self.tenant)
            and _holds(instance.execution, self.keys)
            and _holds(execution, self.local_keys)
        )

    def starts(self, start: StartSubscription) -> bool:
        """Whether a definition may be started by the message; only its tenant matters."""
        return self.any_tenant or start.definition.tenant == self.tenant


@dataclass(frozen=True, slots=True)
class Correlated:
    """Where a message went: the execution that waited, or (None) a new instance."""

    execution: Execution | None
    instance: Instance


class Correlation:
    """The message and signal commands of an engine."""

    __slots__ = ("engine", "starts")

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.starts: dict[tuple[str, str], list[StartSubscription]] = {}

    def subscribe_starts(self, definitions: Sequence[Definition]) -> None:
        """These newest versions wait for what starts them; older versions no more.

        Raises `DeploymentRefused` for a timer that is no time a name that has no value, a
        message that starts another definition; then nothing has changed.
        """
        timers = self.engine.jobs.starts
        planned = timers.plan(definitions)
        starts = [start for definition in definitions for start in self._starts_of(definition)]
        self._ensure_free(starts)
        for definition in definitions:
            self.forget(definition.process_key, definition.tenant)
        timers.add(planned)
        for start in starts:
            self.starts.setdefault((start.kind, start.name), []).append(start)

    def _ensure_free(self, starts: Sequence[StartSubscription]) -> None:
        """A message starts one definition of a tenant at most."""
        taken: dict[tuple[str, str | None], str] = {}
        for start in starts:
            definition = start.definition
            if start.kind != "message":
                continue
            others = [
                other.definition.process_key
                for other in self.starts.get(("message", start.name), ())
                if other.definition.tenant == definition.tenant
            ]
            first = taken.setdefault((start.name, definition.tenant), definition.process_key)
            if any(key != definition.process_key for key in [*others, first]):
                message = (
                    f"ENGINE-01011 Cannot deploy process definition '{definition.resource}': there already is a "
                    f"message event subscription for the message with name '{start.name}'."
                )
                raise DeploymentRefused("start", definition.resource, (), message)

    def _starts_of(self, definition: Definition) -> Iterable[StartSubscription]:
        """What starts a definition by a name; that of a signal may be an expression."""
        machine, nowhere = self.engine.dialect.execution, Nowhere(self.engine.clock.now())
        for node in definition.process.root.start_events():
            event = node.event
            if event is None or event.name is None or event.kind not in ("message", "signal"):
                continue
            try:
                yield StartSubscription(definition, node, event.kind, machine.text(event.name(nowhere)))
            except ModelFailure as failure:
                raise DeploymentRefused("start", definition.resource, (), failure.message or "") from failure

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

    def correlate(self, query: MessageQuery, payload: Payload) -> Correlated:
        """Hand a message to the one execution that waits for it, or else start the one definition it starts.

        Raises `NotCorrelated` where there is none or more than one.
        """
        waiting = [s for s in self.waiting("message", query.name) if query.fits(s)]
        if len(waiting) > 1:
            raise NotCorrelated(query.name, len(waiting))
        if waiting:
            execution = waiting[0].execution
            self.deliver_to_all(waiting, (), payload)
            return Correlated(execution, execution.instance)
        starts = [s for s in self.starting("message", query.name) if query.starts(s)]
        if len(starts) > 1:
            raise NotCorrelated(query.name, len(starts), "definition")
        if not starts:
            raise NotCorrelated(query.name)
        return Correlated(None, self.deliver_to_all((), starts, payload, query.business_key)[0])

    def correlate_all(self, query: MessageQuery, payload: Payload) -> list[Correlated]:
        """Hand a message to every execution that waits for it, then start every definition it starts."""
        waiting = [s for s in self.waiting("message", query.name) if query.fits(s)]
        starts = [s for s in self.starting("message", query.name) if query.starts(s)]
        reached = [s.execution for s in waiting]
        started = self.deliver_to_all(waiting, starts, payload, query.business_key)
        return [
            *(Correlated(execution, execution.instance) for execution in reached),
            *(Correlated(None, instance) for instance in started),
        ]

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


def _holds(execution: Execution, keys: Mapping[str, Any]) -> bool:
    """Whether an execution itself has these variables, each with a value of the same type."""
    held = execution.variables or {}
    return all(
        name in held and type(held[name]) is type(value) and held[name] == value
        for name, value in keys.items()
    )
