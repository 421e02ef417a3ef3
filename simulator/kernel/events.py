"""Everything that can happen to a process instance; the log of these is the truth, the tree a cache of it.

Keys are positive integers from one counter. Nodes are references into the compiled process.
"""

from typing import Any

import msgspec

from simulator.model.process import Flow, Node, Process


class Began(msgspec.Struct, frozen=True, gc=False):
    """A command began; what follows happened at this time (milliseconds since 1970, UTC)."""

    time: int


class InstanceStarted(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """A process instance came into being, with its root execution; `caller` is the execution that called it."""

    key: int
    process: Process
    definition: int
    start: Node | None
    caller: int = 0
    activity: int = 0
    business_key: str | None = None
    case_instance: str | None = None
    tenant: str | None = None
    tags: tuple[str, ...] = ()


class InstanceEnded(msgspec.Struct, frozen=True, gc=False):
    """A process instance is over; `how` is completed, cancelled (from outside) or terminated (by its caller)."""

    key: int
    how: str
    reason: str | None = None


class Orphaned(msgspec.Struct, frozen=True, gc=False):
    """A called instance goes on without its caller."""

    key: int


class Created(msgspec.Struct, frozen=True, gc=False):
    """An execution came into being under another one; `transition` is the flow it is about to take."""

    key: int
    parent: int
    node: Node | None
    scope: bool
    concurrent: bool
    transition: Flow | None = None


class Removed(msgspec.Struct, frozen=True, gc=False):
    """An execution is gone, and all that it held: variables, subscriptions, work."""

    key: int


class Moved(msgspec.Struct, frozen=True, gc=False):
    """An execution has another parent."""

    key: int
    parent: int


class Placed(msgspec.Struct, frozen=True, gc=False):
    """An execution stands elsewhere: its node, its activity instance (0: none), whether it is active."""

    key: int
    node: Node | None
    activity: int
    active: bool
    transition: Flow | None = None


class Replaced(msgspec.Struct, frozen=True, gc=False):
    """An execution took over what another one held: place, work, jobs, its token's variables (or all of them)."""

    key: int
    replaced: int
    everything: bool


class Ended(msgspec.Struct, frozen=True, gc=False):
    """A token has ended, or is alive again after all, while its execution remains."""

    key: int
    ended: bool


class Entered(msgspec.Struct, frozen=True, gc=False):
    """An activity instance began; `waits` where its token waits for others to join it."""

    execution: int
    activity: int
    node: Node
    waits: bool = False


class Left(msgspec.Struct, frozen=True, gc=False):
    """An activity instance is over, completed or cancelled; `joined` where its token is gone, part of another now."""

    execution: int
    activity: int
    node: Node
    cancelled: bool
    joined: bool = False


class Visited(msgspec.Struct, frozen=True, gc=False):
    """An activity instance began and was completed at once: nothing happens at its node."""

    execution: int
    activity: int
    node: Node


class FlowTaken(msgspec.Struct, frozen=True, gc=False):
    """A sequence flow was taken within the scope's execution and its target not yet reached (Camunda 8)."""

    scope: int
    flow: Flow


class FlowsConsumed(msgspec.Struct, frozen=True, gc=False):
    """The tokens waiting on these flows of the scope's execution were used up."""

    scope: int
    flows: tuple[Flow, ...]


class VariableSet(msgspec.Struct, frozen=True, gc=False):
    """A variable has a value; `follows` says that it belongs to the token and moves with it.

    A `transient` one goes with the end of its command, and no history knows it.
    """

    execution: int
    name: str
    value: Any
    follows: bool = False
    transient: bool = False


class VariableRemoved(msgspec.Struct, frozen=True, gc=False):
    """A variable is gone: deleted, or (`with_token`) given up by a token that joined others."""

    execution: int
    name: str
    with_token: bool = False


class Subscribed(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """An execution waits for a message, signal, condition or link.

    `node` is the catching event; `correlation_key` is a Camunda 8 message's.
    """

    key: int
    execution: int
    kind: str
    name: str | None
    node: Node
    activity: int = 0
    correlation_key: str | None = None


class Unsubscribed(msgspec.Struct, frozen=True, gc=False):
    """A subscription is closed."""

    key: int


class WorkOpened(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """Something waits to be done: `kind` is user-task, external-task, job (Camunda 8), async or timer.

    `facts` are the work's own attributes by name (assignee, topic, retries, due …).
    """

    key: int
    execution: int
    kind: str
    node: Node
    activity: int
    facts: dict[str, Any]


class WorkChanged(msgspec.Struct, frozen=True, gc=False):
    """Some attributes of open work changed."""

    key: int
    facts: dict[str, Any]


class WorkClosed(msgspec.Struct, frozen=True, gc=False):
    """Work is over: completed, or cancelled with what it belonged to."""

    key: int
    how: str


class IncidentRaised(msgspec.Struct, frozen=True, gc=False, kw_only=True):
    """The model can't go on here; `work` is the job or external task at fault, 0 where there is none."""

    key: int
    execution: int
    kind: str
    node: Node
    message: str | None
    work: int = 0
    cause: int = 0


class IncidentResolved(msgspec.Struct, frozen=True, gc=False):
    """An incident is over; `deleted` where it went with what it belonged to."""

    key: int
    deleted: bool = False


class Suspended(msgspec.Struct, frozen=True, gc=False):
    """A process instance was suspended or activated."""

    key: int
    suspended: bool


class Activating(msgspec.Struct, frozen=True, gc=False):
    """An element instance of Camunda 8 came into being in its flow scope, reached over `flow`.

    `joined` are the waiting flows it uses up; `active` says that nothing lay between activating and activated.
    """

    key: int
    scope: int
    node: Node
    flow: Flow | None = None
    joined: tuple[Flow, ...] = ()
    active: bool = False


class Activated(msgspec.Struct, frozen=True, gc=False):
    """An element instance, or a whole process instance, is active."""

    key: int


class Completing(msgspec.Struct, frozen=True, gc=False):
    """An element instance is about to complete with what its work or its trigger gave."""

    key: int
    results: dict[str, Any] | None = None


class Terminating(msgspec.Struct, frozen=True, gc=False):
    """An element instance is being terminated, its content first."""

    key: int


class Finished(msgspec.Struct, frozen=True, gc=False):
    """An element instance is over, completed or terminated."""

    key: int
    terminated: bool = False


class Passed(msgspec.Struct, frozen=True, gc=False):
    """An element instance came and went in one step: a gateway, or an element at which nothing happens."""

    key: int
    scope: int
    node: Node
    flow: Flow | None = None
    joined: tuple[Flow, ...] = ()


class Triggered(msgspec.Struct, frozen=True, gc=False):
    """An event at an element instance has happened; it begins once the element instance is out of the way."""

    key: int
    node: Node
    variables: dict[str, Any]


class Interrupted(msgspec.Struct, frozen=True, gc=False):
    """Nothing new begins in a flow scope any more: an element in it ends it."""

    key: int
    node: Node


class ItemChanged(msgspec.Struct, frozen=True, gc=False):
    """A plan item instance, or the case instance, is in another state of its lifecycle."""

    key: int
    state: str


class ItemRequired(msgspec.Struct, frozen=True, gc=False):
    """A plan item instance has to be through before its stage completes."""

    key: int


class EntryNoted(msgspec.Struct, frozen=True, gc=False):
    """An entry criterion was satisfied before the plan item instance was available."""

    key: int


class PartMarked(msgspec.Struct, frozen=True, gc=False):
    """An on-part of a sentry in a stage is satisfied, or not any more; parts count from 0."""

    key: int
    sentry: str
    part: int
    satisfied: bool


Event = (
    Began
    | InstanceStarted
    | InstanceEnded
    | Orphaned
    | Created
    | Removed
    | Moved
    | Placed
    | Replaced
    | Ended
    | Entered
    | Left
    | Visited
    | FlowTaken
    | FlowsConsumed
    | VariableSet
    | VariableRemoved
    | Subscribed
    | Unsubscribed
    | WorkOpened
    | WorkChanged
    | WorkClosed
    | IncidentRaised
    | IncidentResolved
    | Suspended
    | Activating
    | Activated
    | Completing
    | Terminating
    | Finished
    | Passed
    | Triggered
    | Interrupted
    | ItemChanged
    | ItemRequired
    | EntryNoted
    | PartMarked
)
