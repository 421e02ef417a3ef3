"""Deploying models: reading them in the dialect, giving versions, noticing duplicates."""

from collections.abc import Mapping
from typing import Any

from simulator.bpmn.element import Problem, Reading
from simulator.bpmn.reading import read_definitions
from simulator.engine.deployments import Definition, Deployment
from simulator.engine.rejections import DeploymentRefused, NotFound
from simulator.expressions.juel import ExpressionSyntaxError
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.errors import ModelError
from simulator.model.process import Process
from simulator.model.xml import parse

BPMN_SUFFIXES = (".bpmn20.xml", ".bpmn")


class Deploying:
    """The deployment commands of an engine."""

    __slots__ = ("engine",)

    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def deploy(
        self,
        resources: Mapping[str, bytes],
        *,
        name: str | None = None,
        source: str | None = None,
        tenant: str | None = None,
    ) -> Deployment:
        """Deploy files by their resource names; those that are no models are only stored.

        Raises `DeploymentRefused` for the first file with errors; then nothing has happened.
        """
        engine = self.engine
        read = {
            resource: self.read(resource, content)
            for resource, content in resources.items()
            if is_bpmn(resource)
        }
        self._ensure_distinct(read)
        key = engine.state.key
        deployment = Deployment(key(), name, source, tenant, engine.clock.now())
        deployment.resources = {resource: (key(), content) for resource, content in resources.items()}
        for resource, processes in read.items():
            for process in processes:
                version = engine.deployments.next_version(process.key, tenant)
                definition = Definition(key(), process, version, deployment.key, resource, tenant)
                deployment.definitions.append(definition)
        engine.deployments.add(deployment)
        engine.correlation.subscribe_starts(deployment)
        return deployment

    def read(self, resource: str, content: bytes) -> list[Process]:
        """Read a file into its executable processes; raises `DeploymentRefused`."""
        try:
            root = parse(content, resource, self.engine.dialect.limits)
        except ModelError as error:
            raise DeploymentRefused("xml", resource, (), error.message) from error
        reading = Reading(self.engine.dialect.language)
        try:
            processes = read_definitions(root, reading, self.engine.dialect.family)
        except ExpressionSyntaxError as error:
            raise DeploymentRefused("syntax", resource, (), error.deployment_message) from error
        problems = tuple(reading.problems)
        if any(not problem.warning for problem in problems):
            raise DeploymentRefused("parse", resource, problems)
        if reading.time_to_live_unreadable is not None:
            raise DeploymentRefused("time-to-live-unreadable", resource, (), reading.time_to_live_unreadable)
        if reading.time_to_live_missing and processes:
            raise DeploymentRefused("time-to-live", resource, ())
        return processes

    def _ensure_distinct(self, read: Mapping[str, list[Process]]) -> None:
        seen: set[str] = set()
        for resource, processes in read.items():
            for process in processes:
                if process.key in seen:
                    raise DeploymentRefused("duplicate", resource, (), process.key)
                seen.add(process.key)

    def newest(self, process_key: str, tenant: str | None = None) -> Definition:
        """The newest version of a key for a tenant; raises `NotFound`."""
        found: Definition | None = self.engine.deployments.newest(process_key, tenant)
        if found is None:
            raise NotFound("process definition", (process_key, tenant))
        return found

    def called_definition(self, run: Run, execution: Execution, called: Any, key: str) -> Definition:
        """The definition a call activity starts, by its binding; raises `ModelFailure` where there is none."""
        tenant = execution.instance.tenant
        store = self.engine.deployments
        versions = store.versions.get((key, tenant)) or store.versions.get((key, None)) or ()
        if called.binding == "deployment":
            deployment = store.definitions[execution.instance.definition].deployment
            versions = [definition for definition in versions if definition.deployment == deployment]
        elif called.binding == "version":
            wanted = int(run.machine.text(called.version(execution)))
            versions = [definition for definition in versions if definition.version == wanted]
        elif called.binding == "versionTag":
            tag = run.machine.text(called.version(execution))
            versions = [definition for definition in versions if definition.process.version_tag == tag]
        if not versions:
            raise ModelFailure(f"no processes deployed with key '{key}': processDefinition is null")
        definition: Definition = versions[-1]
        return definition


def is_bpmn(resource: str) -> bool:
    """Whether a resource's name says that it is a BPMN model."""
    return resource.endswith(BPMN_SUFFIXES)


__all__ = ["Deploying", "Problem", "is_bpmn"]
