"""How a release of Camunda 8 speaks on the wire: the `wire` section of its dialect."""

from collections.abc import Mapping
from dataclasses import dataclass, field

JSON = "application/json"
PROBLEM = "application/problem+json"
KEYS_AS_NUMBERS = "application/vnd.camunda.api.keys.number+json"
KEYS_AS_TEXT = "application/vnd.camunda.api.keys.string+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """A failure between gateway and broker: its status, title and detail."""

    status: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """One release's requests and answers.

    `key_forms`: the media types it reads and answers, each with whether keys are text in answers of that type.
    `strict`: unknown properties and values of another JSON type are refused, keys are read as text only.
    `job_key`: the name of a job's own key. `await_seconds`: how long an answer is waited for without a limit of the
    caller's. `resolution_needs_type`: resolving an incident without a Content-Type is 415. `message_limit` bounds
    uploads, commands and what one command writes, in bytes; `record_overhead` is what a command adds to its
    variables (live Camunda 8.6.0).
    """

    key_forms: Mapping[str, bool]
    strict: bool
    job_key: str
    has_tags: bool
    has_searches: bool
    job_kinds: bool
    broken_by_null: bool
    request_timeout_counts: bool
    resolution_needs_type: bool
    deletion_status: int
    timeout_before_limit: bool
    starts_at_process_id: bool
    timed_out: Fault
    unreachable: Fault
    fails_as_internal: bool
    resolution_without_retries: str
    multi_tenancy: bool = False
    await_seconds: float = 15.0
    activation_seconds: float = 10.0
    partitions: int = 1
    message_limit: int = 4 * 1024 * 1024
    record_overhead: int = 400
    tenants: tuple[str, ...] = field(default=("<default>",))
