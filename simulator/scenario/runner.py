"""Runs cases on targets: every case on its own, cleaned up after, with one verdict each."""

import hashlib
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from simulator.core.errors import UserError
from simulator.results.counts import Counts
from simulator.results.events import (
    Event,
    ModelSeen,
    PathSeen,
    ScenarioEnded,
    ScenarioStarted,
    StepDone,
    Verdict,
)
from simulator.results.wording import difference_line
from simulator.scenario.applying import why_not
from simulator.scenario.case import Case
from simulator.scenario.performing import perform, told_refusal
from simulator.scenario.places import shown_path
from simulator.scenario.play import Play, read_model
from simulator.scenario.stages import Stage, run_ids
from simulator.scenario.views import look
from simulator.targets.protocol import SKIP_REASONS, Model, NotObservable, Refused, Target, Unusable

Emit = Callable[[Event], None]
PATH_FIELDS = frozenset({"at", "passed", "cancelled"})


@dataclass(slots=True)
class Judgement:
    """The verdict in the making: a failure outweighs an error, an error a skip."""

    verdict: Verdict = "passed"
    reason: str | None = None
    message: str | None = None

    def failed(self, message: str) -> None:
        """It was answered wrongly."""
        if self.verdict != "failed":
            self.verdict, self.reason, self.message = "failed", None, message

    def errored(self, message: str) -> None:
        """There was no usable answer."""
        if self.verdict not in ("failed", "errored"):
            self.verdict, self.reason, self.message = "errored", None, message

    def skipped(self, reason: str, message: str) -> None:
        """Something could not be observed."""
        if self.verdict == "passed":
            self.verdict, self.reason, self.message = "skipped", reason, message


@dataclass(slots=True)
class Runner:
    """Runs cases and tells events.

    `paths`: each instance is asked at the end where it had been. `defects`: exceptions no target should raise
    that make a case errored, where others would end the run.
    """

    emit: Emit
    paths: bool = False
    counts: Counts = field(default_factory=Counts)
    models_told: set[str] = field(default_factory=set)
    ids: Iterator[str] = field(default_factory=run_ids)
    defects: tuple[type[Exception], ...] = ()

    def run(self, cases: Sequence[Case], stages: Sequence[Stage], *, fail_fast: bool = False) -> None:
        """Run each case on each target, in this order; `fail_fast` ends with the first that fails or errs."""
        for stage in stages:
            self.counts.open(stage.name)
        for case in cases:
            for stage in stages:
                verdict = self.run_case(case, stage).verdict
                if fail_fast and verdict in ("failed", "errored"):
                    return

    def run_case(self, case: Case, stage: Stage) -> ScenarioEnded:
        """Run one case on one target and answer its verdict."""
        began = time.monotonic()
        self._tell_start(case, stage)
        judgement = Judgement()
        reason = why_not(case, stage)
        if reason is not None:
            judgement.skipped(reason, SKIP_REASONS[reason])
        else:
            try:
                self._play(case, stage, judgement)
            except self.defects as defect:
                judgement.errored(defect_line(defect))
        ended = ScenarioEnded(
            scenario=case.id,
            target=stage.name,
            verdict=judgement.verdict,
            reason=judgement.reason,
            message=judgement.message,
            seconds=round(time.monotonic() - began, 6),
        )
        self.counts.add(ended)
        self.emit(ended)
        return ended

    def _tell_start(self, case: Case, stage: Stage) -> None:
        models = [read_model(case.folder / name) for name in case.models]
        self.emit(
            ScenarioStarted(
                scenario=case.id,
                target=stage.name,
                title=case.title,
                row=case.row,
                clause=case.clause,
                file=str(shown_path(case.file)),
                line=case.line,
                models=[self._tell_model(model) for model in models],
            )
        )

    def _tell_model(self, model: Model) -> str:
        digest = hashlib.blake2b(model.name.encode() + b"\0" + model.content, digest_size=8).hexdigest()
        if digest not in self.models_told:
            self.models_told.add(digest)
            content = model.content.decode(errors="replace")
            self.emit(ModelSeen(digest=digest, name=model.name, content=content))
        return digest

    def _play(self, case: Case, stage: Stage, judgement: Judgement) -> None:
        try:
            target = stage.open(next(self.ids))
        except UserError as error:
            judgement.errored(f"expected a target to run on, came: {error}")
            return
        play = Play(target, case.folder, case.models)
        try:
            if self._deploy(case, play, judgement):
                self._perform(case, play, stage, judgement)
            if self.paths:
                self._tell_paths(case, play, stage)
        finally:
            clean_up(target, judgement)

    def _deploy(self, case: Case, play: Play, judgement: Judgement) -> bool:
        """Deploy the scenario's models before its first step; answers whether it can go on."""
        if not case.models:
            return True
        place = f"{shown_path(case.file)}:{case.line}"
        try:
            play.deploy(case.models, case.tenant)
        except Refused as refusal:
            came = told_refusal(refusal)
            judgement.failed(f"{place}: expected the models to be deployed, came {came}")
        except NotObservable as hidden:
            judgement.skipped(hidden.reason, str(hidden))
        except UserError as error:
            judgement.errored(f"{place}: expected the models to be deployed, came: {error}")
        else:
            return True
        return False

    def _perform(self, case: Case, play: Play, stage: Stage, judgement: Judgement) -> None:
        for step in case.steps_on(stage.product, stage.release):
            performed = perform(step, play, case.id, stage.name)
            self.emit(performed.done)
            _judge(performed.done, performed.reason, judgement)
            if not performed.goes_on:
                return

    def _tell_paths(self, case: Case, play: Play, stage: Stage) -> None:
        for alias, instance in play.instances.items():
            try:
                shown = look(play.target, instance.key, PATH_FIELDS).fields
            except (Refused, Unusable):
                continue
            self.emit(
                PathSeen(
                    scenario=case.id,
                    target=stage.name,
                    instance=alias,
                    definition=instance.definition,
                    at=shown.get("at"),
                    passed=shown.get("passed"),
                    cancelled=shown.get("cancelled"),
                )
            )


def _judge(done: StepDone, reason: str | None, judgement: Judgement) -> None:
    match done.outcome:
        case "differed":
            judgement.failed(difference_line(done.differences[0]))
        case "no-answer":
            judgement.errored(
                f"{done.file}:{done.line}: expected an answer to {done.text}, came: {done.note}"
            )
        case "not-observable" if reason is not None:
            judgement.skipped(reason, done.note or SKIP_REASONS[reason])
        case _:
            return


def defect_line(defect: Exception) -> str:
    """Name a defect and where it was raised."""
    frames = traceback.extract_tb(defect.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""
    return f"{place}expected an answer, came the defect {type(defect).__name__}: {defect}"


def clean_up(target: Target, judgement: Judgement) -> None:
    """Let the target remove what the case created; where it cannot, the case is errored."""
    try:
        target.close()
    except (Refused, UserError) as error:
        judgement.errored(f"expected what the scenario created to be removed, came: {error}")
