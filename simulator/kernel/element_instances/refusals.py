"""What Camunda 8 refuses a caller; `api/` words it."""

from dataclasses import dataclass

from simulator.core.errors import Rejection


@dataclass(eq=False)
class NoneStartMissing(Rejection):
    """A plain start of a process that has no none start event (INVALID_STATE)."""

    process: str


@dataclass(eq=False)
class StartInstructionRefused(Rejection):
    """A start instruction that names a wrong element (INVALID_ARGUMENT).

    `reason` is unknown, multi-instance, ad-hoc, unsupported type (`element_type` says which) or event-based gateway.
    """

    reason: str
    element: str
    element_type: str = ""


@dataclass(eq=False)
class SubscriptionRefused(Rejection):
    """A scope above a start instruction's target can't subscribe to its events (INVALID_ARGUMENT)."""

    scope: str
    text: str


@dataclass(eq=False)
class UnexpectedFailure(Rejection):
    """The engine itself fails at a command (PROCESSING_ERROR): a start instruction that names the process."""

    element: str


@dataclass(eq=False)
class WrongState(Rejection):
    """A job or incident is not in a state for this command (INVALID_STATE); `state` is what it is in."""

    what: str
    key: int
    state: str


@dataclass(eq=False)
class NoRetriesLeft(Rejection):
    """An incident of a job that has no retries can't be resolved (INVALID_STATE)."""

    incident: int
    job: int


@dataclass(eq=False)
class CalledInstance(Rejection):
    """A called instance can't be cancelled by itself (INVALID_STATE); `root` is the one that can."""

    key: int
    root: int
