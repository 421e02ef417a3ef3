import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.targets.engines import (
    Available,
    EngineUseError,
    FetchError,
    Missing,
    MissingToolError,
    RunningEngine,
    StartError,
    available,
    cached,
    find_recipe,
    java,
    processes,
    running_engines,
    start,
    start_engine,
)
from simulator.targets.engines.fetch import fetch, fetched_folder
from simulator.targets.engines.problems import errors_in
from simulator.targets.engines.running import STATE, record, runs_folder

FAKE_JAVA = """#!{python}
import http.server, json, os, signal, sys, time

if "-version" in sys.argv:
    print("    java.home = {home}\\n    java.specification.version = {release}", file=sys.stderr)
    sys.exit()
mode, began = os.environ.get("FAKE_ENGINE", ""), time.monotonic()
print("the engine begins", flush=True)
if mode == "ends":
    sys.exit("the engine cannot go on")
if mode == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
settings = [word.partition("=")[2] for word in sys.argv if word.startswith("--server.port=")]
port = int((settings or [os.environ.get("SERVER_PORT")])[0])
with open("seen.json", "w") as seen:
    json.dump({{"arguments": sys.argv[1:], "environment": dict(os.environ), "pid": os.getpid()}}, seen)


class Engine(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        up = mode != "silent" and time.monotonic() - began > 0.4
        role = "leader" if up else "follower"
        self.send_response(200 if up or self.path == "/v2/topology" else 503)
        self.end_headers()
        self.wfile.write(json.dumps({{"brokers": [{{"partitions": [{{"role": role}}]}}]}}).encode())

    def log_message(self, *words):
        pass


http.server.HTTPServer(("127.0.0.1", port), Engine).serve_forever()
"""

FAKE_MAVEN = """#!{python}
import os, pathlib, sys, time

if "--version" in sys.argv:
    print("Apache Maven {release} (fake)")
    sys.exit()
with open({calls!r}, "a") as calls:
    calls.write(os.environ["JAVA_HOME"] + chr(10))
pathlib.Path("target/lib").mkdir(parents=True)
time.sleep({seconds})
if {fails}:
    print("[INFO] Scanning\\n[ERROR] Could not transfer artifact: Unknown host\\n[ERROR]", flush=True)
    sys.exit(1)
pathlib.Path("target/camunda-zeebe-8.6.0/lib").mkdir(parents=True)
pathlib.Path("target/classes/tck").mkdir(parents=True)
pathlib.Path("target/classes/tck/EngineApplication.class").touch()
"""

Install = Callable[..., Path]


def write_program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without Java and Maven, with an empty cache; what was started on it is ended afterwards."""
    for variable in [name for name in os.environ if "JAVA" in name or name in ("MAVEN_HOME", "M2_HOME")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("BPMN_TCK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(java, "PLACES", (tmp_path / "jvm",))
    yield tmp_path
    for engine in running_engines():
        engine.stop()


@pytest.fixture
def install_java(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    def install(release: int, *, compiler: bool = True, variable: str | None = None) -> Path:
        home = (machine if variable else machine / "jvm") / f"java-{release}"
        text = FAKE_JAVA.format(python=sys.executable, home=home, release=release)
        write_program(home / "bin" / "java", text)
        if compiler:
            write_program(home / "bin" / "javac", "")
        if variable:
            monkeypatch.setenv(variable, str(home))
        return home

    return install


@pytest.fixture
def install_maven(machine: Path) -> Install:
    def install(release: str = "3.9.9", *, fails: bool = False, seconds: float = 0) -> Path:
        calls = machine / "maven-calls"
        text = FAKE_MAVEN.format(
            python=sys.executable, release=release, calls=str(calls), fails=fails, seconds=seconds
        )
        write_program(machine / "bin" / "mvn", text)
        return calls

    return install


@pytest.fixture
def tools(install_java: Install, install_maven: Install) -> Path:
    """Java 21 and Maven; the answer is the file with a line per call of Maven."""
    install_java(21)
    return install_maven()


@pytest.fixture
def bystander() -> Iterator[int]:
    """The process id of somebody else's process."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process.pid
    process.kill()
    process.wait()


def status(engine: RunningEngine, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse().status
    connection.close()
    return answer


def seen(engine: RunningEngine) -> dict[str, object]:
    content: dict[str, object] = json.loads((engine.folder / "seen.json").read_text(encoding="utf-8"))
    return content


def recorded(pid: int, born: str, name: str = "camunda7-18150") -> RunningEngine:
    folder = runs_folder() / name
    folder.mkdir(parents=True)
    engine = RunningEngine(
        name="camunda7",
        product="Camunda 7",
        release="7.24.0",
        url="http://127.0.0.1:18150/engine-rest",
        port=18150,
        pid=pid,
        born=born,
        log=folder / "engine.log",
    )
    record(engine)
    return engine


def test_a_missing_java_is_named_with_how_to_get_it(install_maven: Install) -> None:
    install_maven()

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda7")

    assert missing.value.tool == "Java"
    assert missing.value.found == "no Java"
    assert "Camunda 7.24.0 needs Java 17 or later" in str(missing.value)
    assert "JAVA17_HOME" in missing.value.remedy


def test_an_old_java_is_named_with_its_place(install_java: Install, install_maven: Install) -> None:
    home = install_java(17)
    install_maven()

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda8:8.6")

    assert missing.value.found == f"JDK 17 in {home}"
    assert "Java 21 or later" in missing.value.wanted


def test_a_java_without_compiler_does_not_do_for_an_engine_to_be_compiled(
    install_java: Install, install_maven: Install
) -> None:
    install_java(17, compiler=False)
    install_maven()

    with pytest.raises(MissingToolError, match="with its compiler"):
        start_engine("camunda7")


def test_a_missing_maven_is_named(install_java: Install) -> None:
    install_java(17)

    with pytest.raises(MissingToolError) as missing:
        start_engine("camunda7")

    assert missing.value.tool == "Maven"
    assert "none on the PATH" in missing.value.found


def test_of_many_errors_of_maven_the_first_and_the_last_are_shown(tmp_path: Path) -> None:
    log = tmp_path / "maven.log"
    advice = "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch."
    errors = ["[FATAL] Unknown host", *(f"[ERROR] release {number} is missing" for number in range(20))]
    log.write_text("\n".join(["[INFO] begin", *errors, "[ERROR]", advice]), encoding="utf-8")

    shown = errors_in(log)

    assert shown == [*errors[:3], *errors[-4:]]


def test_an_old_maven_is_named(install_java: Install, install_maven: Install) -> None:
    install_java(17)
    calls = install_maven("3.3.9")

    with pytest.raises(MissingToolError, match=r"Apache Maven 3\.3\.9"):
        start_engine("camunda7")
    assert not calls.exists()


def test_java_is_looked_for_in_variables_before_the_usual_folders(
    install_java: Install, install_maven: Install
) -> None:
    install_java(25)
    install_java(17, variable="JAVA_HOME")
    home = install_java(21, variable="JAVA21_HOME")
    install_maven()

    found = available("camunda8:8.6")

    assert found == Available(java.Java(home, 21), cached=False)


def test_what_is_missing_can_be_asked_without_starting(install_java: Install) -> None:
    install_java(17)

    found = available("operaton")

    assert isinstance(found, Missing)
    assert "Maven 3.6.3 or later" in found.reason


def test_a_failed_fetch_shows_what_maven_said_and_leaves_nothing_that_looks_whole(
    install_java: Install, install_maven: Install
) -> None:
    install_java(17)
    install_maven(fails=True)

    with pytest.raises(FetchError) as failed:
        start_engine("camunda7")

    assert failed.value.said == ("[ERROR] Could not transfer artifact: Unknown host",)
    assert failed.value.log.is_file()
    assert not cached("camunda7")


def test_a_fetch_that_failed_is_done_again(install_java: Install, install_maven: Install) -> None:
    install_java(17)
    install_maven(fails=True)
    with pytest.raises(FetchError):
        start_engine("camunda7")
    install_maven()

    start_engine("camunda7")

    assert cached("camunda7")


def test_two_starts_at_once_fetch_once(install_java: Install, install_maven: Install) -> None:
    home = install_java(21)
    calls = install_maven(seconds=0.4)
    recipe, newest, told = find_recipe("camunda7"), java.Java(home, 21), list[str]()

    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: fetch(recipe, newest, told.append), range(2)))

    assert folders == [fetched_folder(recipe)] * 2
    assert calls.read_text(encoding="utf-8").splitlines() == [str(home)]
    assert sorted(told) == [
        "fetching Camunda 7.24.0 with Maven, about 54 MB, once; licence: Apache-2.0",
        "waiting for another process that fetches Camunda 7.24.0",
    ]


def test_a_changed_recipe_is_fetched_anew(tools: Path) -> None:
    recipe = find_recipe("camunda7")
    changed = replace(recipe, layout={**recipe.layout, "pom.xml": "operaton1_0/pom.xml"})

    assert fetched_folder(changed) != fetched_folder(recipe)


@pytest.mark.parametrize("name", ["camunda7", "camunda7:7.9", "operaton"])
def test_start_waits_for_the_probe(machine: Path, tools: Path, name: str) -> None:
    told: list[str] = []

    engine = start_engine(name, tell=told.append)

    assert status(engine, "/engine-rest/engine") == 200
    assert engine.url == f"http://127.0.0.1:{engine.port}/engine-rest"
    assert [sentence.partition(" ")[0] for sentence in told] == ["fetching", "starting"]
    assert running_engines() == [engine]
    assert engine.log.is_relative_to(machine / "cache" / "engines")


def test_camunda_8_is_ready_when_there_is_a_leader(tools: Path) -> None:
    engine = start_engine("camunda8:8.6")

    environment = seen(engine)["environment"]
    assert isinstance(environment, dict)
    ports = {
        value for name, value in environment.items() if name.startswith(("SERVER_", "MANAGEMENT_", "ZEEBE_"))
    }
    assert len([port for port in ports if port.isdigit()]) == 5
    assert environment["ZEEBE_BROKER_DATA_DIRECTORY"] == str(engine.folder / "data")
    assert engine.url == f"http://127.0.0.1:{engine.port}/v2"


@pytest.mark.parametrize(("asked", "setting"), [(None, "false"), (False, "false"), (True, "true")])
def test_the_job_executor_is_off_unless_asked_for(tools: Path, asked: bool | None, setting: str) -> None:
    engine = start_engine("operaton", job_executor=asked)

    arguments = seen(engine)["arguments"]
    assert isinstance(arguments, list)
    assert f"--operaton.bpm.job-execution.enabled={setting}" in arguments


def test_camunda_8_has_no_job_executor_to_switch(tools: Path) -> None:
    with pytest.raises(EngineUseError, match="no job executor"):
        start_engine("camunda8:8.6", job_executor=True)


def test_an_unknown_engine_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        EngineUseError, match=r"no engine 'camunda9'; there are: camunda7, camunda7:7\.9, operaton"
    ):
        start_engine("camunda9")


def test_a_port_that_is_taken_is_refused(tools: Path) -> None:
    engine = start_engine("camunda7")

    with pytest.raises(EngineUseError, match=f"port {engine.port}"):
        start_engine("operaton", engine.port)
    assert engine.alive


def test_an_engine_that_ends_while_starting_shows_its_log(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "ends")

    with pytest.raises(StartError, match="it ended") as failed:
        start_engine("camunda7")

    assert failed.value.last_lines == ("the engine begins", "the engine cannot go on")
    assert running_engines() == []


def test_an_engine_that_does_not_answer_in_time_is_ended(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "silent")
    silence = r"no answer to GET http://127\.0\.0\.1:\d+/engine-rest/version in 1 s"

    with pytest.raises(StartError, match=silence) as failed:
        start_engine("camunda7", patience=1)

    pid = json.loads((failed.value.log.parent / "seen.json").read_text(encoding="utf-8"))["pid"]
    assert processes.look_at(pid) is None


def test_an_interrupted_start_leaves_no_process(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[RunningEngine] = []

    def interrupted(engine: RunningEngine, _recipe: object) -> bool:
        begun.append(engine)
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "answers", interrupted)

    with pytest.raises(KeyboardInterrupt):
        start_engine("camunda7")

    assert not begun[0].alive
    assert not (begun[0].folder / STATE).exists()


def test_stop_ends_the_process_and_only_it(tools: Path) -> None:
    first, second = start_engine("camunda7"), start_engine("camunda7")

    stopped = first.stop()

    assert stopped
    assert not first.alive
    assert status(second, "/engine-rest/version") == 200
    assert running_engines() == [second]
    assert first.log.is_file()


def test_stopping_twice_stops_once(tools: Path) -> None:
    engine = start_engine("camunda7")

    assert [engine.stop(), engine.stop()] == [True, False]


def test_a_process_that_does_not_listen_is_killed(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_ENGINE", "deaf")
    monkeypatch.setattr(processes, "GRACE", 0.3)
    engine = start_engine("camunda7")

    stopped = engine.stop()

    assert stopped
    assert not engine.alive


def test_a_process_with_the_number_of_an_engine_that_ended_is_left_alone(bystander: int) -> None:
    engine = recorded(bystander, born="another beginning")

    assert running_engines() == []
    assert not engine.stop()
    assert processes.birth(bystander) is not None


def test_a_process_is_recognised_without_proc_too(bystander: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.defpath)

    seen_first, seen_again = processes.look_with_ps(bystander), processes.look_with_ps(bystander)
    os.kill(bystander, signal.SIGKILL)
    while processes.birth(bystander) is not None:
        time.sleep(0.01)
    seen_last = processes.look_with_ps(bystander)

    assert seen_first is not None
    assert seen_first == seen_again
    assert not seen_first.ended
    assert seen_last is None or seen_last.ended


def test_no_ended_child_is_left_behind(tools: Path) -> None:
    engine = start_engine("camunda7")

    engine.stop()

    assert processes.look_at(engine.pid) is None


def test_the_record_of_a_process_that_ended_is_dropped(tools: Path) -> None:
    engine = start_engine("camunda7")
    os.kill(engine.pid, signal.SIGKILL)
    while engine.alive:
        time.sleep(0.01)

    assert running_engines() == []
    assert not (engine.folder / STATE).exists()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"name": "camunda7"', '{"pid": -1}'])
def test_a_record_that_is_none_is_dropped(content: str) -> None:
    folder = runs_folder() / "camunda7-18151"
    folder.mkdir(parents=True)
    (folder / STATE).write_text(content, encoding="utf-8")

    assert running_engines() == []
    assert not (folder / STATE).exists()


def test_an_engine_is_found_again_by_what_was_recorded(bystander: int) -> None:
    engine = recorded(bystander, born=processes.birth(bystander) or "")

    assert running_engines() == [engine]
