"""Start events that wait for a message, a signal or a time: those of the latest version of each process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.engine.camunda8.definitions import Definition, Place
from simulator.kernel.element_instances.starting import start_by_event
from simulator.kernel.run import Run
from simulator.kernel.state import Instance
from simulator.model.process import Node

Named = tuple[str, str, str]
"""The kind of an event, its name, the tenant."""


@dataclass(frozen=True, slots=True)
class Start:
    """A definition's start event that waits for an event by name."""

    definition: Definition
    node: Node


@dataclass(slots=True, eq=False)
class TimerStart:
    """A definition's start event that waits for a time; `due` in milliseconds since 1970, UTC."""

    definition: Definition
    node: Node
    due: int
    repeat: Any


class Starts:
    """What starts process instances of a broker without a request for one."""

    __slots__ = ("broker", "named", "timers")

    def __init__(self, broker: Any) -> None:
        self.broker = broker
        self.named: dict[Named, list[Start]] = {}
        self.timers: dict[Place, list[TimerStart]] = {}

    def replace(self, definition: Definition) -> None:
        """Let a version wait in the place of those before it."""
        self.forget(definition)
        for node in definition.process.root.start_events():
            event = node.event
            if event is None:
                continue
            if event.timer is not None:
                self._plan(definition, node)
            elif event.kind in ("message", "signal") and event.name is not None:
                name = event.name(None)
                self.named.setdefault((event.kind, name, definition.place[1]), []).append(
                    Start(definition, node)
                )

    def _plan(self, definition: Definition, node: Node) -> None:
        assert node.event is not None, "only timer events are planned"
        assert node.event.timer is not None, "only timer events are planned"
        due, repeat = node.event.timer.value(None)(self.broker.clock.now())
        self.timers.setdefault(definition.place, []).append(TimerStart(definition, node, due, repeat))

    def forget(self, definition: Definition) -> None:
        """Let no version of a process wait any more."""
        place = definition.place
        self.timers.pop(place, None)
        for named, starts in list(self.named.items()):
            left = [start for start in starts if start.definition.place != place]
            if left:
                self.named[named] = left
            else:
                del self.named[named]

    def waiting(self, kind: str, name: str, tenant: str) -> list[Start]:
        """The start events that wait for an event."""
        return self.named.get((kind, name, tenant), [])

    def begin(self, run: Run, start: Start, variables: Mapping[str, Any]) -> Instance:
        """Start an instance at an event that has happened."""
        return start_by_event(run, start.definition, start.node, variables)

    def next_due(self, now: int) -> TimerStart | None:
        """The timer start that is due first by a time, None where none is."""
        due = [timer for timers in self.timers.values() for timer in timers if timer.due <= now]
        return min(due, key=lambda timer: timer.due, default=None)

    def fire(self, run: Run, timer: TimerStart) -> None:
        """Start an instance; a cycle goes on, one interval after the last time it was due."""
        timers = self.timers.get(timer.definition.place, [])
        repeat = timer.repeat
        following = repeat.next(timer.due) if repeat is not None else None
        if following is None:
            timers.remove(timer)
        else:
            timer.due, timer.repeat = following
        start_by_event(run, timer.definition, timer.node, {})
