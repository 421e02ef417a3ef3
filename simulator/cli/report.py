"""`bpmn-tck report`: a report of a run that is over, from its stream of events."""

import sys
from pathlib import Path

import click

from simulator.cli.output import example
from simulator.core.errors import UserError
from simulator.report.format_types import find_format, report_formats
from simulator.report.outputs import WantedReport, open_reports
from simulator.results.events import Event, RunEnded, RunStarted
from simulator.results.stream import read_events

EXAMPLES = example(
    "bpmn-tck run --report ndjson=run.ndjson", "bpmn-tck report run.ndjson --format html -o run.html"
)


@click.command(epilog=EXAMPLES)
@click.argument("run", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "-f",
    "name",
    required=True,
    type=click.Choice(tuple(report_formats())),
    help="The report's format.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Where to write.  [default: stdout]")
def command(run: Path, name: str, output: Path | None) -> int:
    """Render the stream of a run.

    RUN is an NDJSON stream of events that `bpmn-tck run --report ndjson=FILE` wrote."""
    events = list(read_events(run))
    check_whole(events, run)
    with open_reports([WantedReport(find_format(name), output)], sys.stdout) as reports:
        for event in events:
            reports.take(event)
    return 0


def check_whole(events: list[Event], run: Path) -> None:
    """See that the stream has a beginning and an end; raises UserError."""
    if not events or not isinstance(events[0], RunStarted):
        raise UserError("expected a stream that begins with run-started, came another", file=run, line=1)
    if not isinstance(events[-1], RunEnded):
        raise UserError(
            "expected a stream that ends with run-ended, came one cut off", file=run, line=len(events)
        )
