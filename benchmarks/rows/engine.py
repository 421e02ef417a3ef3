"""Processes run whole: ours, camunda-python, SpiffWorkflow."""

from benchmarks.peers import interleaved, open_workers
from benchmarks.table import Line, compared

GOALS = {
    "linear": {"camunda-python": 5.0, "SpiffWorkflow": 40.0},
    "fork": {"camunda-python": 5.0, "SpiffWorkflow": 40.0},
    "loop": {"camunda-python": 10.0},
    "task": {"camunda-python": 3.0},
}


def measure(live: str | None) -> list[Line]:
    """Time the four cases in turn."""
    workers = open_workers()
    try:
        return [compared(case, interleaved(workers, case), goals) for case, goals in GOALS.items()]
    finally:
        for worker in workers:
            worker.close()
