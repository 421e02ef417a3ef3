"""`bpmn-tck check`: what is wrong with models, without running them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from simulator.analysis.checking import check_models, check_start, merge, written_for
from simulator.analysis.finding import RANK, Finding, Severity
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.reading import Model, read_model
from simulator.analysis.rules import find_rules
from simulator.analysis.starting.instruction import KINDS, StartInstruction, read_instruction
from simulator.cli.output import example, json_option, print_json, print_table
from simulator.core.errors import UserError
from simulator.scenario.case import Case
from simulator.scenario.finding import is_scenario
from simulator.scenario.nodes import Node
from simulator.scenario.reading import read_cases

HELD, FINDING = 0, 1
BUILT_IN = ("camunda7", "camunda8")
RELEASES = {"standard": "", "camunda7": "7.24.0", "operaton": "1.0.0", "camunda8": "8.8.21"}
SUFFIXES = (".bpmn", ".bpmn20.xml")
EXAMPLES = example(
    "bpmn-tck check order.bpmn",
    "bpmn-tck check models/ --dialect camunda7 --dialect camunda8 --severity warning",
    "bpmn-tck check order.bpmn --start before:pack --start transition:flow_3 --variable amount",
)


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@click.option(
    "--dialect",
    "-d",
    "dialects",
    multiple=True,
    help="Whose rules hold: standard, camunda7, operaton, camunda8.  [default: what the model is written for]",
)
@click.option(
    "--start",
    "starts",
    multiple=True,
    metavar="KIND:ID",
    help="A start instruction: before, after, transition.",
)
@click.option("--process", help="The process that is started, where the models have several.")
@click.option("--variable", "variables", multiple=True, metavar="NAME", help="A variable set at the start.")
@click.option(
    "--severity",
    type=click.Choice([each.value for each in Severity]),
    default="info",
    show_default=True,
    help="Leave out what is less grave.",
)
@json_option
def command(
    paths: tuple[Path, ...],
    dialects: tuple[str, ...],
    starts: tuple[str, ...],
    process: str | None,
    variables: tuple[str, ...],
    severity: str,
    as_json: bool,
) -> int:
    """Check models without running them.

    MODEL is a BPMN file or a folder of them; of a scenario file the start instructions are judged.
    Models given together know each other, so calls between them are followed. docs/checks.md explains every code.

    Exit codes: 0 no errors, 1 an error, 2 wrong use.
    """
    for dialect in dialects:
        find_rules(dialect)
    instructions = [read_instruction(text) for text in starts]
    files = list(_files(paths))
    models = [read_model(file) for file in files if not is_scenario(file)]
    known = frozenset(variables) if variables else None
    found = check_models(models, dialects, known)
    if instructions:
        started = _started(models, process, instructions)
        home = next(model for model in models if started in model.processes)
        for dialect in dialects or (written_for(home),):
            found += check_start(started, instructions, dialect)
    for file in files:
        if is_scenario(file):
            found += _check_scenario(file, dialects or BUILT_IN)
    shown = [each for each in merge(found) if RANK[each.severity] <= RANK[Severity(severity)]]
    if as_json:
        print_json([_show(each) for each in shown])
    else:
        _print(shown, len(files))
    return FINDING if any(each.severity is Severity.ERROR for each in found) else HELD


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files given, and those in the folders given; raises `UserError`."""
    for path in paths:
        if not path.exists():
            raise UserError(
                "expected a model or a folder of models, came a path that is not there", file=path
            )
        if not path.is_dir():
            yield path
            continue
        inside = sorted(f for f in path.rglob("*") if f.name.endswith(SUFFIXES) or is_scenario(f))
        if not inside:
            raise UserError("expected a folder with models, came one without", file=path)
        yield from inside


def _started(
    models: Sequence[Model], wanted: str | None, instructions: Sequence[StartInstruction]
) -> ProcessGraph:
    """The process the instructions are for: the one named, the only one, or the only one with their targets."""
    processes = [process for model in models for process in model.processes]
    if wanted is not None:
        processes = [process for process in processes if process.key == wanted]
    elif len(processes) > 1:
        names = {instruction.element.partition("#")[0] for instruction in instructions}
        processes = [each for each in processes if names & (each.index.keys() | set(each.flow_ids))]
    if len(processes) != 1:
        came = ", ".join(process.key for process in processes) or "none"
        raise UserError(
            f"expected --process with the one process to start, came {wanted or 'none'} (fits: {came})"
        )
    return processes[0]


def _check_scenario(file: Path, dialects: Sequence[str]) -> Iterator[Finding]:
    """Judge the start instructions of a scenario's steps, but of those that are to be refused."""
    for case in read_cases(file):
        graphs = {
            process.key: process
            for model in case.models
            for process in read_model(case.folder / model).processes
        }
        for dialect in dialects:
            product, _, release = dialect.partition(":")
            if case.only and not any(s.holds(product, release or RELEASES[product]) for s in case.only):
                continue
            yield from _check_case(case, graphs, dialect, product, release or RELEASES[product])


def _check_case(
    case: Case, graphs: dict[str, ProcessGraph], dialect: str, product: str, release: str
) -> Iterator[Finding]:
    for step in case.steps_on(product, release):
        entries = step.node.mapping()
        graph = graphs.get(str(entries["start"].value)) if "start" in entries else None
        if graph is None or "at" not in entries or step.common.refused is not None:
            continue
        written = entries["at"].items()
        for found in check_start(graph, [_instruction(each) for each in written], dialect):
            line = next(
                (each.line for each in written if _instruction(each).element == found.element), step.node.line
            )
            yield replace(found, file=str(case.file), line=line)


def _instruction(written: Node) -> StartInstruction:
    """The instruction of one item under `at`."""
    entries = written.mapping()
    kind = next(kind for kind in KINDS if kind in entries)
    return StartInstruction(kind, entries[kind].text())


def _show(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "line": finding.line,
        "process": finding.process,
        "element": finding.element,
        "text": finding.text,
        "clause": finding.clause,
        "dialects": list(finding.dialects),
    }


def _print(findings: Sequence[Finding], files: int) -> None:
    """Print a table per file, and the counts."""
    by_file: dict[str, list[Finding]] = {}
    for each in findings:
        by_file.setdefault(each.file, []).append(each)
    for file, found in by_file.items():
        click.echo(file)
        rows = [
            (
                str(each.line or "-"),
                each.code,
                each.severity.value,
                each.element or "-",
                ", ".join(each.dialects),
                _first_line(each.text),
            )
            for each in found
        ]
        print_table(("line", "code", "severity", "element", "dialect", "what"), rows)
        click.echo()
    counts = Counter(each.severity for each in findings)
    told = ", ".join(f"{counts[each]} {_words(each, counts[each])}" for each in Severity)
    click.echo(f"{files} file{'' if files == 1 else 's'}: {told}.")


def _first_line(text: str) -> str:
    """What an engine says in many lines, in one; the JSON has them all."""
    first, more, _ = text.partition("\n")
    return f"{first} …" if more else first


def _words(severity: Severity, count: int) -> str:
    word = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}[severity]
    return word if count == 1 else f"{word}s"
