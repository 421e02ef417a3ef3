"""Messages: correlated with what waits for them, and kept for their time to live."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from simulator.engine.camunda8.rejections import AlreadyPublished, NothingWaits
from simulator.engine.camunda8.starts import Start
from simulator.kernel.element_instances.stages import ACTIVE
from simulator.kernel.element_instances.triggering import correlate
from simulator.kernel.run import Run
from simulator.kernel.state import Instance, Subscription

Address = tuple[str, str, str]
"""A message's tenant, name and correlation key."""
Lock = tuple[str, str, str]
"""A process's id, a correlation key and a tenant: only one instance at a time is started for these."""


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    """A published message; `seen` are the ids of the processes it has reached, each is reached once."""

    key: int
    name: str
    correlation_key: str
    message_id: str
    variables: Mapping[str, Any]
    tenant: str
    until: int
    seen: set[str] = field(default_factory=set)

    @property
    def address(self) -> Address:
        """Where it waits."""
        return self.tenant, self.name, self.correlation_key


class Messages:
    """The messages of a broker."""

    __slots__ = ("broker", "ending", "expiring", "ids", "kept", "locks", "waiting")

    def __init__(self, broker: Any) -> None:
        self.broker = broker
        self.kept: dict[Address, list[Message]] = {}
        self.ids: set[tuple[Address, str]] = set()
        self.expiring: list[tuple[int, int, Message]] = []
        self.locks: dict[Lock, int] = {}
        self.ending: dict[int, Lock] = {}
        self.waiting: dict[tuple[str | None, str | None], dict[int, None]] = {}

    def note(self, key: int) -> None:
        """Note a subscription that a command has opened."""
        subscription = self.broker.state.subscriptions.get(key)
        if subscription is not None:
            place = (subscription.name, subscription.correlation_key)
            self.waiting.setdefault(place, {})[key] = None

    def publish(
        self,
        name: str,
        correlation_key: str,
        variables: Mapping[str, Any],
        tenant: str,
        *,
        time_to_live: int = 0,
        message_id: str = "",
    ) -> int:
        """Publish a message and keep it for milliseconds; raises `AlreadyPublished`. Answers its key."""
        self.expire()
        message = self._message(name, correlation_key, variables, tenant, time_to_live, message_id)
        if message_id and (message.address, message_id) in self.ids:
            raise AlreadyPublished(message_id)
        with self.broker.command() as run:
            self._reach(run, message)
        if time_to_live > 0:
            self._keep(message)
        return message.key

    def correlate(
        self, name: str, correlation_key: str, variables: Mapping[str, Any], tenant: str
    ) -> tuple[int, int]:
        """Correlate a message at once; answers its key and the instance's. Raises `NothingWaits`."""
        message = self._message(name, correlation_key, variables, tenant, 0, "")
        with self.broker.command() as run:
            reached = self._reach(run, message)
        if reached is None:
            raise NothingWaits(name, correlation_key)
        return message.key, reached.key

    def _message(
        self, name: str, key: str, variables: Mapping[str, Any], tenant: str, live: int, identity: str
    ) -> Message:
        return Message(
            key=self.broker.state.key(),
            name=name,
            correlation_key=key,
            message_id=identity,
            variables=variables,
            tenant=tenant,
            until=self.broker.clock.now() + live,
        )

    def _reach(self, run: Run, message: Message) -> Instance | None:
        """Hand a message to all it is for, once for each process; answers the first instance reached."""
        first: Instance | None = None
        for subscription in self._waiting(message):
            instance = subscription.execution.instance
            if instance.process.key in message.seen or not _is_open(subscription):
                continue
            message.seen.add(instance.process.key)
            first = first or instance
            correlate(run, subscription, message.variables)
        for start in self.broker.starts.waiting("message", message.name, message.tenant):
            started = self._start(run, start, message)
            first = first or started
        return first

    def _waiting(self, message: Message) -> list[Subscription]:
        """The subscriptions a message is for, oldest first; those that are closed are forgotten."""
        self.broker.catch_up()
        keys = self.waiting.get((message.name, message.correlation_key))
        if not keys:
            return []
        open_ones = self.broker.state.subscriptions
        for key in [key for key in keys if key not in open_ones]:
            del keys[key]
        found = [open_ones[key] for key in keys]
        return [each for each in found if each.execution.instance.tenant == message.tenant]

    def _start(self, run: Run, start: Start, message: Message) -> Instance | None:
        """Start an instance, unless one that the same correlation key started still runs."""
        process = start.definition.process_id
        lock = (process, message.correlation_key, message.tenant)
        if process in message.seen or lock in self.locks:
            return None
        message.seen.add(process)
        if message.correlation_key:
            self.locks[lock] = 0
            self._at_failure(lambda: self.locks.pop(lock, None))
        instance: Instance = self.broker.starts.begin(run, start, message.variables)
        if message.correlation_key and not instance.ended:
            self.locks[lock] = instance.key
            self.ending[instance.key] = lock
        else:
            self.locks.pop(lock, None)
        return instance

    def _at_failure(self, action: Callable[[], object]) -> None:
        self.broker.at_failure.append(action)

    def _keep(self, message: Message) -> None:
        self.kept.setdefault(message.address, []).append(message)
        heappush(self.expiring, (message.until, message.key, message))
        if message.message_id:
            self.ids.add((message.address, message.message_id))

    def expire(self) -> None:
        """Drop what has been kept for its time."""
        now = self.broker.clock.now()
        while self.expiring and self.expiring[0][0] <= now:
            message = heappop(self.expiring)[2]
            kept = self.kept[message.address]
            kept.remove(message)
            if not kept:
                del self.kept[message.address]
            self.ids.discard((message.address, message.message_id))

    def buffered(self, run: Run, subscription: Subscription) -> Mapping[str, Any] | None:
        """The variables of the oldest message kept for a new subscription; None without one."""
        instance = subscription.execution.instance
        address = (instance.tenant or "", subscription.name or "", subscription.correlation_key or "")
        process = instance.process.key
        for message in self.kept.get(address, ()):
            if message.until > run.now and process not in message.seen:
                message.seen.add(process)
                self._at_failure(lambda message=message: message.seen.discard(process))  # type: ignore[misc]  # mypy cannot infer a default
                return message.variables
        return None

    def instance_ended(self, run: Run, instance: Instance) -> None:
        """The end of an instance that a correlation key started lets the next message of that key start one."""
        lock = self.ending.pop(instance.key, None)
        if lock is None:
            return
        del self.locks[lock]
        self._at_failure(lambda: self._lock_again(lock, instance.key))
        process, key, tenant = lock
        for message in self._kept_for(key, tenant):
            if process in message.seen or message.until <= run.now:
                continue
            for start in self.broker.starts.waiting("message", message.name, tenant):
                if start.definition.process_id == process and self._start(run, start, message) is not None:
                    return

    def _lock_again(self, lock: Lock, key: int) -> None:
        self.locks[lock] = key
        self.ending[key] = lock

    def _kept_for(self, key: str, tenant: str) -> list[Message]:
        found = [
            message
            for address, messages in self.kept.items()
            if (address[0], address[2]) == (tenant, key)
            for message in messages
        ]
        return sorted(found, key=lambda message: message.key)


def _is_open(subscription: Subscription) -> bool:
    execution = subscription.execution
    return execution.stage == ACTIVE and execution.trigger is None
