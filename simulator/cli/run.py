"""`bpmn-tck run`: scenarios against each target, and their reports."""

from collections.abc import Sequence

import click

from simulator.cli.output import example, print_json
from simulator.scenario.case import Case
from simulator.scenario.places import shown_path

BUILT_IN = ("simulator:camunda7", "simulator:camunda8")
FINDING = 1
UNFINISHED = 3
INTERRUPTED = 130
EXAMPLES = example(
    "bpmn-tck run",
    "bpmn-tck run scenarios/bpmn --target camunda7:http://127.0.0.1:8080/engine-rest",
    "bpmn-tck run -k join --report html=run.html --report junit=run.xml",
)


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
