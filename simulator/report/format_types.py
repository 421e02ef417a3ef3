"""The open set of report formats: each turns the stream of run events into text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TextIO

from simulator.core.discovery import named
from simulator.core.errors import UserError
from simulator.results.events import Event, RunEnded

FORMATS_PACKAGE = "simulator.report.formats"

Take = Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFormat:
    """A format by its name; `open` makes what takes the events, one by one, and writes to the text stream.

    `paths`: whether it shows where each instance had been, which a run has to ask for.
    """

    name: str
    about: str
    open: Callable[[TextIO], Take]
    paths: bool = False


@cache
def report_formats() -> dict[str, ReportFormat]:
    """Every format by its name."""
    return {found.value.name: found.value for found in named(FORMATS_PACKAGE, "FORMAT", ReportFormat)}


def find_format(name: str) -> ReportFormat:
    """A format by its name; raises UserError where there is none."""
    formats = report_formats()
    if name not in formats:
        raise UserError(f"expected a report format ({', '.join(formats)}), came {name!r}")
    return formats[name]


def render(report: ReportFormat, events: Iterable[Event], out: TextIO) -> None:
    """Render a whole stream."""
    take = report.open(out)
    for event in events:
        take(event)


def at_the_end(write: Callable[[list[Event], TextIO], None]) -> Callable[[TextIO], Take]:
    """Make a format of a function that wants all events at once, when the run has ended."""

    def open_format(out: TextIO) -> Take:
        events: list[Event] = []

        def take(event: Event) -> None:
            events.append(event)
            if isinstance(event, RunEnded):
                write(events, out)

        return take

    return open_format
