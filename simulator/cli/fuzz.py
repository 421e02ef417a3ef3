"""`bpmn-tck fuzz`: requests drawn from the contracts, sent to targets, their answers judged."""

import random
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from simulator.cli.access import access_options, read_headers
from simulator.cli.output import example, print_json, print_table, tell
from simulator.core.errors import UserError
from simulator.fuzz.check_types import all_checks
from simulator.fuzz.course import Limits
from simulator.fuzz.running import Plan
from simulator.fuzz.session import Session, open_place, repeat
from simulator.report.outputs import open_reports, read_report, with_table
from simulator.targets.http_transport import Access
from simulator.targets.opening import TargetOptions
from simulator.targets.protocol import Model, Refused

HELD, FINDING, UNFINISHED, INTERRUPTED = 0, 1, 3, 130
BUILT_IN = ("simulator:camunda7", "simulator:camunda8")
KINDS = ("rest",)
EXAMPLES = 1000
MOST_SEED = 2**32
LINES = example(
    "bpmn-tck fuzz --kind rest --seed 1",
    "bpmn-tck fuzz --target camunda7:http://127.0.0.1:8080/engine-rest --examples 5000",
    "bpmn-tck fuzz --operation getTask --operation completeTask --time 30",
)


@click.command(epilog=LINES)
@click.argument("models", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[MODEL]...")
@click.option(
    "--target", "-t", "targets", multiple=True, help="What to fuzz.  [default: both built-in dialects]"
)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="What is drawn.  [default: all]"
)
@click.option("--seed", type=int, help="Repeat a run.  [default: a new one, printed]")
@click.option(
    "--examples", type=click.IntRange(1), default=EXAMPLES, show_default=True, help="Requests per target."
)
@click.option(
    "--time", "seconds", type=click.FloatRange(0, min_open=True), help="End after so many seconds per target."
)
@click.option("--operation", "operations", multiple=True, help="Only this operation of the contract.")
@click.option(
    "--bulk", is_flag=True, help="The plain generator alone: many more requests a second, no links."
)
@click.option(
    "--example", "example_file", type=click.Path(path_type=Path, exists=True), help="Repeat one finding."
)
@click.option("--list-checks", is_flag=True, help="List the checks, send nothing.")
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[=FILE]", help="A report.  [default: table]"
)
@click.option("--json", "as_json", is_flag=True, help="The same as --report json.")
@access_options
@click.option("--destructive", is_flag=True, help="At a URL, change also what the run did not create.")
def command(
    models: tuple[Path, ...],
    targets: tuple[str, ...],
    kinds: tuple[str, ...],
    seed: int | None,
    examples: int,
    seconds: float | None,
    operations: tuple[str, ...],
    bulk: bool,
    example_file: Path | None,
    list_checks: bool,
    reports: tuple[str, ...],
    as_json: bool,
    user: str | None,
    bearer: str | None,
    headers: tuple[str, ...],
    timeout: float,
    cacert: Path | None,
    destructive: bool,
) -> int:
    """Send requests drawn from the contracts, and judge every answer.

    MODEL is deployed beside our own models. Each finding prints one line that repeats it.
    Exit codes: 0 nothing found, 1 a finding, 2 wrong use, 3 a target not reached or lost, 130 interrupted.
    """
    if list_checks:
        return show_checks(as_json=as_json)
    access = Access(user=user, bearer=bearer, headers=read_headers(headers), timeout=timeout, cacert=cacert)
    options = TargetOptions(access=access, destructive=destructive)
    if example_file is not None:
        return repeat_one(targets, options, example_file)
    chosen = seed if seed is not None else random.SystemRandom().randrange(MOST_SEED)
    plan = Plan(seed=chosen, examples=examples, operations=operations, bulk=bulk)
    wanted = with_table([read_report(text) for text in (*reports, *(("json",) if as_json else ()))])
    with open_reports(wanted, sys.stdout) as opened:
        session = Session(plan, opened.take)
        try:
            open_all(session, targets, options, read_models(models), Limits(seconds=seconds))
            ended = session.run(own_version())
        finally:
            session.close()
    for line in closing(session):
        tell(line)
    if ended.interrupted:
        return INTERRUPTED
    if session.problems:
        return UNFINISHED
    return FINDING if session.counts.total("failed") else HELD


def open_all(
    session: Session, targets: Sequence[str], options: TargetOptions, models: Sequence[Model], limits: Limits
) -> None:
    """Open the targets, and see that each operation asked for is one of them's."""
    for text in targets or BUILT_IN:
        try:
            session.add(text, options, models, limits)
        except Refused as refusal:
            if not models:
                raise
            raise UserError(f"expected models that {text} deploys, came: {refusal}") from refusal
    known = {name for place in session.places for name in place.course.contract.operations}
    for name in session.plan.operations:
        if session.places and name not in known:
            raise UserError(f"expected an operation of the contract, came {name!r}")


def closing(session: Session) -> list[str]:
    """What was sent, what was found, what could not be done."""
    lines = []
    for place in session.places:
        course = place.course
        withheld = f", {course.withheld} withheld" if course.withheld else ""
        lines.append(f"{place.seen.name}: {course.sent} requests{withheld}, {len(course.found)} findings")
    lines.extend(f"Error: {problem}" for problem in session.problems)
    if session.is_cut_short:
        lines.append("The time was over before every operation had its examples.")
    return lines


def repeat_one(targets: Sequence[str], options: TargetOptions, file: Path) -> int:
    """Repeat one finding at one target, and say whether it shows."""
    if len(targets) != 1:
        raise UserError(f"expected one --target with --example, came {len(targets)}")
    place = open_place(targets[0], options, (), Limits())
    try:
        finding = repeat(place, file)
    finally:
        place.close()
    click.echo(f"{place.seen.name}: nothing found" if finding is None else str(finding))
    return HELD if finding is None else FINDING


def show_checks(*, as_json: bool) -> int:
    """List the checks."""
    checks = all_checks()
    if as_json:
        print_json([{"check": check.name, "about": check.about} for check in checks])
    else:
        print_table(("CHECK", "CONVICTS"), [(check.name, check.about) for check in checks])
    return HELD


def read_models(paths: Sequence[Path]) -> list[Model]:
    """Read the user's models."""
    return [Model(path.name, path.read_bytes(), path) for path in paths]


def own_version() -> str:
    """The release that is installed."""
    try:
        return version("bpmn-tck")
    except PackageNotFoundError:
        return "unknown"
