"""`json`: the whole run as one JSON document."""

from typing import Any, TextIO

import msgspec

from simulator.report.digest import Performance, RunDigest, digest
from simulator.report.format_types import ReportFormat, at_the_end
from simulator.results.events import Event

TOLD_ABOVE = ("event", "scenario", "target")


def show_run(run: RunDigest) -> dict[str, Any]:
    """Show a run: what it was asked, the counts, and each scenario with its steps."""
    return {
        "run": _show(run.started),
        "result": _show(run.ended),
        "scenarios": [show_performance(performance) for performance in run.performances],
    }


def show_performance(performance: Performance) -> dict[str, Any]:
    """Show one scenario on one target."""
    started = performance.started
    return {
        "scenario": started.scenario,
        "target": started.target,
        **_show(started),
        "verdict": None,
        **_show(performance.ended),
        "steps": [_show(step) for step in performance.steps],
        "paths": [_show(path) for path in performance.paths],
    }


def _show(event: Event | None) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(event) if event is not None else {}
    return {name: value for name, value in shown.items() if name not in TOLD_ABOVE}


def write_json(events: list[Event], out: TextIO) -> None:
    """Write the document, indented."""
    document = msgspec.json.encode(show_run(digest(events)))
    out.write(msgspec.json.format(document, indent=2).decode() + "\n")


FORMAT = ReportFormat(
    name="json", about="the whole run as one document", open=at_the_end(write_json), paths=True
)
