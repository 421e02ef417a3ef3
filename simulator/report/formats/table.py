"""`table`: what a person watches: what held by folder, the failures in full, the counts."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from simulator.report.closing import closing_lines
from simulator.report.digest import NOT_MEANT
from simulator.report.format_types import ReportFormat, Take
from simulator.results.events import (
    Event,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioStarted,
    StepDone,
    Verdict,
)
from simulator.results.wording import step_lines

STYLES: dict[Verdict, str] = {
    "passed": "green",
    "failed": "bold red",
    "errored": "bold magenta",
    "skipped": "yellow",
}
AREA_LEVELS = 3
PLAIN_WIDTH = 10_000
"""A pipe or a file gets its lines unbroken."""


@dataclass(slots=True)
class Table:
    """The state of the table while the run goes on."""

    console: Console
    progress: Progress | None
    started: RunStarted | None = None
    bar: TaskID | None = None
    scenario: ScenarioStarted | None = None
    troubles: list[StepDone] = field(default_factory=list)
    area: str = ""
    held: Counter[tuple[str, Verdict]] = field(default_factory=Counter)

    def take(self, event: Event) -> None:
        """Show one event."""
        match event:
            case RunStarted():
                self.begin(event)
            case ScenarioStarted():
                self.scenario = event
                self.troubles.clear()
                if self.progress is not None and self.bar is not None:
                    self.progress.update(self.bar, description=name_of(event))
            case StepDone() if event.outcome != "held":
                self.troubles.append(event)
            case ScenarioEnded():
                self.show_verdict(event)
            case RunEnded():
                self.end(event)
            case _:
                return

    def begin(self, started: RunStarted) -> None:
        """Show what is run, and begin the bar on a terminal."""
        self.started = started
        for target in started.targets:
            about = "not reached" if target.problem else f"{target.product} {target.release}"
            self.line(f"target {target.name}: {about}", "dim")
        self.line(f"{counted(started.scenarios)}, seed {started.seed}", "dim")
        if self.progress is not None:
            usable = sum(target.problem is None for target in started.targets)
            self.bar = self.progress.add_task("", total=started.scenarios * usable)
            self.progress.start()

    def show_verdict(self, ended: ScenarioEnded) -> None:
        """Show one verdict, and below it what did not hold."""
        if self.progress is not None and self.bar is not None:
            self.progress.advance(self.bar)
        area = area_of(ended.scenario)
        if area != self.area:
            self.show_area()
            self.area = area
        if ended.reason in NOT_MEANT:  # counted at the end
            return
        if ended.verdict in ("passed", "skipped"):
            self.held[ended.target, ended.verdict] += 1
            return
        name = name_of(self.scenario) if self.scenario is not None else ended.scenario
        text = Text.assemble((f"{ended.verdict:<8}", STYLES[ended.verdict]), f" {ended.target}  {name}")
        self.console.print(text, soft_wrap=True)
        self.show_troubles(ended)

    def show_area(self) -> None:
        """Show in one line how many scenarios of a folder held; reports with a file list them one by one."""
        for (target, verdict), count in sorted(self.held.items()):
            told = Text.assemble((f"{verdict:<8}", STYLES[verdict]), f" {target}  {self.area}  {count}")
            self.console.print(told, soft_wrap=True)
        self.held.clear()

    def show_troubles(self, ended: ScenarioEnded) -> None:
        """Show each step that did not hold, or the scenario's own message where no step tells."""
        lines = [line for step in self.troubles for line in step_lines(step)]
        for line in lines or [ended.message or ""]:
            self.line(f"    {line}")

    def end(self, ended: RunEnded) -> None:
        """Show the counts."""
        if self.progress is not None:
            self.progress.stop()
        self.show_area()
        self.line("")
        for line in closing_lines(self.started, ended):
            self.line(line, "bold" if not line.startswith(" ") else "")

    def line(self, text: str, style: str = "") -> None:
        """Print one line as it is."""
        self.console.print(Text(text, style=style), soft_wrap=True)


def counted(scenarios: int) -> str:
    """How many scenarios there are, in words."""
    return "1 scenario" if scenarios == 1 else f"{scenarios} scenarios"


def area_of(scenario: str) -> str:
    """The folder that scenarios are counted by: two levels below the topmost one."""
    return "/".join(scenario.partition("::")[0].split("/")[:AREA_LEVELS])


def name_of(started: ScenarioStarted) -> str:
    """A scenario by its id, which holds its row, and its title."""
    return f"{started.scenario}  {started.title}"


def open_table(out: TextIO) -> Take:
    """Write to a terminal with colours and a bar, to anything else plainly."""
    is_terminal = out.isatty()
    console = Console(file=out, width=None if is_terminal else PLAIN_WIDTH, highlight=False, markup=False)
    return Table(console, bar_on(console) if is_terminal else None).take


def bar_on(console: Console) -> Progress:
    """The bar below the verdicts."""
    return Progress(
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=console,
        transient=True,
    )


FORMAT = ReportFormat(name="table", about="verdicts for people, live", open=open_table)
