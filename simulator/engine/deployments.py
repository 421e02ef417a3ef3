"""What was deployed: deployments with their resources, definitions by key, version and tenant."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.engine.case_definitions import CaseDefinition
from simulator.model.process import Process


@dataclass(slots=True, eq=False)
class Definition:
    """One version of a process definition.

    `category` is the target namespace of its file, `diagram` the resource with its picture. One that is `deleted`
    stays for the history of its instances.
    """

    key: int
    process: Process
    version: int
    deployment: int
    resource: str
    tenant: str | None
    suspended: bool = False
    deleted: bool = False
    category: str | None = None
    diagram: str | None = None

    @property
    def process_key(self) -> str:
        """The id of the process in its model."""
        return self.process.key


@dataclass(slots=True, eq=False)
class Deployment:
    """Files deployed together; `time` in milliseconds since 1970, UTC."""

    key: int
    name: str | None
    source: str | None
    tenant: str | None
    time: int
    resources: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    definitions: list[Definition] = field(default_factory=list)
    cases: list[CaseDefinition] = field(default_factory=list)


class Deployments:
    """All deployments and the definitions they brought; `definitions` keeps the deleted ones, too."""

    __slots__ = ("definitions", "deployments", "latest", "versions")

    def __init__(self) -> None:
        self.deployments: dict[int, Deployment] = {}
        self.definitions: dict[int, Definition] = {}
        self.latest: dict[tuple[str, str | None], Definition] = {}
        self.versions: dict[tuple[str, str | None], list[Definition]] = {}

    def add(self, deployment: Deployment) -> None:
        """Take a deployment in; its definitions become the newest of their keys."""
        self.deployments[deployment.key] = deployment
        for definition in deployment.definitions:
            self.definitions[definition.key] = definition
            place = (definition.process_key, definition.tenant)
            self.versions.setdefault(place, []).append(definition)
            self.latest[place] = definition

    def next_version(self, process_key: str, tenant: str | None) -> int:
        """The version the next definition of this key gets."""
        versions = self.versions.get((process_key, tenant))
        return versions[-1].version + 1 if versions else 1

    def remove(self, deployment: Deployment) -> None:
        """Forget a deployment; an older version becomes the newest again."""
        del self.deployments[deployment.key]
        for definition in deployment.definitions:
            definition.deleted = True
            place = (definition.process_key, definition.tenant)
            versions = self.versions[place]
            versions.remove(definition)
            if versions:
                self.latest[place] = versions[-1]
            else:
                del self.latest[place], self.versions[place]

    def present(self) -> Iterator[Definition]:
        """Every definition that is deployed now, the versions of a key together."""
        for versions in self.versions.values():
            yield from versions

    def newest(self, process_key: str, tenant: str | None = None) -> Definition | None:
        """The newest version of a key for a tenant (None: for no tenant)."""
        return self.latest.get((process_key, tenant))

    def same_source(self, name: str | None, source: str | None, tenant: str | None) -> list[Deployment]:
        """The deployments of one name, source and tenant, in the order they were made; a name has to be there."""
        if name is None:
            return []
        return [
            each
            for each in self.deployments.values()
            if (each.name, each.source, each.tenant) == (name, source, tenant)
        ]
