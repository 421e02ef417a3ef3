"""What was deployed: process definitions by key, and by id, tenant and version."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from simulator.model.process import Process

Place = tuple[str, str]
"""A process's id and its tenant."""


@dataclass(slots=True, eq=False, kw_only=True)
class Definition:
    """One version of a process definition, with the file it came from."""

    key: int
    process: Process
    version: int
    deployment: int
    resource: str
    content: bytes
    tenant: str | None

    @property
    def process_id(self) -> str:
        """The id of the process in its model."""
        return self.process.key

    @property
    def place(self) -> Place:
        """Where its versions are counted."""
        return self.process.key, self.tenant or ""


@dataclass(slots=True, eq=False, kw_only=True)
class Deployment:
    """Resources deployed together; `definitions` has an entry for each process, also where it was there already."""

    key: int
    tenant: str
    time: int
    definitions: list[Definition] = field(default_factory=list)


class Definitions:
    """All process definitions; `known` keeps those that were deleted too, for what they started."""

    __slots__ = ("by_key", "counted", "known", "versions")

    def __init__(self) -> None:
        self.by_key: dict[int, Definition] = {}
        self.known: dict[int, Definition] = {}
        self.versions: dict[Place, list[Definition]] = {}
        self.counted: dict[Place, int] = {}

    def add(self, definition: Definition) -> None:
        """Take a new version in."""
        self.by_key[definition.key] = self.known[definition.key] = definition
        self.versions.setdefault(definition.place, []).append(definition)
        self.counted[definition.place] = definition.version

    def next_version(self, place: Place) -> int:
        """The number of the next version; those of deleted ones are not given again."""
        return self.counted.get(place, 0) + 1

    def latest(self, place: Place) -> Definition | None:
        """The highest version that is left."""
        versions = self.versions.get(place)
        return versions[-1] if versions else None

    def version(self, place: Place, version: int) -> Definition | None:
        """One version."""
        return next((each for each in self.versions.get(place, ()) if each.version == version), None)

    def tagged(self, place: Place, tag: str) -> Definition | None:
        """The highest version with a version tag."""
        fitting = (each for each in reversed(self.versions.get(place, ())) if each.process.version_tag == tag)
        return next(fitting, None)

    def delete(self, definition: Definition) -> None:
        """Forget a version; what it started runs on."""
        del self.by_key[definition.key]
        self.versions[definition.place].remove(definition)

    def all(self) -> Iterable[Definition]:
        """Every version that can be started, oldest first."""
        return self.by_key.values()
