"""Bytes of resident memory for an instance that waits at a user task."""

from benchmarks.peers import open_workers
from benchmarks.table import Line

COUNT = 20_000


def measure(live: str | None) -> list[Line]:
    """Let many instances wait and divide what the process grew by."""
    figures: dict[str, float] = {}
    for worker in open_workers():
        if "waiting" in worker.offers["measures"]:
            figures[worker.name] = worker.ask("waiting", COUNT)["bytes"]
        worker.close()
    peer = figures.get("camunda-python")
    shown = {name: f"{value:,.0f} bytes" for name, value in figures.items()}
    met = None if peer is None else figures["ours"] <= peer
    return [Line(f"a waiting instance of {COUNT:,}", shown, "≤ camunda-python's", met)]
