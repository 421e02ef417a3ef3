"""What the machine asks of the engine around it."""

from collections.abc import Mapping
from typing import Any, Protocol

from simulator.kernel.executions.starting import Definition
from simulator.kernel.run import Run
from simulator.kernel.state import Execution


class Surroundings(Protocol):
    """Everything outside one instance: other definitions, and who waits for a signal."""

    def called_definition(self, run: Run, execution: Execution, called: Any, key: str) -> Definition:
        """The definition a call activity starts; raises `ModelFailure` where there is none."""

    def broadcast(self, run: Run, name: str, variables: Mapping[str, Any], tenant: str | None) -> None:
        """Hand a signal to all who wait for it, and start what it starts."""
