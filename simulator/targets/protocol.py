"""What every target can be asked, in the words of the domain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from simulator.core.errors import UserError


@dataclass(frozen=True, slots=True)
class Model:
    """One file of a deployment: its resource name and its content as written (before adapting)."""

    name: str
    content: bytes
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class StartInstruction:
    """Where a start begins instead of the start event, with the variables it sets there.

    `kind` is `before`, `after` (an activity) or `transition` (a sequence flow).
    """

    kind: str
    element: str
    variables: Mapping[str, object] = field(default_factory=dict)
    local: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A start of a process definition; `definition` is its key as the model writes it.

    A value among any variables may be a `values.TypedValue`; a product without types takes its value alone.
    """

    definition: str
    version: int | None = None
    tenant: str | None = None
    business_key: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    instructions: tuple[StartInstruction, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One thing that waits for somebody: a user task, an external task or a job, by its element's id."""

    key: str
    element: str
    kind: str
    instance: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceView:
    """What a target shows of one process instance; a field is None where the target cannot show it.

    `at`: ids of the elements that are active, leaves only, one per token, sorted.
    `passed`: ids of the elements completed, in the order of their completion.
    `cancelled`: ids of the elements ended without completing, sorted.
    `variables`: root scope. `local`: variables of inner scopes by element id.
    """

    ended: bool | None
    at: Sequence[str] | None
    passed: Sequence[str] | None
    cancelled: Sequence[str] | None
    variables: Mapping[str, object] | None
    local: Mapping[str, Mapping[str, object]] | None
    incidents: Sequence[Mapping[str, object]] | None
    tasks: Sequence[Mapping[str, object]] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """A request on the wire, relative to the target's REST root."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer on the wire."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Refused(Exception):
    """The target said no, in its own words: an HTTP status and the error's body."""

    def __init__(self, operation: str, answer: RawAnswer, body: object) -> None:
        super().__init__(f"{operation} was refused with status {answer.status}: {body}")
        self.operation = operation
        self.answer = answer
        self.body = body


class Unusable(UserError):
    """No usable answer: not reached, timed out, or an answer that is no REST answer of this product."""

    exit_code = 3


class NotObservable(Exception):
    """This target has no way to do or to show that; the reason is one of the closed list `SKIP_REASONS`."""

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(f"{what}: {SKIP_REASONS[reason]}")
        self.reason = reason
        self.what = what


SKIP_REASONS: Mapping[str, str] = {
    "no-read-endpoints": "this release has no read and search endpoints",
    "no-clock": "the target's clock cannot be moved",
    "not-this-dialect": "the scenario is about another dialect",
    "not-this-release": "the scenario is about other releases",
    "destructive": "it would change what the run did not create (allow it with --destructive)",
    "feature-off": "the target runs with this feature switched off",
    "feature-on": "the target runs with this feature switched on",
}


class Target(Protocol):
    """An engine to run scenarios against; every method may raise `Refused`, `Unusable`, `NotObservable`.

    Keys, tenants and message names are given as the scenario writes them; a target at a foreign URL makes
    them its own (unique to the run) and turns them back in what it shows.
    """

    name: str
    product: str
    release: str

    def deploy(self, models: Sequence[Model], *, tenant: str | None = None) -> str:
        """Deploy the models (adapted for this product) and answer the deployment's id or key."""

    def start(self, start: Start) -> str:
        """Start an instance and answer its id or key."""

    def work(self, instance: str, element: str | None = None) -> Sequence[Work]:
        """The open user tasks, external tasks and jobs of an instance, in the order of their elements."""

    def complete(self, work: Work, variables: Mapping[str, object]) -> None:
        """Complete a user task, an external task or a job."""

    def fail(self, work: Work, *, message: str, retries: int) -> None:
        """Report a failure of an external task or a job."""

    def throw_error(
        self, work: Work, *, code: str, message: str | None, variables: Mapping[str, object]
    ) -> None:
        """Throw a BPMN error from a user task, an external task or a job."""

    def message(
        self,
        name: str,
        *,
        instance: str | None = None,
        correlation_key: str | None = None,
        business_key: str | None = None,
        variables: Mapping[str, object],
        tenant: str | None = None,
    ) -> str | None:
        """Correlate a message; answers the key of the process instance it started, where the target says so."""

    def signal(self, name: str, *, variables: Mapping[str, object], tenant: str | None = None) -> None:
        """Broadcast a signal."""

    def advance(self, seconds: float) -> None:
        """Let time pass and everything then due happen."""

    def settle(self) -> None:
        """Let everything happen that is due now without more time (asynchronous continuations)."""

    def cancel(self, instance: str) -> None:
        """End an instance from outside."""

    def resolve(self, instance: str, element: str | None, retries: int) -> None:
        """Set the retries of what failed and resolve its incident."""

    def look(self, instance: str, wanted: frozenset[str]) -> InstanceView:
        """Show what is `wanted` (names of the fields of `InstanceView`) of an instance; the rest may be None."""

    def called(self, instance: str, element: str) -> Sequence[str]:
        """The instances that the call activity `element` of an instance started."""

    def definition(self, key: str, tenant: str | None = None) -> str:
        """The id (or key, in Camunda 8) of the newest version of a process definition."""

    def own(self, name: str) -> str:
        """The name that a key, tenant or message of the scenario has on this target."""

    def request(self, request: RawRequest) -> RawAnswer:
        """Send a raw request, as it is."""

    def close(self) -> None:
        """Remove what was created and let go of the connection."""
