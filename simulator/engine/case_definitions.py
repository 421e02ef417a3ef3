"""The case definitions that are deployed, by key, version and tenant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.cmmn.model import Case
from simulator.model.process import Process


@dataclass(slots=True, eq=False, kw_only=True)
class CaseDefinition:
    """One version of a case definition; `category` is the target namespace of its file."""

    key: int
    case: Case
    version: int
    deployment: int
    resource: str
    tenant: str | None
    category: str | None

    @property
    def case_key(self) -> str:
        """The id of the case in its model."""
        return self.case.key

    @property
    def process(self) -> Process:
        """The tree of plan items."""
        return self.case.process


class CaseDefinitions:
    """All case definitions that are deployed now."""

    __slots__ = ("by_key", "versions")

    def __init__(self) -> None:
        self.by_key: dict[int, CaseDefinition] = {}
        self.versions: dict[tuple[str, str | None], list[CaseDefinition]] = {}

    def add(self, definitions: Iterable[CaseDefinition]) -> None:
        """Take definitions in; they become the newest of their keys."""
        for definition in definitions:
            self.by_key[definition.key] = definition
            self.versions.setdefault((definition.case_key, definition.tenant), []).append(definition)

    def remove(self, definition: CaseDefinition) -> None:
        """Forget a definition; an older version becomes the newest again."""
        del self.by_key[definition.key]
        place = (definition.case_key, definition.tenant)
        self.versions[place].remove(definition)
        if not self.versions[place]:
            del self.versions[place]

    def newest(self, case_key: str, tenant: str | None = None) -> CaseDefinition | None:
        """The newest version of a key for a tenant (None: for no tenant)."""
        versions = self.versions.get((case_key, tenant))
        return versions[-1] if versions else None

    def next_version(self, case_key: str, tenant: str | None) -> int:
        """The version the next definition of this key gets."""
        newest = self.newest(case_key, tenant)
        return newest.version + 1 if newest is not None else 1

    def present(self) -> Iterator[CaseDefinition]:
        """Every definition, the versions of a key together."""
        for versions in self.versions.values():
            yield from versions
