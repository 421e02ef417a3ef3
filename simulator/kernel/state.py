"""The one tree of executions, with what hangs on it; changed by `apply` alone."""

from collections.abc import Iterator
from typing import Any

from simulator.kernel.events import Event
from simulator.model.process import Flow, Node, Process


class Execution:
    """A node of the tree: a scope, a token in a scope, or an element instance of Camunda 8.

    `scope_node` and `scope_activity` say of which activity it is the scope; `node` and `activity` what it
    executes now. `follows` names the variables that belong to the token and move with it. An element instance of
    Camunda 8 has a `stage`, perhaps the `results` it completes with, the `trigger` (event and variables) that waits
    for its end, and the element that interrupted it as a scope. `item` is what a case knows of a plan item instance.
    """

    __slots__ = (
        "active", "activity", "called", "children", "concurrent", "ended", "follows", "incidents", "instance",
        "interrupted_by", "item", "key", "node", "parent", "results", "root", "scope", "scope_activity", "scope_node",
        "stage", "subscriptions", "tokens", "transition", "trigger", "variables", "work",
    )  # fmt: skip

    def __init__(self, key: int, parent: "Execution | None", instance: "Instance", node: Node | None) -> None:
        self.key = key
        self.parent = parent
        self.instance = instance
        self.root = instance.root
        self.node: Node | None = node
        self.activity = 0
        self.scope = False
        self.concurrent = False
        self.active = True
        self.ended = False
        self.scope_node: Node | None = None
        self.scope_activity = 0
        self.transition: Flow | None = None
        self.children: list[Execution] | None = None
        self.variables: dict[str, Any] | None = None
        self.follows: set[str] | None = None
        self.subscriptions: list[Subscription] | None = None
        self.work: list[Work] | None = None
        self.incidents: list[Incident] | None = None
        self.called: Instance | None = None
        self.tokens: dict[Flow, int] | None = None
        self.stage = ""
        self.results: dict[str, Any] | None = None
        self.trigger: tuple[Node, dict[str, Any]] | None = None
        self.interrupted_by: Node | None = None
        self.item: Any = None

    def __repr__(self) -> str:
        flags = "".join(
            letter
            for letter, on in zip("SCae", (self.scope, self.concurrent, self.active, self.ended), strict=True)
            if on
        )
        return f"Execution({self.key} {flags} {self.node and self.node.id})"

    def lookup(self, name: str, missing: Any = None) -> Any:
        """The value of the nearest variable of that name, outwards; `missing` where there is none."""
        execution: Execution | None = self
        while execution is not None:
            variables = execution.variables
            if variables is not None and name in variables:
                return variables[name]
            execution = execution.parent
        return missing

    def holder(self, name: str) -> "Execution":
        """The nearest execution outwards that has the variable, else the outermost."""
        execution = self
        while execution.parent is not None and (
            execution.variables is None or name not in execution.variables
        ):
            execution = execution.parent
        return execution

    def visible(self) -> dict[str, Any]:
        """All variables seen from here, inner ones first."""
        found: dict[str, Any] = {}
        execution: Execution | None = self
        while execution is not None:
            if execution.variables:
                found = {**execution.variables, **found}
            execution = execution.parent
        return found

    def subtree(self) -> "Iterator[Execution]":
        """This execution and all below it, parents before children, in order of creation."""
        stack = [self]
        while stack:
            execution = stack.pop()
            yield execution
            if execution.children:
                stack.extend(reversed(execution.children))


class Subscription:
    """Something an execution waits for: a message, a signal."""

    __slots__ = ("activity", "correlation_key", "execution", "key", "kind", "name", "node", "time")

    def __init__(self, key: int, execution: Execution, kind: str, name: str | None, node: Node) -> None:
        self.key = key
        self.execution = execution
        self.kind = kind
        self.name = name
        self.node = node
        self.activity = 0
        self.correlation_key: str | None = None
        self.time = 0


class Work:
    """Something to be done: a user task, an external task, a job; `facts` are its own attributes.

    The facts are those of the event until some change; so they are replaced, never changed in place.
    """

    __slots__ = ("activity", "execution", "facts", "incident", "key", "kind", "node", "time")

    def __init__(self, key: int, execution: Execution, kind: str, node: Node, facts: dict[str, Any]) -> None:
        self.key = key
        self.execution = execution
        self.kind = kind
        self.node = node
        self.activity = 0
        self.facts = facts
        self.incident: Incident | None = None
        self.time = 0


class Incident:
    """Why the model can't go on at an execution."""

    __slots__ = ("cause", "execution", "key", "kind", "message", "mirrors", "node", "time", "work")

    def __init__(self, key: int, execution: Execution, kind: str, node: Node, message: str | None) -> None:
        self.key = key
        self.execution = execution
        self.kind = kind
        self.node = node
        self.message = message
        self.work = 0
        self.cause = 0
        self.mirrors: list[Incident] | None = None
        self.time = 0


class Instance:
    """A process instance, running or ended; `execution` is the outermost one of its tree."""

    __slots__ = (
        "activity", "business_key", "caller", "case_instance", "definition", "ended", "execution", "how", "key",
        "process", "reason", "root", "start", "started", "suspended", "tags", "tenant",
    )  # fmt: skip

    def __init__(self, key: int, root: "Root", process: Process, definition: int) -> None:
        self.key = key
        self.root = root
        self.process = process
        self.definition = definition
        self.execution: Execution
        self.caller: Execution | None = None
        self.start: Node | None = None
        self.activity = 0
        self.business_key: str | None = None
        self.case_instance: str | None = None
        self.tenant: str | None = None
        self.tags: tuple[str, ...] = ()
        self.suspended = False
        self.started = 0
        self.ended = 0
        self.how: str | None = None
        self.reason: str | None = None


class Root:
    """A root instance with all it calls: one log, the unit of rollback."""

    __slots__ = ("instances", "key", "log", "run", "state", "time")

    def __init__(self, key: int, state: "State") -> None:
        self.key = key
        self.state = state
        self.log: list[Event] = []
        self.instances: list[Instance] = []
        self.time = 0
        self.run: Any = None


class State:
    """All instances, and the ways to find what they wait for.

    `running` holds the instances that have not ended by their definition's key, `business` by their business key.
    """

    __slots__ = (
        "business",
        "due",
        "executions",
        "incidents",
        "instances",
        "jobs",
        "named",
        "next_key",
        "roots",
        "running",
        "subscriptions",
        "work",
    )

    def __init__(self, first_key: int = 1) -> None:
        self.next_key = first_key
        self.roots: dict[int, Root] = {}
        self.instances: dict[int, Instance] = {}
        self.running: dict[int, dict[int, Instance]] = {}
        self.business: dict[str, dict[int, Instance]] = {}
        self.executions: dict[int, Execution] = {}
        self.work: dict[int, Work] = {}
        self.jobs: dict[int, Work] = {}
        self.due: list[tuple[int, int]] = []
        self.subscriptions: dict[int, Subscription] = {}
        self.named: dict[tuple[str, str | None], dict[int, Subscription]] = {}
        self.incidents: dict[int, Incident] = {}

    def key(self) -> int:
        """The next key."""
        key = self.next_key
        self.next_key = key + 1
        return key
