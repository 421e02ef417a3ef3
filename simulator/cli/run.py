"""`bpmn-tck run`: scenarios against each target, and their reports."""

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from simulator.cli.access import access_options, read_headers
from simulator.cli.output import example, print_json, tell
from simulator.core.errors import UserError
from simulator.report.closing import closing_lines
from simulator.report.outputs import Reports, WantedReport, open_reports, read_report, with_table
from simulator.results.events import Event, RunEnded, RunStarted
from simulator.scenario.case import Case
from simulator.scenario.finding import find_cases
from simulator.scenario.places import shown_path
from simulator.scenario.session import BUILT_IN, Finished, Stages, close_all, run_session
from simulator.targets.http_transport import Access
from simulator.targets.opening import TargetOptions

HELD, FINDING, UNFINISHED, INTERRUPTED = 0, 1, 3, 130
MOST_SEED = 2**32
EXAMPLES = example(
    "bpmn-tck run",
    "bpmn-tck run my/scenarios --target camunda7:http://127.0.0.1:8080/engine-rest",
    "bpmn-tck run -k join --report html=run.html --report junit=run.xml",
)


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--target",
    "-t",
    "targets",
    multiple=True,
    help="Where to run, as often as you like.  [default: both built-in dialects]",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="A report, as often as you like.  [default: table]",
)
@click.option("--seed", type=int, help="Repeat a run's random choices.  [default: a new one, printed]")
@click.option("--keyword", "-k", help="Only scenarios whose path, title or clause contains this.")
@click.option("--fail-fast", "-x", is_flag=True, help="End with the first scenario that fails or errs.")
@click.option("--list", "is_list", is_flag=True, help="List the scenarios, run none.")
@click.option(
    "--json", "as_json", is_flag=True, help="The same as --report json; with --list, the list as JSON."
)
@access_options
@click.option("--destructive", is_flag=True, help="At a URL, let scenarios change what they did not create.")
def command(
    paths: tuple[Path, ...],
    targets: tuple[str, ...],
    reports: tuple[str, ...],
    seed: int | None,
    keyword: str | None,
    fail_fast: bool,
    is_list: bool,
    as_json: bool,
    user: str | None,
    bearer: str | None,
    headers: tuple[str, ...],
    timeout: float,
    cacert: Path | None,
    destructive: bool,
) -> int:
    """Run scenarios against each target.

    PATH is a scenario file or a folder of them; without one the packaged scenarios run.

    A target is simulator:camunda7, simulator:camunda8:8.6 or the like; camunda7:URL, operaton:URL, cibseven:URL
    or camunda8:URL; or engine:camunda7, a real engine started for the run (see `bpmn-tck engine list`).

    Formats of reports: table, json, junit, ndjson, html; one of them may go without a file.

    Exit codes: 0 all held, 1 a scenario failed, 2 wrong use, 3 no usable answer, 130 interrupted.
    """
    cases = find_cases(paths, keyword)
    if is_list:
        list_cases(cases, as_json=as_json)
        return HELD
    if not cases:
        raise UserError(f"expected scenarios that contain {keyword!r}, came none")
    access = Access(user=user, bearer=bearer, headers=read_headers(headers), timeout=timeout, cacert=cacert)
    options = TargetOptions(access=access, destructive=destructive)
    wanted = with_table([read_report(text) for text in (*reports, *(("json",) if as_json else ()))])
    chosen_seed = seed if seed is not None else random.SystemRandom().randrange(MOST_SEED)
    with open_reports(wanted, sys.stdout) as opened:
        finished = run_on(targets or BUILT_IN, cases, opened, options, seed=chosen_seed, fail_fast=fail_fast)
    _tell_where(wanted)
    for problem in finished.problems:
        tell(f"Error: {problem}")
    return exit_code(finished)


def run_on(
    targets: Sequence[str],
    cases: Sequence[Case],
    reports: Reports,
    options: TargetOptions,
    *,
    seed: int,
    fail_fast: bool,
) -> Finished:
    """Open the targets and run; whatever was opened is closed."""
    stages = Stages()
    try:
        for text in targets:
            stages.add(text, options)
    except BaseException:
        close_all(stages)
        raise
    emit = reports.take if reports.has_closing else _Closing(reports).take
    return run_session(
        cases,
        stages,
        emit,
        seed=seed,
        paths=reports.paths,
        fail_fast=fail_fast,
        defects=(Exception,),  # one scenario that meets a defect of ours does not cost the run the others
    )


class _Closing:
    """Tells the counts on stderr where the standard output belongs to a report without them."""

    def __init__(self, reports: Reports) -> None:
        self.reports = reports
        self.started: RunStarted | None = None

    def take(self, event: Event) -> None:
        self.reports.take(event)
        match event:
            case RunStarted():
                self.started = event
            case RunEnded():
                for line in closing_lines(self.started, event):
                    tell(line)
            case _:
                return


def exit_code(finished: Finished) -> int:
    """The exit code: a run that is not whole counts before its findings."""
    if finished.interrupted:
        return INTERRUPTED
    if finished.problems or finished.counts.total("errored"):
        return UNFINISHED
    return FINDING if finished.counts.total("failed") else HELD


def list_cases(cases: Sequence[Case], *, as_json: bool) -> None:
    """Print what would run."""
    if as_json:
        print_json([show_case(case) for case in cases])
        return
    for case in cases:
        click.echo(f"{case.id}  {case.title}" + (f"  [{case.clause}]" if case.clause else ""))
    click.echo(f"{len(cases)} scenarios")


def show_case(case: Case) -> dict[str, object]:
    """Show a case as JSON."""
    return {
        "scenario": case.id,
        "title": case.title,
        "row": case.row,
        "clause": case.clause,
        "file": str(shown_path(case.file)),
        "line": case.line,
    }


def _tell_where(wanted: Sequence[WantedReport]) -> None:
    for report in wanted:
        if report.file is not None:
            tell(f"{report.format.name} report: {report.file}")
