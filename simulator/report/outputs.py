"""Where the reports of a run go: each to its file, at most one to the standard output."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from simulator.core.errors import UserError
from simulator.report.format_types import ReportFormat, Take, find_format
from simulator.results.events import Event

TABLE = "table"


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A report that was asked for; without a file it goes to the standard output."""

    format: ReportFormat
    file: Path | None


@dataclass(frozen=True, slots=True)
class Reports:
    """The open reports of a run; `has_closing`: one of them shows the counts on the standard output."""

    takers: tuple[Take, ...]
    paths: bool
    has_closing: bool

    def take(self, event: Event) -> None:
        """Hand an event to every report."""
        for taker in self.takers:
            taker(event)


def read_report(text: str) -> WantedReport:
    """Read `FORMAT` or `FORMAT=FILE`; raises UserError where there is no such format."""
    name, has_file, file = text.partition("=")
    if has_file and not file:
        raise UserError(f"expected a file after `{name}=`, came none")
    return WantedReport(find_format(name), Path(file) if has_file else None)


def with_table(wanted: Sequence[WantedReport]) -> list[WantedReport]:
    """The reports asked for, and the table where nothing else goes to the standard output."""
    loud = [report for report in wanted if report.file is None]
    if len(loud) > 1:
        names = " and ".join(report.format.name for report in loud)
        raise UserError(f"expected one report without a file, came {names}")
    return list(wanted) if loud else [WantedReport(find_format(TABLE), None), *wanted]


@contextmanager
def open_reports(wanted: Sequence[WantedReport], out: TextIO) -> Iterator[Reports]:
    """Open every report's file, and close them at the end; raises UserError where one cannot be written."""
    with ExitStack() as files:
        yield Reports(
            takers=tuple(report.format.open(_stream(report, out, files)) for report in wanted),
            paths=any(report.format.paths for report in wanted),
            has_closing=any(report.format.name == TABLE and report.file is None for report in wanted),
        )


def _stream(report: WantedReport, out: TextIO, files: ExitStack) -> TextIO:
    if report.file is None:
        return out
    try:
        report.file.parent.mkdir(parents=True, exist_ok=True)
        return files.enter_context(report.file.open("w", encoding="utf-8", newline="\n"))
    except OSError as error:
        raise UserError(
            f"expected a file that can be written, came: {error.strerror}", file=report.file
        ) from error
