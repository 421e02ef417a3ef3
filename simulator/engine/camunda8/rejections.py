"""Why the engine of Camunda 8 refuses a command, beside what its kernel refuses; worded in `api/v2`."""

from dataclasses import dataclass

from simulator.core.errors import Rejection


@dataclass(eq=False)
class DefinitionMissing(Rejection):
    """There is no such process definition: by its key, or by its id and perhaps version."""

    process: str | None = None
    version: int | None = None
    key: int | None = None


@dataclass(eq=False)
class NothingNamed(Rejection):
    """Neither an id nor a key that could be one."""


@dataclass(eq=False)
class NotFound(Rejection):
    """There is no such thing (any more): `what` is its kind."""

    what: str
    key: int


@dataclass(eq=False)
class NothingWaits(Rejection):
    """A message is waited for by nobody."""

    name: str
    correlation_key: str


@dataclass(eq=False)
class AlreadyPublished(Rejection):
    """A message with this id is kept already."""

    message_id: str


@dataclass(eq=False)
class RetriesNotPositive(Rejection):
    """A job can't be given so few retries."""

    key: int
    retries: int


@dataclass(eq=False)
class NotActivated(Rejection):
    """No worker holds the job, so there is no time-out to change."""

    key: int


@dataclass(eq=False)
class DeadlineTooFar(Rejection):
    """A worker asks for so much time that the deadline is no time any more: the engine itself fails."""


@dataclass(eq=False)
class AlreadyAssigned(Rejection):
    """Somebody else has the user task."""

    key: int


@dataclass(eq=False)
class DeploymentRefused(Rejection):
    """Some resources have errors: what is said of each, in the order in which they came."""

    texts: tuple[str, ...]


@dataclass(eq=False)
class TooManyTags(Rejection):
    """A process instance has at most ten tags."""


@dataclass(eq=False)
class TagRefused(Rejection):
    """A tag has a form of its own."""

    tag: str


@dataclass(eq=False)
class TooLarge(Rejection):
    """What the command would write is larger than a batch of records may be."""
