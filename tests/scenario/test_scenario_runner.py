"""Verdicts: what makes a scenario passed, failed, errored or skipped."""

from functools import partial
from pathlib import Path

import pytest

from simulator.results.events import Event, PathSeen, ScenarioEnded, StepDone
from simulator.scenario.runner import Runner
from simulator.scenario.stages import Stage, run_ids
from simulator.targets.protocol import SKIP_REASONS, Target, Unusable
from tests.miniatures.target import Miniature, stage
from tests.miniatures.token_game import Fault
from tests.miniatures.writing import cases, run

BLIND = """
    scenario: What is not seen
    models: [order.bpmn]
    steps:
      - start: order
      - expect: {order: {passed: [placed, split], ended: %s}}
      - complete: check
      - expect: {order: {at: [%s]}}
    """


def test_what_cannot_be_observed_skips_the_scenario_at_its_end_only(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))

    ended, steps, _ = run(case, stage(Fault.BLIND))

    assert (ended.verdict, ended.reason) == ("skipped", "no-read-endpoints")
    assert [step.outcome for step in steps] == ["held", "not-observable", "held", "held"]


@pytest.mark.parametrize(("ended_now", "then_at"), [("true", "pack"), ("false", "check")])
def test_a_failure_beside_or_after_what_cannot_be_observed_is_a_failure(
    tmp_path: Path, ended_now: str, then_at: str
) -> None:
    (case,) = cases(tmp_path, BLIND % (ended_now, then_at))

    ended, _, _ = run(case, stage(Fault.BLIND))

    assert (ended.verdict, ended.reason) == ("failed", None)


def test_an_action_the_target_cannot_do_ends_the_scenario_as_skipped(tmp_path: Path) -> None:
    (case,) = cases(
        tmp_path,
        """
        scenario: Time
        models: [order.bpmn]
        steps:
          - start: order
          - advance: PT1H
          - expect: {order: {ended: true}}
        """,
    )

    ended, steps, _ = run(case, stage(Fault.BLIND))

    assert (ended.verdict, ended.reason) == ("skipped", "no-clock")
    assert len(steps) == 2


def test_no_usable_answer_is_an_error_and_ends_the_scenario(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))

    ended, steps, _ = run(case, stage(Fault.SILENT))

    assert ended.verdict == "errored"
    assert (ended.message or "").endswith("expected an answer to start order, came: no answer within 1 s")
    assert len(steps) == 1


def test_what_cannot_be_removed_makes_a_scenario_errored_unless_it_failed(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))
    (wrong,) = cases(tmp_path, BLIND % ("true", "pack"))

    ended, _, _ = run(case, stage(Fault.LEAVES_THINGS, Fault.BLIND))
    failed, _, _ = run(wrong, stage(Fault.LEAVES_THINGS))

    assert ended.verdict == "errored"
    assert "removed" in (ended.message or "")
    assert failed.verdict == "failed"


def test_a_target_that_cannot_be_opened_for_a_scenario_makes_it_errored(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))

    def refuse(_run: str) -> Target:
        raise Unusable("connection refused")

    ended, _, _ = run(case, Stage(name="gone", product="camunda7", release="7.24.0", open=refuse))

    assert (ended.verdict, ended.message) == (
        "errored",
        "expected a target to run on, came: connection refused",
    )


def test_an_unexpected_refusal_fails_with_the_words_of_the_target(tmp_path: Path) -> None:
    (case,) = cases(
        tmp_path,
        """
        scenario: Nobody is there
        models: [order.bpmn]
        steps:
          - start: nowhere
        """,
    )

    ended, _, _ = run(case, stage())

    assert ended.verdict == "failed"
    assert "scenario.yaml:4: expected to be done, came refused with" in (ended.message or "")
    assert "No process definition with key 'nowhere'" in (ended.message or "")


@pytest.mark.parametrize(
    ("field", "release", "reason"),
    [
        ("only: [camunda8]", "7.24.0", "not-this-dialect"),
        ("only: ['camunda7:<7.20']", "7.24.0", "not-this-release"),
        ("only: ['camunda7:>=7.20,<8']", "7.24.0", None),
        ("only: ['camunda7:7.9']", "7.9.0", None),
        ("settings: {authorization: on}", "7.24.0", "feature-off"),
        ("settings: {multi-tenancy: off}", "7.24.0", "feature-on"),
        ("settings: {multi-tenancy: on}", "7.24.0", None),
        ("destructive: true", "7.24.0", None),
    ],
)
def test_a_scenario_is_skipped_where_it_does_not_apply(
    tmp_path: Path, field: str, release: str, reason: str | None
) -> None:
    text = f"scenario: Applies\n{field}\nmodels: [order.bpmn]\nsteps:\n  - start: order\n"
    (case,) = cases(tmp_path, text)

    ended, steps, _ = run(case, stage(release=release))

    assert ended.reason == reason
    assert (ended.verdict, len(steps)) == (("passed", 1) if reason is None else ("skipped", 0))
    assert reason is None or ended.message == SKIP_REASONS[reason]


def test_a_destructive_scenario_is_skipped_where_that_is_not_allowed(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, "scenario: D\ndestructive: true\nsteps:\n  - signal: all\n")

    ended, _, _ = run(case, stage(settings={"destructive": False}))

    assert ended.reason == "destructive"


def test_each_scenario_gets_a_target_of_its_own_which_is_closed(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, "scenario: S\nmodels: [order.bpmn]\nsteps:\n  - start: order\n")
    opened: list[str] = []
    closed: list[str] = []

    def open_counted(run_id: str) -> Target:
        opened.append(run_id)
        target = Miniature()
        target.close = partial(closed.append, run_id)  # type: ignore[method-assign]  # one method is replaced
        return target

    counted = Stage(name="counted", product="camunda7", release="7.24.0", open=open_counted)
    Runner(lambda _event: None).run([case, case], [counted])

    assert len(set(opened)) == 2
    assert closed == opened


def test_ids_of_runs_are_such_as_targets_take() -> None:
    ids = run_ids()

    taken = [next(ids) for _ in range(300)]

    assert all(each.isalnum() and len(each) <= 12 for each in taken)
    assert len(set(taken)) == 300


def test_fail_fast_ends_the_run_with_the_first_failure(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("true", "pack"))
    events: list[Event] = []

    Runner(events.append).run([case, case], [stage(), stage(name="other")], fail_fast=True)

    assert [event.target for event in events if isinstance(event, ScenarioEnded)] == ["miniature"]


def test_a_model_is_told_once_and_paths_only_when_asked_for(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))
    events: list[Event] = []
    runner = Runner(events.append, paths=True)

    runner.run([case, case], [stage()])
    _, _, without = run(case, stage())

    paths = [event for event in events if isinstance(event, PathSeen)]
    assert [type(event).__name__ for event in events].count("ModelSeen") == 1
    assert [path.at for path in paths] == [["pack"], ["pack"]]
    assert paths[0].passed == ["placed", "split", "check"]
    assert not any(isinstance(event, PathSeen) for event in without)


def test_a_step_event_holds_what_was_expected_and_what_came(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "check"))

    _, steps, _ = run(case, stage())

    last: StepDone = steps[-1]
    assert last.expected == {"order": {"at": ["check"]}}
    assert last.came == {"order": {"at": ["pack"]}}
    assert (last.number, last.step, last.text, last.line) == (4, "expect", "expect order", 7)


def broken(_run: str) -> Target:
    """Open a target with a defect."""
    target = Miniature()

    def start(_start: object) -> str:
        raise KeyError("startProcessInstance")

    target.start = start  # type: ignore[method-assign, assignment]  # one method is replaced
    return target


def test_a_defect_flies_unless_the_run_answers_for_it(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, BLIND % ("false", "pack"))
    bad = Stage(name="bad", product="camunda7", release="7.24.0", open=broken)
    runner = Runner(lambda _event: None, defects=(Exception,))

    ended = runner.run_case(case, bad)

    assert ended.verdict == "errored"
    assert (ended.message or "").endswith(
        "expected an answer, came the defect KeyError: 'startProcessInstance'"
    )
    with pytest.raises(KeyError):
        Runner(lambda _event: None).run_case(case, bad)
