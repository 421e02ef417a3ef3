"""What an element's behaviour can want; a machine (see `executions`, `element_instances`) carries it out."""

from typing import Any

import msgspec

from simulator.model.process import Evaluate, Flow, Node


class Leave(msgspec.Struct, frozen=True):
    """Done: go on over the outgoing flows."""


class Stay(msgspec.Struct, frozen=True):
    """Wait for what the element is subscribed to, or for somebody from outside."""


class Take(msgspec.Struct, frozen=True, eq=False):
    """Go on over just these flows."""

    flows: tuple[Flow, ...]


class Join(msgspec.Struct, frozen=True):
    """A token arrived where others may have to join it."""


class Descend(msgspec.Struct, frozen=True, eq=False):
    """Begin the content of a scope at this node."""

    start: Node


class Open(msgspec.Struct, frozen=True, eq=False):
    """Open work of a kind and wait for it; each fact is an expression or a constant."""

    kind: str
    facts: dict[str, Any]


class Result(msgspec.Struct, frozen=True, eq=False):
    """Set a variable (none if `name` is None) to the value of an expression, then leave."""

    name: str | None
    source: Evaluate
    null_counts: bool = True


class Throw(msgspec.Struct, frozen=True, eq=False):
    """Throw an error by its code."""

    code: str
    message: str | None = None


class Broadcast(msgspec.Struct, frozen=True, eq=False):
    """Send a signal (its name an expression) to all who wait for it, then leave."""

    name: Evaluate


class Terminate(msgspec.Struct, frozen=True):
    """End everything else in the scope, then the scope."""


class Call(msgspec.Struct, frozen=True, eq=False):
    """Start another process and wait for its end; what to call stands in the node's detail."""


class Stuck(msgspec.Struct, frozen=True, eq=False):
    """The model can't go on: no flow can be taken."""

    reason: str


LEAVE, STAY, JOIN, TERMINATE, CALL = Leave(), Stay(), Join(), Terminate(), Call()

Effect = Leave | Stay | Take | Join | Descend | Open | Result | Throw | Broadcast | Terminate | Call | Stuck
