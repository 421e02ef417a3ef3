"""One command at work: what it has to do yet, what it touched, and how to take all of it back."""

from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

from simulator.kernel.apply import APPLY, replay
from simulator.kernel.events import Began, Event, VariableRemoved
from simulator.kernel.failures import EndlessRun
from simulator.kernel.state import Execution, Root, State

Operation = Callable[["Run", Execution, Any], None]

EVENTS_AT_MOST = 1_000_000


class Run:
    """The execution of one command at one time (`now`, milliseconds since 1970, UTC).

    As a `with` block it is worked off at its end, and undone by an exception.

    `machine` is the dialect's `execution` section; `surroundings` what the engine around offers (definitions to
    call, subscriptions of start events). `stack` holds what is still to do, the next on top; a machine that works
    off its commands in their order has them in `queue`. After a failure
    `undo` brings every touched root back to where it was.
    """

    __slots__ = (
        "at_most", "machine", "marks", "now", "preserved", "queue", "skip_listeners", "skip_mappings", "stack",
        "state", "surroundings", "transient",
    )  # fmt: skip

    def __init__(
        self, state: State, machine: Any, now: int, surroundings: Any = None, at_most: int = EVENTS_AT_MOST
    ) -> None:
        self.state = state
        self.machine = machine
        self.now = now
        self.surroundings = surroundings
        self.at_most = at_most
        self.stack: list[tuple[Operation, Execution, Any]] = []
        self.queue: deque[tuple[Operation, Execution, Any]] = deque()
        self.marks: list[tuple[Root, int]] = []
        self.preserved: Execution | None = None
        self.skip_listeners = False
        self.skip_mappings = False
        self.transient: set[tuple[int, str]] | None = None

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, kind: type[BaseException] | None, failure: object, trace: object) -> None:
        if kind is not None:
            self.undo()
            return
        try:
            if self.stack:
                self.work_off()
            if self.transient is not None:
                self._drop_transient()
        except BaseException:
            self.undo()
            raise
        self.close()

    def emit(self, root: Root, event: Event) -> None:
        """Log an event and apply it."""
        if root.run is not self:
            self._touch(root)
        root.log.append(event)
        APPLY[event.__class__](root, event)

    def _touch(self, root: Root) -> None:
        log = root.log
        self.marks.append((root, len(log)))
        root.run = self
        began = Began(self.now)
        log.append(began)
        APPLY[Began](root, began)

    def push(self, operation: Operation, execution: Execution, argument: Any = None) -> None:
        """Have this done next."""
        self.stack.append((operation, execution, argument))

    def redirect(self, replaced: Execution, execution: Execution) -> None:
        """What was to be done for one token is to be done for the one that took its place."""
        for place, (operation, waiting, argument) in enumerate(self.stack):
            if waiting is replaced:
                self.stack[place] = (operation, execution, argument)

    def work_off(self) -> None:
        """Do what is to be done until nothing is left.

        Raises `EndlessRun` over the limit of operations, and whatever an operation raises.
        """
        stack = self.stack
        executions = self.state.executions
        left = self.at_most
        while stack:
            operation, execution, argument = stack.pop()
            if execution.key not in executions:
                continue
            left -= 1
            if left < 0:
                self.exhausted()
            operation(self, execution, argument)

    def _drop_transient(self) -> None:
        """Remove what was transient from the trees that the command touched."""
        transient, self.transient = self.transient or set(), None
        names = {name for _, name in transient}
        gone = any(key not in self.state.executions for key, _ in transient)
        for root, _ in self.marks:
            for instance in root.instances:
                if instance.ended:
                    continue
                for execution in list(instance.execution.subtree()):
                    for name in names & set(execution.variables or ()):
                        if gone or (execution.key, name) in transient:
                            self.emit(root, VariableRemoved(execution.key, name))

    def exhausted(self) -> NoReturn:
        """Stop a command that went on for too long."""
        raise EndlessRun(f"more than {self.at_most:,} steps in one command: a loop without a wait state?")

    def undo(self) -> None:
        """Take back everything this command did."""
        self.stack.clear()
        self.queue.clear()
        for root, length in self.marks:
            root.run = None
            replay(root, length)
        self.marks.clear()

    def close(self) -> None:
        """Let go of the roots; what was done stays."""
        for root, _ in self.marks:
            root.run = None
        self.marks.clear()
