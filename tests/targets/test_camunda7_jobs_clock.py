"""A live Camunda 7 without a job executor lets time pass in the order in which its jobs are due."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from simulator.targets.camunda7_cycles import read_cycle
from simulator.targets.camunda7_jobs import JobClock
from simulator.targets.protocol import RawAnswer, RawRequest, Unusable
from simulator.targets.rest import Rest

NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Engine:
    """Jobs with their definitions; executing one removes it and puts others in its place."""

    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    follows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    executed: list[str] = field(default_factory=list)
    url: str = "fake:engine"

    def add(self, key: str, seconds: float | None, kind: str = "DURATION: PT1H") -> None:
        self.jobs[key] = row(key, seconds, kind)

    def send(self, request: RawRequest) -> RawAnswer:
        where = request.path.partition("?")[0]
        if where == "/job":
            return _answer(list(self.jobs.values()))
        if where.startswith("/job-definition/"):
            key = where.rpartition("/")[2].removeprefix("d-")
            return _answer({"jobConfiguration": self.jobs[key]["kind"]})
        return self._execute(where.split("/")[2])

    def close(self) -> None:
        return

    def _execute(self, key: str) -> RawAnswer:
        self.executed.append(key)
        if key in self.failing:
            self.jobs[key]["retries"] -= 1
            return RawAnswer(404, {}, b'{"type": "InvalidRequestException"}')
        del self.jobs[key]
        for each in self.follows.get(key, []):
            self.jobs[each["id"]] = each
        return RawAnswer(204, {}, b"")


def row(key: str, seconds: float | None, kind: str = "DURATION: PT1H") -> dict[str, Any]:
    due = (
        None if seconds is None else (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
    )
    basic = {
        "id": key,
        "dueDate": due,
        "retries": 3,
        "suspended": False,
        "createTime": key,
        "executionId": "e",
    }
    return {**basic, "jobDefinitionId": f"d-{key}", "kind": kind}


def _answer(body: Any) -> RawAnswer:
    return RawAnswer(200, {"content-type": "application/json"}, msgspec.json.encode(body))


def _clock(engine: Engine) -> JobClock:
    return JobClock(Rest(engine), lambda: ["p:1:x"], now=lambda: NOW)


def test_what_is_due_happens_in_the_order_of_its_time_and_nothing_else() -> None:
    engine = Engine()
    engine.add("late", 3600)
    engine.add("early", 60)
    engine.add("at-once", None)
    engine.add("never", 7200)

    _clock(engine).advance(3600)

    assert engine.executed == ["at-once", "early", "late"]


def test_settling_executes_only_what_needs_no_time() -> None:
    engine = Engine()
    engine.add("timer", 1)
    engine.add("at-once", None)

    _clock(engine).advance(0)

    assert engine.executed == ["at-once"]


def test_a_timer_made_after_time_has_passed_counts_from_then() -> None:
    engine = Engine()
    clock = _clock(engine)
    clock.advance(7200)
    engine.add("new", 3600)

    clock.advance(0)
    clock.advance(3599)
    before = list(engine.executed)
    clock.advance(1)

    assert (before, engine.executed) == ([], ["new"])


def test_a_timer_that_follows_another_counts_from_the_moment_that_one_was_due() -> None:
    engine = Engine(follows={"first": [row("second", 1800)]})
    engine.add("first", 3600)
    clock = _clock(engine)

    clock.advance(3600 + 1799)
    before = list(engine.executed)
    clock.advance(1)

    assert (before, engine.executed) == (["first"], ["first", "second"])


def test_a_date_is_reached_by_the_runs_time_whenever_its_job_was_made() -> None:
    engine = Engine()
    clock = _clock(engine)
    clock.advance(3000)
    engine.add("dated", 3600, "DATE: 2026-01-01T13:00:00Z")

    clock.advance(599)
    before = list(engine.executed)
    clock.advance(1)

    assert (before, engine.executed) == ([], ["dated"])


def test_a_cycle_happens_as_often_as_it_says_though_the_engine_repeats_the_first_date() -> None:
    engine = Engine()
    engine.add("tick", 3600, "CYCLE: R3/PT1H")
    engine.follows["tick"] = [row("tick", 3600, "CYCLE: R3/PT1H")]
    clock = _clock(engine)

    clock.advance(2 * 3600)
    after_two = len(engine.executed)
    clock.advance(10 * 3600)

    assert (after_two, len(engine.executed)) == (2, 3)


def test_a_failing_job_is_tried_until_its_retries_are_used_up() -> None:
    engine = Engine(failing={"broken"})
    engine.add("broken", None)

    _clock(engine).advance(0)

    assert engine.executed == ["broken"] * 3


def test_an_instance_that_never_comes_to_rest_is_given_up() -> None:
    engine = Engine(follows={"again": [row("again", None)]})
    engine.add("again", None)

    with pytest.raises(Unusable, match="still due"):
        _clock(engine).advance(0)


@pytest.mark.parametrize(
    ("text", "count", "seconds"),
    [
        ("R3/PT1H", 3, 3600),
        (" R/P1DT30M", None, 88200),
        ("R2/PT0.5S", 2, 0.5),
        ("0 0 * * * ?", 1, 0),
        ("${x}", 1, 0),
    ],
)
def test_cycles_are_read(text: str, count: int | None, seconds: float) -> None:
    cycle = read_cycle(text)

    assert (cycle.count, cycle.period.total_seconds()) == (count, seconds)
