"""Parsing and compiling models."""

from benchmarks.peers import interleaved, open_workers
from benchmarks.table import Line, compared, seconds


def measure(live: str | None) -> list[Line]:
    """Time 1,000 nodes beside camunda-python, and 100,000 beside a bare lxml parse."""
    workers = open_workers()
    try:
        small = compared("1,000 nodes", interleaved(workers, "parse 1,000"), {"camunda-python": 1 / 0.7})
        ours = interleaved(workers[:1], "parse 100,000", rounds=3)["ours"]
        bare = interleaved(workers[:1], "lxml 100,000", rounds=3)["ours"]
        figures = {"ours": seconds(ours), "bare lxml": seconds(bare), "ratio": f"{ours / bare:.2f}×"}
        return [small, Line("100,000 nodes", figures, "≤ 3× bare lxml", ours <= 3 * bare)]
    finally:
        for worker in workers:
            worker.close()
