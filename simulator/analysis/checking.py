"""Checking models in dialects: every check on every process, and what each dialect's reader says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulator.analysis.check_types import Subject, checks
from simulator.analysis.deployment import find_reader, read_as_engine
from simulator.analysis.finding import RANK, Finding, Found, Rule
from simulator.analysis.process_graph import ProcessGraph
from simulator.analysis.reading import Model
from simulator.analysis.rules import find_rules
from simulator.analysis.starting.instruction import StartInstruction
from simulator.analysis.ways import Ways
from simulator.model.xml import CAMUNDA, ZEEBE

PLATFORM = "{http://camunda.org/schema/modeler/1.0}executionPlatform"
WRITTEN_FOR = {CAMUNDA: "camunda7", ZEEBE: "camunda8"}
PLATFORMS = {"Camunda Platform": "camunda7", "Camunda Cloud": "camunda8"}


def written_for(model: Model) -> str:
    """The dialect a model is written for, by what its modeler noted or whose extensions it uses."""
    noted = PLATFORMS.get(model.root.get(PLATFORM) or "")
    if noted is not None:
        return noted
    declared = set(model.root.nsmap.values())
    return next((dialect for namespace, dialect in WRITTEN_FOR.items() if namespace in declared), "standard")


def check_models(
    models: Sequence[Model], dialects: Sequence[str] = (), variables: frozenset[str] | None = None
) -> list[Finding]:
    """Check models given together, each in these dialects, or without any in the one it is written for.

    `variables`: the names set at the start, None where that is not known. What holds in several dialects comes once.
    Raises `UserError` for an unknown dialect.
    """
    found: list[Finding] = []
    for model in models:
        ways = [Ways(graph) for graph in model.processes]
        for dialect in dialects or (written_for(model),):
            found.extend(_check_model(model, ways, dialect, tuple(models), variables))
    return merge(found)


def _check_model(
    model: Model,
    ways: Sequence[Ways],
    dialect: str,
    models: tuple[Model, ...],
    variables: frozenset[str] | None,
) -> Iterator[Finding]:
    rules, reader = find_rules(dialect), find_reader(dialect)
    for each in ways:
        subject = Subject(graph=each.graph, ways=each, rules=rules, models=models, variables=variables)
        for check in checks():
            for found in check.find(subject):
                yield finding(check.rule, found, model.file, each.graph.key, dialect)
    for rule, found in read_as_engine(model, reader) if reader is not None else ():
        home = next((graph for graph in model.processes if found.element in graph.index), None)
        if home is not None and not found.line:
            found = replace(found, line=home.line(home.index[found.element or ""]))
        yield finding(rule, found, model.file, None if home is None else home.key, dialect)


def check_start(
    process: ProcessGraph, instructions: Sequence[StartInstruction], dialect: str
) -> list[Finding]:
    """Judge start instructions, in order, as the dialect's engine does; an error means that it refuses the start."""
    rules = find_rules(dialect)
    return [
        finding(refusal.rule, refusal.found, process.file, process.key, dialect)
        for refusal in rules.judge_start(process, instructions)
    ]


def finding(rule: Rule, found: Found, file: str, process: str | None, dialect: str) -> Finding:
    """What a check found, with all that its rule says."""
    return Finding(
        code=rule.code,
        severity=found.severity or rule.severity,
        clause=rule.clause,
        text=found.text,
        element=found.element,
        line=found.line,
        file=file,
        process=process,
        dialects=(dialect,),
    )


def merge(findings: Sequence[Finding]) -> list[Finding]:
    """Findings by file, line and gravity; the same one in several dialects comes once, with all their names."""
    merged: dict[Finding, tuple[str, ...]] = {}
    for each in findings:
        alike = replace(each, dialects=())
        known = merged.get(alike, ())
        merged[alike] = known if each.dialects[0] in known else (*known, *each.dialects)
    found = [replace(each, dialects=dialects) for each, dialects in merged.items()]
    return sorted(found, key=lambda each: (each.file, each.line, RANK[each.severity], each.code))
