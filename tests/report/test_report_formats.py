"""Every format's rendering of one run, compared with the golden files (UPDATE_GOLDEN=1 writes them anew)."""

import io
import os
import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from simulator.core.errors import UserError
from simulator.report.format_types import find_format, render, report_formats
from simulator.report.outputs import open_reports, read_report, with_table
from simulator.results.events import (
    Event,
    Outcome,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioStarted,
    StepDone,
    TargetSeen,
    Verdict,
)
from tests.miniatures.sample_run import sample_events

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"table": "txt", "json": "json", "junit": "xml", "ndjson": "ndjson", "html": "html"}


def rendered(name: str) -> str:
    out = io.StringIO()
    render(find_format(name), sample_events(), out)
    return out.getvalue()


def test_every_format_has_a_golden_file() -> None:
    assert SUFFIXES.keys() == report_formats().keys()


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_run_is_rendered_as_in_the_golden_file(name: str) -> None:
    golden = GOLDEN / f"run.{SUFFIXES[name]}"

    text = rendered(name)

    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_page_needs_nothing_else() -> None:
    page = rendered("html")

    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", page) == []
    assert re.findall(r"@import|url\((?!#)|https?://(?!127)", page) == []
    assert len(set(re.findall(r'<symbol id="([^"]+)"', page))) == len(re.findall(r"<symbol ", page))
    assert set(re.findall(r'<use href="#([^"]+)"', page)) == set(re.findall(r'<symbol id="([^"]+)"', page))


def test_the_page_takes_no_markup_from_what_came() -> None:
    evil = "<script>alert(1)</script>"
    out = io.StringIO()
    events: list[Event] = [
        RunStarted(version="0", seed=1, at="", targets=[TargetSeen(name=evil)], scenarios=1),
        ScenarioStarted(scenario="s", target=evil, title=evil, file=evil, line=1, row=evil, clause=evil),
        StepDone(
            scenario="s",
            target=evil,
            number=1,
            step="start",
            text=evil,
            file=evil,
            line=1,
            outcome="held",
            expected=evil,
            came={evil: evil},
            note=evil,
        ),
        ScenarioEnded(scenario="s", target=evil, verdict="failed", message=evil),
        RunEnded(verdicts={evil: {"failed": 1}}, skips={evil: {evil: 1}}),
    ]

    render(find_format("html"), events, out)

    assert out.getvalue().count("<script>") == 1
    assert "alert(1)" in out.getvalue()


def test_the_page_begins_with_the_scenarios_that_are_in_trouble() -> None:
    page = rendered("html")

    outcomes = re.findall(r'<details class="scenario (\w+)"', page)
    assert {"failed", "errored"} & set(outcomes)
    assert outcomes == sorted(outcomes, key=lambda outcome: outcome not in ("failed", "errored"))


def test_the_page_leaves_out_targets_that_a_scenario_is_not_about_unless_it_is_about_none() -> None:
    out = io.StringIO()
    events: list[Event] = [RunStarted(version="0", seed=1, at="", targets=[], scenarios=2)]
    for scenario, target, reason in (
        ("both", "one", "not-this-dialect"),
        ("both", "two", None),
        ("neither", "one", "not-this-release"),
    ):
        events.append(ScenarioStarted(scenario=scenario, target=target, title="t", file="f", line=1))
        verdict: Verdict = "passed" if reason is None else "skipped"
        events.append(ScenarioEnded(scenario=scenario, target=target, verdict=verdict, reason=reason))
    events.append(RunEnded(verdicts={}, skips={}))

    render(find_format("html"), events, out)

    shown = re.findall(r'<span class="badge (\w+)" data-target="(\w+)"', out.getvalue())
    assert shown == [("passed", "two"), ("skipped", "one")]


def test_the_page_shows_less_of_what_came_as_it_should_than_of_what_did_not() -> None:
    def shown(outcome: Outcome) -> int:
        out = io.StringIO()
        step = StepDone(
            scenario="s",
            target="t",
            number=1,
            step="start",
            text="start",
            file="s",
            line=1,
            outcome=outcome,
            expected="a",
            came="x" * 10_000,
        )
        events: list[Event] = [
            ScenarioStarted(scenario="s", target="t", title="s", file="s", line=1),
            step,
            RunEnded(verdicts={}, skips={}),
        ]
        render(find_format("html"), events, out)
        return max(len(run) for run in re.findall("x+", out.getvalue()))

    held, differed = shown("held"), shown("differed")

    assert held < differed < 10_000


def test_junit_counts_what_it_holds_and_holds_no_character_xml_forbids() -> None:
    events = sample_events()
    index = next(i for i, event in enumerate(events) if isinstance(event, ScenarioEnded))
    events[index] = msgspec.structs.replace(events[index], verdict="failed", message="a\x00b\ufffe")
    out = io.StringIO()

    render(find_format("junit"), events, out)

    root = ElementTree.fromstring(out.getvalue())
    for suite in root.iter("testsuite"):
        assert int(suite.get("tests", "")) == len(list(suite.iter("testcase")))
        assert int(suite.get("failures", "")) == len(list(suite.iter("failure")))
        assert int(suite.get("errors", "")) == len(list(suite.iter("error")))
        assert int(suite.get("skipped", "")) == len(list(suite.iter("skipped")))


def test_an_interrupted_run_is_rendered_in_every_format() -> None:
    whole = sample_events()
    cut = [*whole[:9], RunEnded(verdicts={"miniature": {"passed": 0}}, skips={}, interrupted=True)]

    for name in report_formats():
        out = io.StringIO()
        render(find_format(name), cut, out)
        assert "interrupted" in out.getvalue(), name


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["pdf"], "expected a report format (html, json, junit, ndjson, table), came 'pdf'"),
        (["html="], "expected a file after `html=`, came none"),
        (["json", "html"], "expected one report without a file, came json and html"),
    ],
)
def test_a_report_that_cannot_be_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(UserError) as caught:
        with_table([read_report(text) for text in texts])

    assert str(caught.value) == message


def test_the_table_is_there_unless_another_report_takes_the_standard_output(tmp_path: Path) -> None:
    to_file = with_table([read_report(f"json={tmp_path / 'deep' / 'run.json'}")])
    to_stdout = with_table([read_report("json")])

    with open_reports(to_file, io.StringIO()) as reports:
        assert (reports.has_closing, reports.paths) == (True, True)
    assert [report.format.name for report in to_file] == ["table", "json"]
    assert [report.format.name for report in to_stdout] == ["json"]
    assert (tmp_path / "deep" / "run.json").exists()
