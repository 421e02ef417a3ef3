"""Deploying models: reading them in the dialect, giving versions, noticing duplicates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from simulator.bpmn.camunda7.ids import show_id
from simulator.bpmn.element import Problem
from simulator.engine.cases import is_cmmn
from simulator.engine.deployments import Definition, Deployment
from simulator.engine.reading_models import read_model
from simulator.engine.rejections import DeploymentRefused, InstancesRunning, NotFound
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Process

BPMN_SUFFIXES = ("bpmn20.xml", "bpmn")
OTHER_MODELS = {("dmn11.xml", "dmn"): "decisions"}
"""Models that a live engine would run, by the ends of their names."""
PICTURES = ("png", "jpg", "gif", "svg")


class Filtering(Enum):
    """Which files of a deployment are left out: none; all where none differs; those that do not differ."""

    NONE = auto()
    UNCHANGED = auto()
    EACH_UNCHANGED = auto()


@dataclass(frozen=True, slots=True)
class Deployed:
    """What deploying came to: a new deployment, or the earlier one that has everything already."""

    deployment: Deployment
    new: bool = True


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
        filtered: Filtering = Filtering.NONE,
    ) -> Deployed:
        """Deploy files by their resource names; those that are no models are only stored.

        With a filter, what an earlier deployment of the same name, source and tenant holds already is left out.
        Raises `DeploymentRefused` for the first file with errors; then nothing has happened.
        """
        engine = self.engine
        earlier = (
            engine.deployments.same_source(name, source, tenant) if filtered is not Filtering.NONE else []
        )
        if earlier:
            resources = _unlike(resources, earlier, filtered)
            if not resources:
                return Deployed(earlier[-1], new=False)
        read = {
            resource: read_model(engine.dialect, resource, content)
            for resource, content in resources.items()
            if is_bpmn(resource)
        }
        cases = {
            resource: engine.cases.read(resource, content)
            for resource, content in resources.items()
            if is_cmmn(resource)
        }
        _refuse_other_models(resources)
        for models in (read, cases):
            self._ensure_distinct(models)
        key = engine.state.key
        deployment = Deployment(key(), name, source, tenant, engine.clock.now())
        deployment.resources = {resource: (key(), content) for resource, content in resources.items()}
        for resource, (namespace, processes) in read.items():
            for process in processes:
                version = engine.deployments.next_version(process.key, tenant)
                definition = Definition(key(), process, version, deployment.key, resource, tenant)
                definition.category = namespace
                definition.diagram = diagram_of(resource, process.key, resources)
                deployment.definitions.append(definition)
        for resource, file in cases.items():
            deployment.cases.extend(engine.cases.define(resource, file, deployment.key, tenant))
        engine.deployments.add(deployment)
        try:
            engine.correlation.subscribe_starts(deployment.definitions)
        except DeploymentRefused:
            engine.deployments.remove(deployment)
            raise
        engine.cases.definitions.add(deployment.cases)
        return Deployed(deployment)

    def delete(
        self, deployment: Deployment, *, cascade: bool, skip_listeners: bool, skip_mappings: bool
    ) -> None:
        """Take a deployment away, with `cascade` together with all instances of it and their history.

        Raises `InstancesRunning` where instances run and there is no cascade.
        """
        engine = self.engine
        for definition in deployment.definitions:
            running = engine.state.running.get(definition.key) or {}
            if running and not cascade:
                raise InstancesRunning(definition, len(running))
        if not cascade:
            engine.cases.ensure_removable(deployment.cases)
        engine.cases.remove(deployment.cases)
        for definition in deployment.definitions if cascade else ():
            for instance in list((engine.state.running.get(definition.key) or {}).values()):
                if not instance.ended:
                    engine.delete(
                        instance,
                        "deleted deployment",
                        skip_listeners=skip_listeners,
                        skip_mappings=skip_mappings,
                    )
        if cascade:
            self._forget_history({definition.key for definition in deployment.definitions})
        newest = [
            d for d in deployment.definitions if engine.deployments.newest(d.process_key, d.tenant) is d
        ]
        engine.deployments.remove(deployment)
        for definition in newest:
            engine.correlation.forget(definition.process_key, definition.tenant)
            older = engine.deployments.newest(definition.process_key, definition.tenant)
            if older is not None:
                engine.correlation.subscribe_starts([older])

    def _forget_history(self, definitions: set[int]) -> None:
        """Drop the roots whose own instance ran one of the definitions."""
        state = self.engine.state
        for key, root in list(state.roots.items()):
            if root.instances and root.instances[0].definition in definitions:
                del state.roots[key]
                for instance in root.instances:
                    state.instances.pop(instance.key, None)

    def suspend(self, definition: Definition, suspended: bool, *, with_instances: bool) -> None:
        """Suspend or activate a definition, with its running instances or without."""
        definition.suspended = suspended
        running = self.engine.state.running.get(definition.key) or {}
        for instance in list(running.values()) if with_instances else ():
            self.engine.suspend(instance, suspended)

    def _ensure_distinct(self, read: Mapping[str, tuple[str | None, list[Process]]]) -> None:
        seen: set[str] = set()
        for resource, (_, processes) in read.items():
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
        whose = f"tenant-id = '{tenant or 'null'}'"
        what = f"'{key}' and tenant-id '{tenant or 'null'}'"
        versions = store.versions.get((key, tenant)) or store.versions.get((key, None)) or ()
        if called.binding == "deployment":
            deployment = store.definitions[execution.instance.definition].deployment
            versions = [definition for definition in versions if definition.deployment == deployment]
            what = f"= '{key}' in deployment = '{show_id(deployment)}'"
        elif called.binding == "version":
            wanted = _whole(run.machine.text(called.version(execution)))
            what = f"= '{key}', version = '{wanted}' and {whose}"
            versions = [definition for definition in versions if definition.version == wanted]
        elif called.binding == "versionTag":
            tag = run.machine.text(called.version(execution))
            versions = [definition for definition in versions if definition.process.version_tag == tag]
            what = f"= '{key}', versionTag = '{tag}' and {whose}"
        if not versions:
            raise ModelFailure(f"no processes deployed with key {what}: processDefinition is null")
        definition: Definition = versions[-1]
        return definition


def _whole(text: str) -> int:
    """A version as a number; raises `ModelFailure`."""
    try:
        return int(text)
    except ValueError:
        raise ModelFailure(f'For input string: "{text}"', "NumberFormatException") from None


def _unlike(
    resources: Mapping[str, bytes], earlier: Sequence[Deployment], filtered: Filtering
) -> Mapping[str, bytes]:
    """The files to deploy: those unlike the newest file of their name, or all where one is and drags the rest along."""
    held = {name: content for each in earlier for name, (_, content) in each.resources.items()}
    changed = {name: content for name, content in resources.items() if held.get(name) != content}
    return resources if changed and filtered is Filtering.UNCHANGED else changed


def _refuse_other_models(resources: Iterable[str]) -> None:
    for resource in resources:
        for suffixes, what in OTHER_MODELS.items():
            if resource.endswith(suffixes):
                problem = Problem(message=f"the simulator does not run {what}", element=None, refused=True)
                raise DeploymentRefused("parse", resource, (problem,))


def diagram_of(resource: str, process_key: str, resources: Iterable[str]) -> str | None:
    """The picture of a process among the resources: named like the file, with the process id or without."""
    base = next((resource.removesuffix(s) for s in BPMN_SUFFIXES if resource.endswith(s)), resource)
    named = frozenset(resources)
    for picture in PICTURES:
        for candidate in (f"{base}{process_key}.{picture}", f"{base}{picture}"):
            if candidate in named:
                return candidate
    return None


def is_bpmn(resource: str) -> bool:
    """Whether a resource's name says that it is a BPMN model."""
    return resource.endswith(BPMN_SUFFIXES)
