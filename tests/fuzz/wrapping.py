"""The simulator with a fault put into its answers, as a target to fuzz."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.contract.loading import load
from simulator.contract.model import Operation
from simulator.contract.router import Match, Router
from simulator.fuzz.course import Course, Limits
from simulator.fuzz.running import Fuzzing, Plan
from simulator.fuzz.worlds.making import Worlds
from simulator.results.events import Event, StepDone
from simulator.targets.adapt import adapter_for
from simulator.targets.builtin import simulator_app
from simulator.targets.camunda7 import Camunda7
from simulator.targets.clock import SimulatorClock
from simulator.targets.connection import Connection
from simulator.targets.in_process import App, InProcess
from simulator.targets.naming import Names
from simulator.targets.ownership import Everything
from simulator.targets.protocol import Target
from simulator.targets.rest import Rest

ROOT = "/engine-rest"
TARGET = "simulator:camunda7"
Message = MutableMapping[str, Any]


@dataclass(slots=True)
class Wire:
    """An answer on its way out, to be changed."""

    status: int
    media_type: bytes
    body: bytes

    @property
    def value(self) -> Any:
        return json.loads(self.body)

    def write(self, value: object) -> None:
        self.body = json.dumps(value).encode()


Fault = Callable[[Wire], None]


def no_fault(_wire: Wire) -> None:
    return


def wrapped(app: App, operation: str, fault: Fault) -> App:
    """The application, with a fault in the answers of one operation."""
    router = Router(load("camunda7").operations.values())

    async def faulty(
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await app(scope, receive, keep)
        path = scope["raw_path"].decode().removeprefix(ROOT)
        routing = router.match(scope["method"], path)
        if isinstance(routing, Match) and routing.operation.id == operation:
            change(sent, fault)
        for message in sent:
            await send(message)

    return faulty


def change(sent: list[Message], fault: Fault) -> None:
    headers = dict(sent[0]["headers"])
    wire = Wire(sent[0]["status"], headers.pop(b"content-type", b""), sent[1].get("body", b""))
    fault(wire)
    headers.pop(b"content-length", None)
    if wire.media_type:
        headers[b"content-type"] = wire.media_type
    sent[0] = {**sent[0], "status": wire.status, "headers": list(headers.items())}
    sent[1] = {**sent[1], "body": wire.body}


def target_with(operation: str, fault: Fault) -> Target:
    """A fresh simulator with a fault."""
    built = simulator_app("camunda7")
    app = wrapped(built.app, operation, fault)
    connection = Connection(
        name=TARGET,
        product="camunda7",
        release=built.release,
        rest=Rest(InProcess(app, ROOT)),
        names=Names(),
        adapter=adapter_for("camunda7", Names()),
        ownership=Everything(),
        at_close=lambda: None,
    )
    return Camunda7(connection, SimulatorClock(Rest(InProcess(built.app))))


def course_with(operation: str, fault: Fault = no_fault, limits: Limits | None = None) -> Course:
    """A course on the simulator with a fault."""
    return Course(
        contract=load("camunda7"),
        worlds=Worlds(lambda: target_with(operation, fault)),
        limits=limits or Limits(),
    )


@dataclass(slots=True)
class Ran:
    """A run that is over: its course and the steps that told a finding."""

    course: Course
    steps: list[StepDone]


def ran(
    course: Course, folder: Path, *operations: str, seed: int = 1, examples: int = 90, bulk: bool = False
) -> Ran:
    """Fuzz operations of a course."""
    events: list[Event] = []
    plan = Plan(seed=seed, examples=examples, operations=operations, bulk=bulk, folder=folder)
    Fuzzing(TARGET, course, plan, events.append, lambda operation, file: f"again {operation} {file}").run()
    return Ran(course, [event for event in events if isinstance(event, StepDone)])


def known_operation(name: str) -> Operation:
    return load("camunda7").operations[name]
