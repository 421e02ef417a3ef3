"""What a real engine is made of: its files, what it needs, how it is started, when it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.targets.engines.java import Java


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One start of an engine: the files, the folder of this run and the ports, the REST port first."""

    java: Java
    files: Path
    folder: Path
    ports: tuple[int, ...]
    job_executor: bool


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A program with its arguments and what its environment has beyond ours."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One release of one engine: fetched with Maven, run with Java.

    `names`: what it can be called, the shortest first. `layout`: place in the Maven project to file
    among the recipes. `proof`: what is there once Maven has done its work. `megabytes` are downloaded
    once. `ready` looks at a 200 answer of `probe`, a path below the URL's `path`.
    """

    names: tuple[str, ...]
    product: str
    release: str
    licence: str
    layout: Mapping[str, str]
    proof: str
    java_from: int
    compiled: bool
    megabytes: int
    starts_in: str
    ports: int = 1
    path: str
    probe: str
    ready: Callable[[bytes], bool]
    has_job_executor: bool
    command: Callable[[Launch], CommandLine]

    @property
    def name(self) -> str:
        """The name that lists show."""
        return self.names[0]

    @property
    def title(self) -> str:
        """Product and release, as in a sentence."""
        return titled(self.product, self.release)

    @property
    def slug(self) -> str:
        """The name as the beginning of a folder's name."""
        return f"{self.name.partition(':')[0]}-{self.release}"

    @property
    def java(self) -> str:
        """The releases of Java that run it, as in a sentence."""
        return f"Java {self.java_from} or later"

    @property
    def needs(self) -> str:
        """What has to be here, as in a list."""
        return f"{self.java}, Maven, {self.megabytes} MB once"

    def url(self, port: int) -> str:
        """Where its REST API is."""
        return f"http://127.0.0.1:{port}{self.path}"


def titled(product: str, release: str) -> str:
    """Name a release as people do: Camunda 7.24.0, not Camunda 7 7.24.0."""
    return f"{product.partition(' ')[0]} {release}"
