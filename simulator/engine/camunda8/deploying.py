"""Deploying resources: reading them in the dialect, giving versions, noticing what is there already."""

from collections.abc import Sequence
from typing import Any

from lxml.etree import QName

from simulator.bpmn.element import Problem, Reading
from simulator.bpmn.reading import read_definitions
from simulator.engine.camunda8.definitions import Definition, Deployment
from simulator.engine.camunda8.rejections import DeploymentRefused, NotFound
from simulator.model.errors import ModelError
from simulator.model.process import Process
from simulator.model.xml import BPMN, line_of, parse

Resource = tuple[str, bytes]
BPMN_SUFFIXES = (".bpmn", ".xml")
NOT_RUN = (".dmn", ".form")
NO_XML = "Fatal Error: URI=null Line=1: Content is not allowed in prolog."
EMPTY = "Fatal Error: URI=null Line=1: Premature end of file."
OTHER_XML = "Error: URI=null Line={}: cvc-elt.1.a: Cannot find the declaration of element '{}'."
DEFINITIONS = f"{{{BPMN}}}definitions"


class Deploying:
    """The deployment commands of a broker."""

    __slots__ = ("broker",)

    def __init__(self, broker: Any) -> None:
        self.broker = broker

    def deploy(self, resources: Sequence[Resource], tenant: str) -> Deployment:
        """Deploy resources for a tenant, all or none; raises `DeploymentRefused` with what is wrong with each."""
        read: list[tuple[str, bytes, list[Process]]] = []
        wrong: list[str] = []
        for name, content in resources:
            try:
                read.append((name, content, self._read(name, content)))
            except DeploymentRefused as refused:
                wrong.extend(refused.texts)
        wrong.extend(_twice(read))
        if wrong:
            raise DeploymentRefused(tuple(wrong))
        broker = self.broker
        deployment = Deployment(key=broker.state.key(), tenant=tenant, time=broker.clock.now())
        fresh = [
            definition
            for name, content, processes in read
            for process in processes
            if (definition := self._definition(deployment, name, content, process)) is not None
        ]
        for definition in fresh:
            broker.starts.replace(definition)
        return deployment

    def _definition(
        self, deployment: Deployment, name: str, content: bytes, process: Process
    ) -> Definition | None:
        """Give a process its version; None where the latest one is the same file under the same name."""
        broker = self.broker
        place = (process.key, deployment.tenant)
        latest = broker.definitions.latest(place)
        if latest is not None and latest.content == content and latest.resource == name:
            deployment.definitions.append(latest)
            return None
        definition = Definition(
            key=broker.state.key(),
            process=process,
            version=broker.definitions.next_version(place),
            deployment=deployment.key,
            resource=name,
            content=content,
            tenant=deployment.tenant,
        )
        broker.definitions.add(definition)
        deployment.definitions.append(definition)
        return definition

    def _read(self, name: str, content: bytes) -> list[Process]:
        if name.endswith(NOT_RUN):
            raise DeploymentRefused((f"'{name}': the simulator deploys neither decisions nor forms",))
        if not name.endswith(BPMN_SUFFIXES):
            raise DeploymentRefused((f"\n'{name}': unknown resource type",))
        dialect = self.broker.dialect
        try:
            root = parse(content, name, dialect.limits)
        except ModelError as error:
            text = error.message if content.lstrip()[:1] == b"<" else NO_XML
            raise DeploymentRefused((f"'{name}': {text if content else EMPTY}",)) from error
        if root.tag != DEFINITIONS:
            tag = QName(root).localname if root.prefix is None else f"{root.prefix}:{QName(root).localname}"
            raise DeploymentRefused((f"'{name}': {OTHER_XML.format(line_of(root), tag)}",))
        reading = Reading(dialect.language)
        processes = read_definitions(root, reading, dialect.family)
        if reading.problems:
            raise DeploymentRefused((f"'{name}': {shown(reading.problems)}",))
        return processes

    def delete(self, key: int) -> None:
        """Delete a process definition: the version before becomes the latest; raises `NotFound`."""
        broker = self.broker
        definition = broker.definitions.by_key.get(key)
        if definition is None:
            raise NotFound("resource", key)
        was_latest = broker.definitions.latest(definition.place) is definition
        broker.definitions.delete(definition)
        if was_latest:
            broker.starts.forget(definition)
            latest = broker.definitions.latest(definition.place)
            if latest is not None:
                broker.starts.replace(latest)


def shown(problems: Sequence[Problem]) -> str:
    """What is wrong with a model, by element in the order found (live Camunda 8.6.0)."""
    by_element: dict[str, list[str]] = {}
    for problem in problems:
        by_element.setdefault(problem.path or problem.element or "", []).append(problem.message)
    return "".join(
        f"- Element: {path}\n" + "".join(f"    - ERROR: {message}\n" for message in messages)
        for path, messages in by_element.items()
    )


def _twice(read: Sequence[tuple[str, bytes, list[Process]]]) -> list[str]:
    seen: dict[str, str] = {}
    wrong = []
    for name, _, processes in read:
        for process in processes:
            if process.key in seen:
                wrong.append(f"Duplicated process id in resources '{seen[process.key]}' and '{name}'")
            seen.setdefault(process.key, name)
    return wrong
