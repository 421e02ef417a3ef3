"""A whole fuzz run: its targets opened, each fuzzed, its events told from the first to the last."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from shlex import join

from simulator.contract.loading import load
from simulator.core.errors import UserError
from simulator.fuzz.course import Course, Limits
from simulator.fuzz.finding import Finding, Key, read_kept
from simulator.fuzz.running import Emit, Fuzzing, Plan
from simulator.fuzz.worlds.making import Worlds
from simulator.results.counts import Counts
from simulator.results.events import Event, RunEnded, RunStarted, ScenarioEnded, TargetSeen
from simulator.targets.opening import APIS, Site, TargetOptions, open_site, read_options
from simulator.targets.protocol import Model, Unusable

SHRINKS_BY_URL = 60
URLS = ("http://", "https://")


@dataclass(slots=True)
class Place:
    """One target of the run: where it is opened for each world, and the course of its fuzzing."""

    site: Site
    course: Course
    seen: TargetSeen

    def close(self) -> None:
        """Take away what was made, and end an engine that was started for the run."""
        try:
            self.course.worlds.close()
        finally:
            self.site.close()


@dataclass(slots=True)
class Session:
    """A run over targets; `problems` are those that could not be reached, or were lost."""

    plan: Plan
    emit: Emit
    places: list[Place] = field(default_factory=list)
    unreached: list[TargetSeen] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    is_cut_short: bool = False

    def add(self, text: str, options: TargetOptions, models: Sequence[Model], limits: Limits) -> None:
        """Open a target; one that does not answer is kept with its problem."""
        try:
            self.places.append(open_place(text, options, models, limits))
        except Unusable as nothing:
            self.unreached.append(TargetSeen(name=text, problem=str(nothing)))
            self.problems.append(f"{text}: {nothing}")

    def run(self, version: str) -> RunEnded:
        """Fuzz every target, one after the other; an interruption ends the run with what was found."""
        began, interrupted = time.monotonic(), False
        seen = [place.seen for place in self.places] + self.unreached
        parts = len(self.plan.operations) or max(
            (len(place.course.contract.operations) for place in self.places), default=0
        )
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._take(RunStarted(version=version, seed=self.plan.seed, at=at, targets=seen, scenarios=parts))
        try:
            for place in self.places:
                self._fuzz(place)
        except KeyboardInterrupt:
            interrupted = True
        ended = self.counts.ended(interrupted=interrupted, seconds=time.monotonic() - began)
        self._take(ended)
        return ended

    def close(self) -> None:
        """Leave every target as it was found."""
        for place in self.places:
            try:
                place.close()
            except UserError as problem:
                self.problems.append(f"{place.seen.name}: left unclean, {problem}")

    def _fuzz(self, place: Place) -> None:
        name = place.seen.name
        self.counts.open(name)
        repeat = partial(repeat_line, name, self.plan.seed)
        fuzzing = Fuzzing(name, place.course, self.plan, self._take, repeat)
        try:
            self.is_cut_short |= not fuzzing.run()
        except Unusable as lost:
            self.problems.append(f"{name}: {lost}")

    def _take(self, event: Event) -> None:
        if isinstance(event, ScenarioEnded):
            self.counts.add(event)
        self.emit(event)


def open_place(text: str, options: TargetOptions, models: Sequence[Model], limits: Limits) -> Place:
    """Open a target and make its first world.

    Raises UserError for a text of no known form, `Unusable` where the target does not answer.
    """
    plain, told = read_options(text, options)
    is_url = plain.partition(":")[2].startswith(URLS)
    is_local = plain.startswith("simulator:")
    site = open_site(text, options)
    worlds = Worlds(lambda: site.open(secrets.token_hex(4), _nothing), models)
    try:
        target = worlds.fresh().target
        contract = load(APIS.get(target.product, target.product), target.release)
    except BaseException:
        site.close()
        raise
    if not is_local:
        limits = replace(limits, shrinks=min(limits.shrinks, SHRINKS_BY_URL), fresh_scenarios=False)
    course = Course(
        contract=contract, worlds=worlds, limits=limits, is_shared=is_url and not told.destructive
    )
    return Place(site, course, TargetSeen(name=text, product=target.product, release=target.release))


def repeat(place: Place, file: Path) -> Finding | None:
    """Send what a finding's file holds to a fresh world; the finding, where it shows again."""
    kept = read_kept(file)
    unknown = [
        step.operation for step in kept.steps if step.operation not in place.course.contract.operations
    ]
    if unknown:
        raise UserError(f"{place.seen.name} has no operation {unknown[0]}", file=file)
    finding = place.course.shows(kept.steps, Key(kept.operation, kept.check, kept.place))
    return None if finding is None else replace(finding, steps=tuple(kept.steps))


def repeat_line(target: str, seed: int, operation: str, file: Path | None) -> str:
    """The command that repeats a finding, or all of its operation."""
    words = ["bpmn-tck", "fuzz", "--target", target, "--seed", str(seed), "--operation", operation]
    return join([*words, *(("--example", str(file)) if file is not None else ())])


def _nothing() -> None:
    return
