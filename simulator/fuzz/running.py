"""A fuzz run: operation by operation, then along the links, told as events of a run."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from random import Random

import hypothesis
from hypothesis import strategies as st

from simulator.contract.model import Operation
from simulator.core.resources import specs_folder
from simulator.fuzz.course import Course, Stopped
from simulator.fuzz.drawing import Drawing, compile_drawings
from simulator.fuzz.example import Example
from simulator.fuzz.finding import Finding, keep
from simulator.fuzz.schemathesis_cases import MOST_SEED, Source
from simulator.fuzz.stateful import play_scenarios
from simulator.results.events import Difference, Event, ScenarioEnded, ScenarioStarted, StepDone, Verdict

LITTER = 6
"""Requests from one case of Schemathesis: itself, and others drawn beside it at a hundredth of its cost."""

LINKS_SHARE = 0.1
"""The share of a run's examples that follow links."""

WITHOUT_INPUT = 2
"""Examples of an operation that takes nothing."""

LINKS = "links"
Emit = Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run does on each target. `operations`: their ids, empty for all. `bulk`: the plain generator alone."""

    seed: int
    examples: int
    operations: Sequence[str] = ()
    bulk: bool = False
    links: bool = True
    folder: Path = field(default_factory=lambda: Path("reports") / "fuzz")


@dataclass(slots=True)
class Fuzzing:
    """One target's run; `target` is its name as the user wrote it."""

    target: str
    course: Course
    plan: Plan
    emit: Emit
    repeat: Callable[[str, Path | None], str]
    files: list[Path] = field(default_factory=list)

    def run(self) -> bool:
        """Fuzz; answers whether the time was enough for all of it."""
        try:
            self._operations()
            if self.plan.links and not self.plan.bulk and not self.plan.operations:
                self.follow_links()
        except Stopped:
            return False
        return True

    def chosen(self) -> list[Operation]:
        """The operations of the plan that the contract has."""
        known = self.course.contract.operations
        return [known[name] for name in self.plan.operations or known if name in known]

    def _operations(self) -> None:
        drawings = compile_drawings(self.course.contract)
        source = None if self.plan.bulk else Source(self.course.contract)
        share = 1.0 if self.plan.bulk or not self.plan.links or self.plan.operations else 1 - LINKS_SHARE
        counts = budget(self.chosen(), round(self.plan.examples * share))
        for operation, count in counts:
            seed = seed_of(self.plan.seed, operation.id)
            drawing = drawings[operation.id]
            if source is None:
                fuzz = partial(draw_many, self.course, drawing, seed, count)
            else:
                fuzz = partial(draw_with, self.course, source, drawing, seed, count)
            line = line_of(self.course.contract.product, operation.id)
            self._tell(scenario_of(operation), operation.summary, line, fuzz)

    def follow_links(self) -> None:
        """Play scenarios along the links of the contract."""
        source = Source(self.course.contract)
        examples = round(self.plan.examples * LINKS_SHARE)
        seed = seed_of(self.plan.seed, LINKS)
        follow = partial(play_scenarios, source, self.course, seed=seed, examples=examples)
        self._tell(LINKS, "Follow the links of the contract", 1, follow)

    def _tell(self, name: str, title: str, line: int, fuzz: Callable[[], None]) -> None:
        """Do one part of the run, and tell how it went even where it was cut short."""
        scenario, began = f"fuzz/rest/{name}", time.monotonic()
        file = f"specs/openapi/{self.course.contract.product}.yaml"
        self.emit(
            ScenarioStarted(scenario=scenario, target=self.target, title=title or name, file=file, line=line)
        )
        is_hurried = True
        try:
            self.course.begin_operation()
            fuzz()
            is_hurried = False
        except Stopped:
            is_hurried = False
            raise
        finally:
            findings = self.course.settle(is_hurried=is_hurried)
            for number, finding in enumerate(findings, 1):
                self.emit(self._step(scenario, number, finding, file, line))
            verdict: Verdict = "failed" if findings else "passed"
            seconds = time.monotonic() - began
            self.emit(ScenarioEnded(scenario=scenario, target=self.target, verdict=verdict, seconds=seconds))
        if self.course.is_interrupted:
            raise KeyboardInterrupt

    def _step(self, scenario: str, number: int, finding: Finding, file: str, line: int) -> StepDone:
        kept = keep(finding, self.target, self.plan.folder / slug(self.target))
        self.files.append(kept)
        return StepDone(
            scenario=scenario,
            target=self.target,
            number=number,
            step=finding.key.check,
            text=str(finding),
            file=file,
            line=line,
            outcome="differed",
            expected=finding.expected,
            came=finding.came,
            differences=[
                Difference(
                    path=finding.where or finding.key.place,
                    expected=finding.expected,
                    came=finding.came,
                    file=file,
                    line=line,
                )
            ],
            note=self.repeat(finding.key.operation, kept),
        )


def scenario_of(operation: Operation) -> str:
    """An operation's name among the scenarios of a run: below its tag, by which reports count."""
    tag = operation.tags[0].lower().replace(" ", "-") if operation.tags else "operations"
    return f"{tag}/{operation.id}"


def seed_of(seed: int, name: str) -> int:
    """A seed of its own for a part of a run, so that a part alone draws what it draws among the others."""
    return int.from_bytes(hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=4).digest())


def budget(operations: Sequence[Operation], examples: int) -> Iterator[tuple[Operation, int]]:
    """Share out the examples: what takes more gets more."""
    weights = {operation.id: weight(operation) for operation in operations}
    total = sum(weights.values()) or 1.0
    for operation in operations:
        count = max(1, round(examples * weights[operation.id] / total))
        yield operation, count if weights[operation.id] > 0 else WITHOUT_INPUT


def weight(operation: Operation) -> float:
    """How much an operation takes: its parameters and its body."""
    if not operation.parameters and operation.body is None:
        return 0.0
    return 1 + min(len(operation.parameters), 30) / 10 + (2 if operation.body is not None else 0)


def draw_many(course: Course, drawing: Drawing, seed: int, count: int) -> None:
    """Send requests of the plain generator."""
    rng = Random(seed)
    for _ in range(count):
        course.perform(drawing.draw(rng))


def draw_with(course: Course, source: Source, drawing: Drawing, seed: int, count: int) -> None:
    """Send cases of Schemathesis, each with its litter."""
    sent = 0

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=max(1, -(-count // LITTER)),
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(source.strategy(drawing.operation), st.integers(0, MOST_SEED))
    def send(case: Example, number: int) -> None:
        nonlocal sent
        rng = Random(number)
        course.perform(case)
        for _ in range(min(LITTER, count - sent) - 1):
            course.perform(drawing.draw(rng, beside=case))
        sent += LITTER

    send()


@cache
def _lines(product: str) -> dict[str, int]:
    file = specs_folder() / "openapi" / f"{product}.yaml"
    found: dict[str, int] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = re.match(r"\s+operationId: (\S+)", line)
        if match is not None:
            found.setdefault(match[1], number)
    return found


def line_of(product: str, operation: str) -> int:
    """The line of an operation in its contract."""
    return _lines(product).get(operation, 1)


def slug(target: str) -> str:
    """A target's name as the name of a folder."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", target).strip("-")
