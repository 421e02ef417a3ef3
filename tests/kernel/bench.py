"""A stand-in for the engine around element instances, and small Camunda 8 models to run on it."""

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from simulator.bpmn.camunda8.language import Feel
from simulator.bpmn.camunda8.process import FAMILY
from simulator.bpmn.element import Reading
from simulator.bpmn.reading import read_definitions
from simulator.kernel import events as happened
from simulator.kernel.element_instances import (
    instructions,
    moving,
    starting,
    terminating,
    triggering,
    working,
)
from simulator.kernel.element_instances.machine import MACHINE
from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, State, Subscription, Work
from simulator.model.process import Process
from simulator.model.xml import parse

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
    'targetNamespace="https://bpmn-tck.example" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">'
    '<message id="m" name="paid"><extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements>'
    '</message><signal id="sg" name="alarm"/><error id="e1" errorCode="E1"/><error id="e2" errorCode="E2"/>'
)


def model(*parts: str, key: str = "p", head: str = HEAD) -> bytes:
    """A file with one process that begins at the none start event `s`."""
    body = "".join(parts)
    return f'{head}<process id="{key}" isExecutable="true"><startEvent id="s"/>{body}</process></definitions>'.encode()


def flow(identity: str, source: str, target: str, condition: str = "") -> str:
    """A sequence flow."""
    inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'


def flows(*ways: str) -> str:
    """Flows written `a>b`, with ids of the same text in small letters."""
    return "".join(flow(way.replace(">", "-"), *way.split(">")) for way in ways)


def mapping(**sides: tuple[tuple[str, str], ...]) -> str:
    """Input and output mappings as pairs of source and target."""
    entries = "".join(
        f'<zeebe:{side} source="{source}" target="{target}"/>'
        for side, pairs in sides.items()
        for source, target in pairs
    )
    return f"<zeebe:ioMapping>{entries}</zeebe:ioMapping>"


def job(identity: str, kind: str = "", extra: str = "") -> str:
    """A service task whose job type is its id unless another is given."""
    definition = f'<zeebe:taskDefinition type="{kind or identity}"/>{extra}'
    return f'<serviceTask id="{identity}"><extensionElements>{definition}</extensionElements></serviceTask>'


@dataclass(slots=True)
class Definition:
    """A deployed process."""

    process: Process
    key: int
    tenant: str | None = None


class Bench:
    """Deployed processes, one state and a clock; everything the machine asks of an engine."""

    def __init__(self, *models: bytes) -> None:
        self.state = State()
        self.now = 1_700_000_000_000
        self.definitions: dict[str, Definition] = {}
        self.messages: list[dict[str, Any]] = []
        self.ended: list[str] = []
        self.stops: dict[int, frozenset[str]] = {}
        for content in models:
            for process in read(content)[0]:
                self.definitions[process.key] = Definition(process, self.state.key())

    @contextmanager
    def command(self):  # type: ignore[no-untyped-def]  # a generator of one Run
        """One command; undone where it fails."""
        run = Run(self.state, MACHINE, self.now, self, at_most=10_000)
        try:
            yield run
        except BaseException:
            run.undo()
            raise
        run.close()

    def called_definition(
        self, run: Run, execution: Execution, called: Any, process: str
    ) -> Definition | None:
        return self.definitions.get(process)

    def buffered_message(self, run: Run, subscription: Subscription) -> Mapping[str, Any] | None:
        return self.messages.pop(0) if self.messages else None

    def broadcast(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        for subscription in list(self.state.named.get(("signal", name), {}).values()):
            triggering.deliver(run, subscription, variables)

    def instance_ended(self, run: Run, instance: Instance) -> None:
        self.ended.append(instance.process.key)

    def start(self, variables: Mapping[str, Any] | None = None, *elements: str, key: str = "p") -> Instance:
        """Start an instance, at elements where some are named."""
        with self.command() as run:
            definition = self.definitions[key]
            if elements:
                return instructions.start_at_elements(run, definition, variables or {}, elements)
            return starting.start_instance(run, definition, variables or {})

    def job(self, element: str) -> Work:
        """The first work that waits at an element."""
        return next(
            work for work in self.state.work.values() if work.node.id == element and work.kind != "timer"
        )

    def complete(self, element: str, **variables: Any) -> None:
        with self.command() as run:
            working.complete_work(run, self.job(element), variables)

    def fail(self, element: str, retries: int = 0, message: str | None = None) -> None:
        with self.command() as run:
            working.fail_job(run, self.job(element), retries, message, variables={})

    def throw(self, element: str, code: str, message: str | None = None, **variables: Any) -> None:
        with self.command() as run:
            working.throw_error(run, self.job(element), code, message, variables)

    def message(self, key: str, **variables: Any) -> None:
        """Correlate the message `paid` to the first that waits for the key."""
        waiting = self.state.named[("message", "paid")].values()
        found = next(each for each in waiting if each.correlation_key == key)
        with self.command() as run:
            triggering.correlate(run, found, variables)

    def signal(self, **variables: Any) -> None:
        with self.command() as run:
            self.broadcast(run, "alarm", variables, None)
            moving.work_off(run)

    def advance(self, milliseconds: int) -> None:
        """Let time pass and fire the timers that are due, each at its own time."""
        until = self.now + milliseconds
        while (timer := triggering.next_timer(self.state, until)) is not None:
            self.now = max(self.now, timer.facts["due"])
            with self.command() as run:
                triggering.fire_timer(run, timer)
        self.now = until

    def resolve(self) -> None:
        with self.command() as run:
            working.resolve(run, next(iter(self.state.incidents.values())))

    def cancel(self, instance: Instance) -> None:
        with self.command() as run:
            terminating.cancel_instance(run, instance)

    def set(self, element: str, *, local: bool = False, **variables: Any) -> None:
        with self.command() as run:
            triggering.set_variables(run, self.at(element), variables, local=local)

    def at(self, element: str) -> Execution:
        """The element instance that stands at an element."""
        found = (each for each in self.state.executions.values() if each.node and each.node.id == element)
        return next(found)

    def incident(self) -> tuple[str, str, str | None]:
        """Element, type and text of the only incident."""
        (incident,) = self.state.incidents.values()
        return incident.node.id, incident.kind, incident.message


def read(content: bytes) -> tuple[list[Process], Reading]:
    """Read a file as Camunda 8.8 does."""
    reading = Reading(Feel(chance=Random(1)))
    return read_definitions(parse(content, "model.bpmn"), reading, FAMILY), reading


def entered(instance: Instance) -> list[str]:
    """The elements that began, in their order."""
    return [
        event.node.id
        for event in instance.root.log
        if isinstance(event, happened.Activating | happened.Passed)
    ]


def active(instance: Instance) -> list[str]:
    """The elements at which element instances stand, outermost first."""
    return [each.node.id for each in instance.execution.subtree() if each.parent and each.node]


def terminated(instance: Instance) -> list[str]:
    """The elements whose element instances were terminated, in their order."""
    nodes = {
        event.key: event.node.id for event in instance.root.log if isinstance(event, happened.Activating)
    }
    return [
        nodes[event.key]
        for event in instance.root.log
        if isinstance(event, happened.Finished) and event.terminated
    ]


def variables(instance: Instance) -> dict[str, Any]:
    """The variables of a process instance, also of one that has ended."""
    return instance.execution.variables or {}
