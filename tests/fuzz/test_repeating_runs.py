"""The same seed is the same run, in this process and in another; a kept finding can be repeated alone."""

import hashlib
import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from simulator.fuzz import course as course_module
from simulator.fuzz.answering import Answer
from simulator.fuzz.course import Limits
from simulator.fuzz.example import Example
from simulator.fuzz.finding import Key, read_kept
from simulator.fuzz.running import Fuzzing, Plan
from tests.fuzz.wrapping import TARGET, Wire, course_with, ran

OPERATIONS = ("getTask", "queryTasks", "startProcessInstanceByKey")


def sent(seed: int, folder: Path, *, bulk: bool = False, examples: int = 60) -> list[tuple[Example, int]]:
    """What a run sends, and with which status it is answered."""
    course = course_with("getTask")
    told: list[tuple[Example, int]] = []

    def tell(example: Example, answer: Answer) -> None:
        told.append((example, answer.status))

    course.tell = tell
    ran(course, folder, *OPERATIONS, seed=seed, examples=examples, bulk=bulk)
    return told


def links_sent(seed: int, folder: Path) -> list[tuple[Example, int]]:
    """What the phase that follows links sends."""
    course = course_with("getTask")
    told: list[tuple[Example, int]] = []
    course.tell = lambda example, answer: told.append((example, answer.status))
    plan = Plan(seed=seed, examples=400, folder=folder)
    Fuzzing(TARGET, course, plan, lambda _event: None, lambda _operation, _file: "").follow_links()
    return told


def test_the_same_seed_sends_the_same_and_is_answered_the_same(tmp_path: Path) -> None:
    first = sent(7, tmp_path)

    assert sent(7, tmp_path) == first
    assert sent(8, tmp_path) != first


def test_the_same_seed_is_the_same_bulk(tmp_path: Path) -> None:
    first = sent(7, tmp_path, bulk=True)

    assert sent(7, tmp_path, bulk=True) == first
    assert sent(8, tmp_path, bulk=True) != first


def test_the_same_seed_follows_the_same_links(tmp_path: Path) -> None:
    first = links_sent(7, tmp_path)

    assert links_sent(7, tmp_path) == first


def test_another_process_draws_the_same_from_the_same_seed(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path\n"
        "from tests.fuzz.test_repeating_runs import digest, sent\n"
        f"print(digest(sent(7, Path({str(tmp_path)!r}), examples=30)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    other = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
        timeout=60,
    )

    assert other.stdout.strip() == digest(sent(7, tmp_path, examples=30))


def digest(told: list[tuple[Example, int]]) -> str:
    return hashlib.blake2b(msgspec.json.encode(told), digest_size=8).hexdigest()


def test_an_operation_alone_is_sent_what_it_is_sent_among_others(tmp_path: Path) -> None:
    course = course_with("getTask")
    alone: list[Example] = []
    course.tell = lambda example, _answer: alone.append(example)

    ran(course, tmp_path, "getTask", seed=7, examples=12)

    among = [example for example, _ in sent(7, tmp_path) if example.operation == "getTask"]
    shared = min(len(alone), len(among))
    assert shared >= 6
    assert alone[:6] == among[:6]


def test_a_kept_finding_shows_again_in_a_fresh_world_and_not_where_it_was_mended(tmp_path: Path) -> None:
    def without_name(wire: Wire) -> None:
        if wire.status == 200:
            wire.write({name: value for name, value in wire.value.items() if name != "name"})

    ran(course_with("getTask", without_name), tmp_path, "getTask", examples=30)
    (file,) = tmp_path.rglob("*.json")
    kept = read_kept(file)
    key = Key(kept.operation, kept.check, kept.place)

    again = course_with("getTask", without_name).shows(kept.steps, key)
    mended = course_with("getTask").shows(kept.steps, key)

    assert again is not None
    assert again.expected == kept.expected
    assert mended is None


def test_a_run_ends_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began, looks = time.monotonic(), itertools.count()
    clock = SimpleNamespace(monotonic=lambda: began + next(looks) / 100)
    monkeypatch.setattr(course_module, "time", clock)
    course = course_with("getTask", limits=Limits(seconds=0.3))
    plan = Plan(seed=1, examples=100_000, folder=tmp_path)

    is_whole = Fuzzing(TARGET, course, plan, lambda _event: None, lambda _operation, _file: "").run()

    assert not is_whole
    assert 0 < course.sent < 100_000
