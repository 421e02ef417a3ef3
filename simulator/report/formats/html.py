"""`html`: the run as one page that needs nothing else, neither network nor further files."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.report.digest import Performance, RunDigest, digest
from simulator.report.format_types import ReportFormat, at_the_end
from simulator.report.page.drawings import Drawings, Shown
from simulator.results.events import VERDICTS, Event
from simulator.targets.protocol import SKIP_REASONS

PAGE = Path(__file__).resolve().parent.parent / "page"
OUTCOMES = (*VERDICTS, "interrupted")
TROUBLE = ("failed", "errored", "interrupted")
LONGEST_JSON, LONGEST_HELD = 6_000, 1_500
"""Characters shown of what came, and of what came as it should."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario as the page lists it: how it went on each target."""

    title: str
    row: str | None
    clause: str | None
    place: str
    id: str
    performances: tuple[tuple[Performance, tuple[Shown, ...]], ...]

    @property
    def worst(self) -> str:
        """The verdict that matters most among its targets."""
        outcomes = {performance.outcome for performance, _ in self.performances}
        order = ("failed", "errored", "interrupted", "passed", "skipped")
        return next(outcome for outcome in order if outcome in outcomes)


def scenarios_of(run: RunDigest, drawings: Drawings) -> list[Scenario]:
    """The scenarios of a run, those in trouble first, else in the order they began.

    Each comes with the targets it is about, with all where it is about none.
    """
    grouped: dict[str, list[Performance]] = {}
    for performance in run.performances:
        grouped.setdefault(performance.started.scenario, []).append(performance)
    meant = ([each for each in group if each.is_meant] or group for group in grouped.values())
    scenarios = [_scenario(performances, drawings) for performances in meant]
    return sorted(scenarios, key=lambda scenario: scenario.worst not in TROUBLE)


def _scenario(performances: list[Performance], drawings: Drawings) -> Scenario:
    first = performances[0].started
    return Scenario(
        title=first.title,
        row=first.row,
        clause=first.clause,
        place=f"{first.file}:{first.line}",
        id=first.scenario,
        performances=tuple(
            (performance, tuple(drawings.of(performance)) if performance.steps else ())
            for performance in performances
        ),
    )


def pretty(value: object, outcome: str) -> Markup:
    """A JSON value for reading, cut where it is long; as an element's text it needs no quotes escaped."""
    longest = LONGEST_HELD if outcome == "held" else LONGEST_JSON
    text = json.dumps(value, ensure_ascii=False, indent="\t", default=str)
    short = text if len(text) <= longest else text[:longest] + "…"
    return Markup(short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def write_html(events: list[Event], out: TextIO) -> None:
    """Write the page."""
    run = digest(events)
    drawings = Drawings(run)
    scenarios = scenarios_of(run, drawings)
    environment = Environment(
        loader=FileSystemLoader(PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["pretty"] = pretty
    counted = Counter(performance.outcome for performance in run.performances)
    page = environment.get_template("page.html").render(
        run=run,
        scenarios=scenarios,
        symbols=drawings.symbols,
        outcomes=[outcome for outcome in OUTCOMES if counted[outcome] or outcome in VERDICTS],
        counted=counted,
        reasons=SKIP_REASONS,
        style=(PAGE / "style.css").read_text(encoding="utf-8"),
        script=(PAGE / "script.js").read_text(encoding="utf-8"),
    )
    out.write(page)


FORMAT = ReportFormat(
    name="html",
    about="one self-contained page, with the models drawn",
    open=at_the_end(write_html),
    paths=True,
)
