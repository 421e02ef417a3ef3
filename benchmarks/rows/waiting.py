"""The user task while many instances wait."""

from benchmarks.peers import interleaved, open_workers
from benchmarks.table import Line, compared, seconds

MANY, VERY_MANY = 10_000, 100_000


def measure(live: str | None) -> list[Line]:
    """Time start, query and complete with none, 10,000 and (ours alone) 100,000 waiting."""
    workers = [worker for worker in open_workers() if worker.name != "SpiffWorkflow"]
    try:
        none = interleaved(workers, "task")["ours"]
        for worker in workers:
            worker.ask("waiting", MANY)
        many = compared(f"task, {MANY:,} waiting", interleaved(workers, "task"), {"camunda-python": 20.0})
        workers[0].ask("waiting", VERY_MANY - MANY)
        very_many = interleaved(workers[:1], "task")["ours"]
        slower = very_many / none
        figures = {"ours": seconds(very_many), "slower than with none": f"{slower:.2f}×"}
        return [many, Line(f"task, {VERY_MANY:,} waiting", figures, "≤ 1.3×", slower <= 1.3)]
    finally:
        for worker in workers:
            worker.close()
