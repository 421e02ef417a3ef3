"""`ndjson`: the stream of run events itself, line by line while it happens."""

from typing import TextIO

from simulator.report.format_types import ReportFormat, Take
from simulator.results.events import Event
from simulator.results.stream import write_event


def open_stream(out: TextIO) -> Take:
    """Write each event as it comes."""

    def take(event: Event) -> None:
        out.write(write_event(event))
        out.flush()

    return take


FORMAT = ReportFormat(
    name="ndjson", about="the run's events, one a line, as they happen", open=open_stream, paths=True
)
