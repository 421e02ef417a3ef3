import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from simulator.cli import engine as engine_command
from simulator.cli import main
from simulator.targets.engines import RECIPES, RunningEngine, processes, running_engines
from simulator.targets.engines.fetch import fetched_folder
from simulator.targets.engines.running import record, runs_folder
from tests.targets.engines.machine import FAKE_JAVA, bare_machine, write_program

Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from bare_machine(tmp_path, monkeypatch)


@pytest.fixture
def fetched(machine: Path) -> None:
    """Java 21, and every engine in the cache."""
    home = machine / "jvm" / "java-21"
    write_program(home / "bin" / "java", FAKE_JAVA.format(python=sys.executable, home=home, release=21))
    for recipe in RECIPES:
        fetched_folder(recipe).mkdir(parents=True)


@pytest.fixture
def camunda() -> Iterator[RunningEngine]:
    """A process that is recorded as a Camunda 7.24 on port 18155."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    folder = runs_folder() / "camunda7-7.24.0-18155"
    folder.mkdir(parents=True)
    engine = RunningEngine(
        name="camunda7",
        product="Camunda 7",
        release="7.24.0",
        url="http://127.0.0.1:18155/engine-rest",
        port=18155,
        pid=process.pid,
        born=processes.birth(process.pid) or "",
        log=folder / "engine.log",
    )
    record(engine)
    yield engine
    process.kill()
    process.wait()


def test_list_shows_every_engine_and_where_it_runs(camunda: RunningEngine, capsys: Output) -> None:
    code = main(["engine", "list"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in lines] == ["NAME", *(recipe.name for recipe in RECIPES)]
    assert f"{camunda.url} (process {camunda.pid})" in lines[1]


def test_list_says_what_is_missing(capsys: Output) -> None:
    code = main(["engine", "list"])

    assert code == 0
    assert "camunda8:8.6 cannot be started here: Camunda 8.6.0 needs" in capsys.readouterr().err


def test_list_as_json(fetched: None, camunda: RunningEngine, capsys: Output) -> None:
    code = main(["engine", "list", "--json"])

    first, *others = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (first["name"], first["release"], first["cached"], first["missing"]) == (
        "camunda7",
        "7.24.0",
        True,
        None,
    )
    assert [(run["url"], run["pid"]) for run in first["running"]] == [(camunda.url, camunda.pid)]
    assert [engine["running"] for engine in others] == [[], [], []]


def test_start_prints_the_url_alone_on_stdout(fetched: None, capsys: Output) -> None:
    code = main(["engine", "start", "camunda7"])

    (engine,) = running_engines()
    shown = capsys.readouterr()
    assert code == 0
    assert shown.out == f"{engine.url}\n"
    assert shown.err == f"starting Camunda 7.24.0 on port {engine.port} with Java 21, 5 to 12 s\n"


def test_start_as_json(fetched: None, capsys: Output) -> None:
    code = main(["engine", "start", "operaton", "--json"])

    (engine,) = running_engines()
    shown = json.loads(capsys.readouterr().out)
    assert code == 0
    assert (shown["name"], shown["url"], shown["pid"]) == ("operaton", engine.url, engine.pid)


def test_start_in_the_foreground_stops_the_engine_when_interrupted(
    fetched: None, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[RunningEngine] = []

    def interrupted(_seconds: float) -> None:
        held.extend(running_engines())
        raise KeyboardInterrupt

    monkeypatch.setattr(engine_command, "time", SimpleNamespace(sleep=interrupted))

    code = main(["engine", "start", "camunda7", "--foreground"])

    assert code == 130
    assert len(held) == 1
    assert not held[0].alive


def test_a_missing_java_ends_with_3_and_one_message(capsys: Output) -> None:
    code = main(["engine", "start", "camunda7"])

    shown = capsys.readouterr()
    assert code == 3
    assert shown.out == ""
    assert shown.err.startswith("Error: Camunda 7.24.0 needs Java 17 or later")
    assert "Traceback" not in shown.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["engine", "start", "camunda9"],
        ["engine", "start", "camunda8:8.6", "--job-executor"],
        ["engine", "start", "camunda7", "--port", "70000"],
        ["engine", "stop"],
        ["engine", "stop", "camunda7"],
        ["engine", "stop", "camunda7", "--all"],
    ],
)
def test_wrong_use_ends_with_2(arguments: list[str], capsys: Output) -> None:
    code = main(arguments)

    assert code == 2
    assert "Error: " in capsys.readouterr().err


@pytest.mark.parametrize("words", [["camunda7"], ["camunda7:7.24"], ["--port", "18155"], ["--all"]])
def test_stop_ends_what_was_meant(camunda: RunningEngine, words: list[str], capsys: Output) -> None:
    code = main(["engine", "stop", *words])

    assert code == 0
    assert not camunda.alive
    assert capsys.readouterr().err == f"stopped Camunda 7.24.0 at {camunda.url} (process {camunda.pid})\n"


@pytest.mark.parametrize("words", [["operaton"], ["camunda7:7.9"], ["camunda7", "--port", "18156"]])
def test_stop_leaves_what_was_not_meant(camunda: RunningEngine, words: list[str]) -> None:
    code = main(["engine", "stop", *words])

    assert code == 2
    assert camunda.alive


def test_stop_as_json(camunda: RunningEngine, capsys: Output) -> None:
    code = main(["engine", "stop", "--all", "--json"])

    assert code == 0
    assert [engine["pid"] for engine in json.loads(capsys.readouterr().out)] == [camunda.pid]


def test_stop_all_is_content_with_nothing_to_stop() -> None:
    assert main(["engine", "stop", "--all"]) == 0
