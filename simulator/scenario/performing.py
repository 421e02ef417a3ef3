"""Performs one step on a target and says what came of it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from simulator.core.errors import UserError
from simulator.results.events import Outcome, StepDone
from simulator.scenario.matchers import compare
from simulator.scenario.matching import ABSENT, Mismatch, Spot, show
from simulator.scenario.places import shown_path
from simulator.scenario.planning import PlannedStep
from simulator.scenario.play import Found, Play, as_mapping, difference
from simulator.scenario.step_types import Refusal
from simulator.targets.protocol import SKIP_REASONS, NotObservable, Refused, Unusable

REFUSAL_FIELDS = ("type", "message", "code", "detail", "title")


@dataclass(frozen=True, slots=True)
class Performed:
    """A step's event, and the skip reason and whether the scenario can go on after it."""

    done: StepDone
    reason: str | None
    goes_on: bool


def perform(step: PlannedStep, play: Play, scenario: str, target: str) -> Performed:
    """Perform a step; whatever the target does ends up in the event."""
    play.found, play.step = Found(), step.node
    began = time.monotonic()
    outcome, note = _attempt(step, play)
    reason = None
    if outcome in ("held", "not-observable") and play.found.hidden:
        reason = play.found.hidden[0][0]
        outcome = "not-observable"
        note = "; ".join(f"{what}: {SKIP_REASONS[why]}" for why, what in play.found.hidden)
    if play.found.mismatches:
        outcome = "differed"
    done = StepDone(
        scenario=scenario,
        target=target,
        number=step.number,
        step=step.type.name,
        text=step.text,
        file=str(shown_path(step.node.file)),
        line=step.node.line,
        outcome=outcome,
        expected=_expected(step, play),
        came=play.found.came,
        differences=[difference(step.node, mismatch) for mismatch in play.found.mismatches],
        note=note or "; ".join(play.found.notes) or None,
        seconds=round(time.monotonic() - began, 6),
    )
    return Performed(done, reason, outcome == "held" or (outcome == "not-observable" and not step.type.ends))


def _attempt(step: PlannedStep, play: Play) -> tuple[Outcome, str | None]:
    try:
        step.type.perform(step.filled(play.fill), play)
        if step.common.refused is not None and not play.found.mismatches:
            expected = show(msgspec.to_builtins(step.common.refused))
            _mismatch(play, f"to be refused: {expected}", "it was done")
    except Refused as refusal:
        _judge_refusal(step, refusal, play)
    except NotObservable as hidden:
        play.found.hidden.append((hidden.reason, hidden.what))
        return "not-observable", None
    except Unusable as nothing:
        return "no-answer", str(nothing)
    except msgspec.ValidationError as error:
        return "no-answer", str(step.node.wrong(f"expected saved values that fit the step, came: {error}"))
    except UserError as error:
        return "no-answer", str(error)
    return "held", None


def _judge_refusal(step: PlannedStep, refusal: Refused, play: Play) -> None:
    came = shown_refusal(refusal)
    play.found.came = came
    if step.common.refused is None:
        _mismatch(play, "to be done", told_refusal(refusal), key=step.type.name)
        return
    expected: object = play.fill(msgspec.to_builtins(step.common.refused))
    for name, wanted in as_mapping(expected).items():
        spot = Spot(("refused", name), (name,))
        for mismatch in compare(wanted, came.get(name, ABSENT), spot):
            told = f"{mismatch.came} in {show(refusal.body)}"
            play.found.mismatches.append(Mismatch(mismatch.spot, mismatch.expected, told))


def shown_refusal(refusal: Refused) -> Mapping[str, object]:
    """A refusal as scenarios speak of it: the status, the usual fields of an error's body, the body."""
    body = as_mapping(refusal.body)
    fields = {name: body[name] for name in REFUSAL_FIELDS if name in body}
    return {"status": refusal.answer.status, **fields, "body": refusal.body}


def told_refusal(refusal: Refused) -> str:
    """A refusal in words, with the operation that was refused."""
    return (
        f"refused with status {refusal.answer.status}: {show(refusal.body)} (operation {refusal.operation})"
    )


def _mismatch(play: Play, expected: str, came: str, key: str = "refused") -> None:
    play.found.mismatches.append(Mismatch(Spot((key,)), expected, came))


def _expected(step: PlannedStep, play: Play) -> object:
    refused: Refusal | None = step.common.refused
    return play.found.expected if refused is None else {"refused": msgspec.to_builtins(refused)}
