"""Loops in which no token ever waits: Camunda 8 refuses those that hold a task or call activity."""

from collections.abc import Iterator

from simulator.model.process import Process

PASSED = frozenset(
    {
        "manualTask", "task", "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway", "startEvent",
        "endEvent", "subProcess",
    }
)  # fmt: skip
STARTING = frozenset({"manualTask", "task", "callActivity"})


def straight_through_loops(process: Process) -> Iterator[str]:
    """The texts for each loop without a wait state."""
    return iter(())
