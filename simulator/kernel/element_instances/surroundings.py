"""What the machine asks of the engine around it."""

from collections.abc import Mapping
from typing import Any, Protocol

from simulator.kernel.run import Run
from simulator.kernel.state import Execution, Instance, Subscription
from simulator.model.calls import CalledElement
from simulator.model.process import Process


class Definition(Protocol):
    """A deployed process: its compiled model, the key of its deployment record and its tenant."""

    process: Process
    key: int
    tenant: str | None


class Surroundings(Protocol):
    """Everything outside one instance: other definitions, buffered messages, who waits for a signal."""

    @property
    def stops(self) -> Mapping[int, frozenset[str]]:
        """By the key of a process instance the elements with whose end it is to be terminated."""

    def called_definition(
        self, run: Run, execution: Execution, called: CalledElement, process: str
    ) -> Definition | None:
        """The definition a call activity starts, by its binding; None where there is none."""

    def buffered_message(self, run: Run, subscription: Subscription) -> Mapping[str, Any] | None:
        """The variables of a buffered message for a subscription, which is then used up; None without one."""

    def broadcast(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        """Hand a signal to all who wait for it, and start what it starts."""

    def instance_ended(self, run: Run, instance: Instance) -> None:
        """A process instance is over; a message that waited for its end may start the next one."""
