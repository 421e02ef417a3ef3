"""The broker of Camunda 8: its store, and one method for each command."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from simulator.engine.camunda8.clock import ControlledClock
from simulator.engine.camunda8.definitions import Definition, Definitions
from simulator.engine.camunda8.deploying import Deploying
from simulator.engine.camunda8.jobs import Jobs
from simulator.engine.camunda8.messages import Messages
from simulator.engine.camunda8.rejections import (
    DefinitionMissing,
    NotFound,
    NothingNamed,
    TagRefused,
    TooManyTags,
)
from simulator.engine.camunda8.starts import Starts
from simulator.engine.camunda8.store import ExportedStore
from simulator.engine.camunda8.user_tasks import UserTasks
from simulator.engine.clock import Clock
from simulator.kernel.element_instances import triggering, working
from simulator.kernel.element_instances.instructions import check_targets, start_at_elements
from simulator.kernel.element_instances.moving import work_off
from simulator.kernel.element_instances.refusals import NoneStartMissing
from simulator.kernel.element_instances.starting import start_instance
from simulator.kernel.element_instances.surroundings import Surroundings
from simulator.kernel.element_instances.terminating import cancel_instance
from simulator.kernel.events import Subscribed, WorkChanged, WorkOpened
from simulator.kernel.failures import EndlessRun
from simulator.kernel.run import EVENTS_AT_MOST, Run
from simulator.kernel.state import Execution, Instance, Root, State, Subscription
from simulator.model.calls import CalledElement

PARTITION = 1
FIRST_KEY = (PARTITION << 51) + 1
TAGS_AT_MOST = 10
TAG = re.compile(r"[A-Za-z][A-Za-z0-9_\-:.]{0,99}")


class Broker:
    """One broker of a dialect, with its clock; a command that fails leaves nothing behind.

    `changed` says from where on the logs of touched roots have not been seen by `catch_up`; `at_failure` takes
    back what a command in progress did outside of the logs.
    """

    def __init__(self, dialect: Any, clock: Clock, *, events_at_most: int = EVENTS_AT_MOST) -> None:
        self.dialect = dialect
        self.clock = ControlledClock(clock)
        self.events_at_most = events_at_most
        self.state = State(FIRST_KEY)
        self.definitions = Definitions()
        self.changed: dict[Root, int] = {}
        self.store = ExportedStore(self.state)
        self.at_failure: list[Callable[[], object]] = []
        self.stops: dict[int, frozenset[str]] = {}
        self.starts = Starts(self)
        self.deploying = Deploying(self)
        self.messages = Messages(self)
        self.jobs = Jobs(self)
        self.user_tasks = UserTasks(self)
        self.surroundings: Surroundings = self

    @contextmanager
    def command(self) -> Iterator[Run]:
        """Run one command: everything in it happens, or, if anything is raised, nothing."""
        run = Run(
            self.state, self.dialect.execution, self.clock.now(), self.surroundings, self.events_at_most
        )
        self.at_failure.clear()
        try:
            yield run
            work_off(run)
        except BaseException:
            run.undo()
            for action in reversed(self.at_failure):
                action()
            raise
        changed, pending = self.changed, self.store.pending
        for root, length in run.marks:
            changed.setdefault(root, length)
            pending.setdefault(root, length)
        run.close()

    def catch_up(self) -> None:
        """Note the jobs and the subscriptions to messages that commands have left since the last time."""
        changed = self.changed
        for root, position in changed.items():
            for event in root.log[position:]:
                kind = event.__class__
                if kind is WorkOpened or kind is WorkChanged:
                    self.jobs.note(event.key)  # type: ignore[union-attr]  # the class says it
                elif kind is Subscribed and event.kind == "message":  # type: ignore[union-attr]  # the class says it
                    self.messages.note(event.key)  # type: ignore[union-attr]  # the class says it
        changed.clear()

    # What the kernel asks of the broker around it.

    def called_definition(
        self, run: Run, execution: Execution, called: CalledElement, process: str
    ) -> Definition | None:
        """The definition a call activity starts, by its binding; None where there is none."""
        instance = execution.instance
        place = (process, instance.tenant or "")
        if called.binding == "versionTag" and called.version is not None:
            return self.definitions.tagged(place, str(called.version(execution)))
        if called.binding == "deployment":
            deployment = self.definitions.known[instance.definition].deployment
            versions = self.definitions.versions.get(place, ())
            return next((each for each in versions if each.deployment == deployment), None)
        return self.definitions.latest(place)

    def buffered_message(self, run: Run, subscription: Subscription) -> Mapping[str, Any] | None:
        """The variables of a message kept for a subscription, which is then used up; None without one."""
        return self.messages.buffered(run, subscription)

    def broadcast(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        """Hand a signal to all who wait for it, and start what it starts."""
        waiting = list(self.state.named.get(("signal", name), {}).values())
        for subscription in waiting:
            if subscription.execution.instance.tenant == tenant:
                triggering.deliver(run, subscription, variables)
        for start in list(self.starts.waiting("signal", name, tenant or "")):
            self.starts.begin(run, start, variables)

    def instance_ended(self, run: Run, instance: Instance) -> None:
        """A process instance is over; a message that waited for its end may start the next one."""
        elements = self.stops.pop(instance.key, None)
        if elements is not None:
            self.at_failure.append(lambda: self.stops.update({instance.key: elements}))
        if self.messages.ending:
            self.messages.instance_ended(run, instance)

    # Process instances.

    def definition(
        self, process: str | None, version: int | None, key: int | None, tenant: str
    ) -> Definition:
        """The definition meant by a key, or by an id and a version (None or negative: the latest).

        Raises `DefinitionMissing`, and `NothingNamed` for an empty id or a negative key.
        """
        found: Definition | None
        if key is not None:
            if key < 0:
                raise NothingNamed
            found = self.definitions.by_key.get(key)
            if found is None or found.tenant != tenant:
                raise DefinitionMissing(key=key)
            return found
        if not process:
            raise NothingNamed
        if version is None or version < 0:
            found = self.definitions.latest((process, tenant))
            if found is None:
                raise DefinitionMissing(process)
            return found
        found = self.definitions.version((process, tenant), version)
        if found is None:
            raise DefinitionMissing(process, version)
        return found

    def create(
        self,
        definition: Definition,
        variables: Mapping[str, Any],
        *,
        elements: Sequence[str] = (),
        tags: tuple[str, ...] = (),
        stop_after: frozenset[str] = frozenset(),
    ) -> Instance:
        """Start an instance at its none start event, or before elements; it runs to its first wait states.

        It is terminated with the end of an element of `stop_after`; one that there is not never ends.
        Raises what `start_instance` and `start_at_elements` raise, then `TooManyTags` or `TagRefused`.
        """
        if tags:
            _check_tags(definition, elements, tags)
        with self.command() as run:
            if stop_after:
                self._stop_next(stop_after)
            if elements:
                return start_at_elements(run, definition, variables, elements, tags=tags)
            return start_instance(run, definition, variables, tags=tags)

    def _stop_next(self, elements: frozenset[str]) -> None:
        """Note with which elements the instance that is about to get the next key is to end."""
        key = self.state.next_key
        self.stops[key] = elements
        self.at_failure.append(lambda: self.stops.pop(key, None))

    def instance(self, key: int) -> Instance:
        """A running instance; raises `NotFound`."""
        found = self.state.instances.get(key)
        if found is None or found.ended:
            raise NotFound("process instance", key)
        return found

    def cancel(self, key: int) -> None:
        """Cancel an instance; raises `NotFound`, and `CalledInstance` for one that another one called."""
        instance = self.instance(key)
        with self.command() as run:
            cancel_instance(run, instance)

    def set_variables(self, key: int, variables: Mapping[str, Any], *, local: bool) -> None:
        """Set variables of an element instance or process instance; raises `NotFound`."""
        execution = self.state.executions.get(key)
        if execution is None:
            raise NotFound("element", key)
        with self.command() as run:
            triggering.set_variables(run, execution, variables, local=local)

    def signal(self, name: str, variables: Mapping[str, Any], tenant: str) -> int:
        """Broadcast a signal; answers its key."""
        key = self.state.key()
        with self.command() as run:
            self.broadcast(run, name, variables, tenant)
        return key

    def resolve(self, key: int) -> None:
        """Resolve an incident; raises `NotFound`, and `NoRetriesLeft` for one of a job that has none."""
        incident = self.state.incidents.get(key)
        if incident is None:
            raise NotFound("incident", key)
        with self.command() as run:
            working.resolve(run, incident)

    def work_off(self) -> None:
        """Do what is due: fire timers, the longest due first, give jobs back, drop messages."""
        now = self.clock.now()
        self.messages.expire()
        self.jobs.wake()
        for _ in range(self.events_at_most):
            if not self._fire_next(now):
                return
        raise EndlessRun(
            f"more than {self.events_at_most:,} timers were due at once: a cycle that never rests?"
        )

    def _fire_next(self, now: int) -> bool:
        timer = triggering.next_timer(self.state, now)
        start = self.starts.next_due(now) if self.starts.timers else None
        if timer is None and start is None:
            return False
        with self.command() as run:
            if start is not None and (timer is None or start.due < timer.facts["due"]):
                self.starts.fire(run, start)
            elif timer is not None:
                triggering.fire_timer(run, timer)
        return True


def _check_tags(definition: Definition, elements: Sequence[str], tags: Sequence[str]) -> None:
    """Refuse tags, but only where nothing else is to be refused."""
    if elements:
        check_targets(definition.process, elements)
    elif definition.process.root.start is None:
        raise NoneStartMissing(definition.process.key)
    if len(tags) > TAGS_AT_MOST:
        raise TooManyTags
    for tag in tags:
        if TAG.fullmatch(tag) is None:
            raise TagRefused(tag)
