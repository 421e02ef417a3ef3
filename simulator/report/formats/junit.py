"""`junit`: the XML that continuous integration reads; one suite per target."""

import re
from collections.abc import Iterable
from typing import TextIO
from xml.etree import ElementTree

from simulator.report.digest import Performance, RunDigest, digest
from simulator.report.format_types import ReportFormat, at_the_end
from simulator.results.events import Event, TargetSeen
from simulator.results.wording import step_lines

# XML 1.0, 2.2: what a document may not hold
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS = {"failed": "failure", "errored": "error", "interrupted": "error", "skipped": "skipped"}


def show_suites(run: RunDigest) -> ElementTree.Element:
    """Show a run as `testsuites`."""
    root = ElementTree.Element("testsuites", {"name": "bpmn-tck", **_counts(run.performances)})
    for target in run.started.targets if run.started else []:
        own = [performance for performance in run.performances if performance.started.target == target.name]
        root.append(_suite(target, own, run))
    return root


def _suite(target: TargetSeen, performances: list[Performance], run: RunDigest) -> ElementTree.Element:
    at = run.started.at if run.started else ""
    about = {"name": _clean(target.name), "timestamp": at}
    suite = ElementTree.Element("testsuite", {**about, **_counts(performances)})
    seed = str(run.started.seed if run.started else "")
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in (("product", target.product), ("release", target.release), ("seed", seed)):
        ElementTree.SubElement(properties, "property", name=name, value=_clean(value))
    if target.problem is not None:
        case = ElementTree.SubElement(
            suite, "testcase", classname=_clean(target.name), name="reach the target"
        )
        ElementTree.SubElement(case, "error", message=_clean(target.problem))
        suite.set("tests", "1")
        suite.set("errors", "1")
    for performance in performances:
        suite.append(_case(performance))
    return suite


def _case(performance: Performance) -> ElementTree.Element:
    started, ended = performance.started, performance.ended
    case = ElementTree.Element(
        "testcase",
        classname=_clean(started.scenario.partition("::")[0].replace("/", ".")),
        name=_clean(performance.name),
        file=_clean(started.file),
        line=str(started.line),
        time=f"{ended.seconds if ended else 0:.3f}",
    )
    if performance.outcome in _TAGS:
        message = ended.message or "" if ended else "the run was interrupted"
        trouble = ElementTree.SubElement(case, _TAGS[performance.outcome], message=_clean(message))
        if ended is not None and ended.reason is not None:
            trouble.set("type", ended.reason)
        trouble.text = _clean("\n".join(_troubles(performance)))
    return case


def _troubles(performance: Performance) -> Iterable[str]:
    for step in performance.steps:
        if step.outcome != "held":
            yield from step_lines(step)


def _counts(performances: list[Performance]) -> dict[str, str]:
    outcomes = [performance.outcome for performance in performances]
    seconds = sum(performance.ended.seconds for performance in performances if performance.ended)
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("failed")),
        "errors": str(outcomes.count("errored") + outcomes.count("interrupted")),
        "skipped": str(outcomes.count("skipped")),
        "time": f"{seconds:.3f}",
    }


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def write_junit(events: list[Event], out: TextIO) -> None:
    """Write the document, indented."""
    root = show_suites(digest(events))
    ElementTree.indent(root)
    out.write('<?xml version="1.0" encoding="utf-8"?>\n')
    out.write(ElementTree.tostring(root, encoding="unicode") + "\n")


FORMAT = ReportFormat(
    name="junit", about="JUnit XML for CI, one suite per target", open=at_the_end(write_junit)
)
