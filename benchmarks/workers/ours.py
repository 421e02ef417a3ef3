"""Our engine as a measured process."""

from collections.abc import Callable

import loop
from lxml import etree

from benchmarks import models
from simulator.bpmn.element import Reading
from simulator.bpmn.reading import read_definitions
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import RealClock
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.model.xml import Limits, parse

COUNT = 'camunda:expression="${i + 1}" camunda:resultVariable="i"'
WIDE = Limits(size=1 << 30)
engine = ProcessEngine(CAMUNDA_7, RealClock())


def deploy(text: str) -> Definition:
    return engine.deploying.deploy({"model.bpmn": text.encode()}).deployment.definitions[0]


def forget(key: int) -> None:
    """Peers drop ended instances; so history does not grow here either."""
    del engine.state.instances[key], engine.state.roots[key]


def whole(definition: Definition, **variables: int) -> Callable[[], None]:
    def run() -> None:
        instance = engine.start_process(definition, variables)
        if instance.how != "completed":
            raise AssertionError(instance.how)
        forget(instance.key)

    return run


user = deploy(models.linear(1, "userTask", key="user"))


def task() -> None:
    instance = engine.start_process(user, {"a": 1})
    (work,) = (work for execution in instance.execution.subtree() for work in execution.work or ())
    engine.complete(work, {"ok": True})
    forget(instance.key)


def waiting(count: int) -> dict[str, float]:
    before = loop.resident()
    for _ in range(count):
        engine.start_process(user, {"amount": 1, "ok": True})
    return {"bytes": (loop.resident() - before) / count}


def reading(text: str) -> Callable[[], None]:
    content = text.encode()

    def run() -> None:
        read_definitions(parse(content, "m", WIDE), Reading(CAMUNDA_7.language), CAMUNDA_7.family)

    return run


def bare(text: str) -> Callable[[], None]:
    content = text.encode()
    parser = etree.XMLParser(huge_tree=True)
    return lambda: etree.fromstring(content, parser) and None


thousand, many = models.linear(1_000), models.linear(100_000)
loop.serve(
    {
        "linear": whole(deploy(models.linear(10))),
        "fork": whole(deploy(models.fork(10))),
        "loop": whole(deploy(models.loop(100, "serviceTask", COUNT)), i=0),
        "task": task,
        "parse 1,000": reading(thousand),
        "parse 100,000": reading(many),
        "lxml 100,000": bare(many),
    },
    {"waiting": waiting},
)
