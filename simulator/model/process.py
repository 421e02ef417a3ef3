"""A process as read from its file: nodes and sequence flows that know each other."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

Evaluate = Callable[[Any], Any]
"""A compiled expression: takes the scope that names are looked up in, gives the value."""


class Declaration(msgspec.Struct, frozen=True):
    """A message, signal, error or escalation declared once in the file and referred to by events."""

    id: str
    kind: str
    name: str | None
    code: str | None = None
    message: str | None = None
    correlation_key: Evaluate | None = None


class Timer(msgspec.Struct, frozen=True):
    """When a timer event fires: `kind` is `date`, `duration` or `cycle`, `value` its text or expression."""

    kind: str
    value: Evaluate
    text: str


class EventDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """What an event catches or throws.

    `kind`: none, message, timer, signal, error, escalation, conditional, terminate, link, compensate or cancel.
    `name`: of the message or signal; `code`: of the error or escalation.
    """

    kind: str
    name: Evaluate | None = None
    name_text: str | None = None
    code: Evaluate | None = None
    code_text: str | None = None
    message_text: str | None = None
    code_variable: str | None = None
    message_variable: str | None = None
    timer: Timer | None = None
    condition: Evaluate | None = None
    correlation_key: Evaluate | None = None
    target: str | None = None


class Mapping(msgspec.Struct, frozen=True):
    """One input or output of an activity: the variable it writes and the value it gives."""

    target: str
    source: Evaluate
    text: str


class Flow(msgspec.Struct, eq=False):
    """A sequence flow; `condition` is None where it is unconditional."""

    id: str
    source: "Node"
    target: "Node"
    line: int
    name: str | None = None
    condition: Evaluate | None = None
    condition_text: str | None = None
    listeners: tuple[Evaluate, ...] = ()

    def __repr__(self) -> str:
        return f"Flow({self.id}: {self.source.id} -> {self.target.id})"


class Node(msgspec.Struct, eq=False, kw_only=True):
    """A flow node, or the process itself: the place of an activity instance.

    `kind` is the element's tag; `parent` the scope it lies in (None for the process). What an element type reads
    beyond this stands in `detail`. `enter` is what it does when reached (None: it is left at once), bound once
    when the model is compiled; `plain` says that nothing at all happens on the way in and out, `final` that
    nothing happens and tokens end here, `joins` that tokens wait here for one from each flow and nothing else happens.
    `arrive` is what a token does before a gateway of Camunda 8.
    """

    id: str
    kind: str
    line: int
    index: int
    parent: "Node | None"
    name: str | None = None
    incoming: list[Flow] = msgspec.field(default_factory=list)
    outgoing: list[Flow] = msgspec.field(default_factory=list)
    default: Flow | None = None
    attached_to: "Node | None" = None
    boundary: "list[Node] | None" = None
    children: "list[Node] | None" = None
    start: "Node | None" = None
    event: EventDefinition | None = None
    interrupting: bool = True
    triggered_by_event: bool = False
    for_compensation: bool = False
    is_scope: bool = False
    conditional: bool = False
    plain: bool = False
    simple: bool = False
    final: bool = False
    joins: bool = False
    passable: bool = False
    async_before: bool = False
    async_after: bool = False
    exclusive: bool = True
    behind_gateway: "Node | None" = None
    catches: "tuple[Node, ...]" = ()
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()
    listeners: dict[str, tuple[Evaluate, ...]] | None = None
    detail: Any = None
    enter: Any = None
    arrive: Any = None
    process: Any = None

    def __repr__(self) -> str:
        return f"Node({self.kind} {self.id})"

    def ancestors(self) -> "Iterator[Node]":
        """The scopes around it, innermost first, the process last."""
        scope = self.parent
        while scope is not None:
            yield scope
            scope = scope.parent

    def start_events(self) -> "list[Node]":
        """The start events directly inside."""
        return [child for child in self.children or () if child.kind == "startEvent"]


class Process(msgspec.Struct, eq=False, kw_only=True):
    """One executable process of a file; `root` is the process as the outermost scope.

    `nodes` holds every flow node by id and `flows` every sequence flow by id, in the order of the file.
    """

    key: str
    name: str | None
    root: Node
    nodes: dict[str, Node]
    flows: dict[str, Flow]
    version_tag: str | None = None
    history_time_to_live: int | None = None
    startable: bool = True
    documentation: str | None = None
    detail: Any = None
