"""Why a caller may not; worded in `api/`."""

from dataclasses import dataclass

from simulator.bpmn.element import Problem
from simulator.core.errors import Rejection
from simulator.engine.deployments import Definition


@dataclass(eq=False)
class NotFound(Rejection):
    """There is no such thing: `what` is its kind, `key` what was asked for."""

    what: str
    key: object


@dataclass(eq=False)
class DefinitionSuspended(Rejection):
    """No instance may be started of a suspended definition."""

    definition: int


@dataclass(eq=False)
class InstanceSuspended(Rejection):
    """Nothing in a suspended instance may be done."""

    what: str
    key: int


@dataclass(eq=False)
class DeploymentRefused(Rejection):
    """A resource has errors; `kind` says of what: parse (details), xml, syntax, timer, time-to-live, duplicate."""

    kind: str
    resource: str
    problems: tuple[Problem, ...]
    message: str = ""


@dataclass(eq=False)
class InstancesRunning(Rejection):
    """A definition can't be deleted while instances of it run, unless together with them."""

    definition: Definition
    count: int


@dataclass(eq=False)
class AlreadyClaimed(Rejection):
    """Somebody else holds the task."""

    task: int
    assignee: str


@dataclass(eq=False)
class NotCorrelated(Rejection):
    """A message found nobody, or (`several`) too many; `what` they are: execution or definition."""

    name: str | None
    several: int = 0
    what: str = "execution"


@dataclass(eq=False)
class WrongWorker(Rejection):
    """Another worker, or none, holds the external task."""

    task: int
    worker: str
    holder: str | None
