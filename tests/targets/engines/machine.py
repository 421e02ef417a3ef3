"""A machine to start engines on: programs that stand for Java and Maven, and what was started with them."""

import http.client
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.targets.engines import RunningEngine, java, running_engines
from simulator.targets.engines.running import record, runs_folder

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
        up = mode != "silent" and time.monotonic() - began > 0.15
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


def bare_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine without Java and Maven, with an empty cache; what was started on it is ended afterwards."""
    for variable in [name for name in os.environ if "JAVA" in name or name in ("MAVEN_HOME", "M2_HOME")]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("PATH", str(folder / "bin"))
    monkeypatch.setenv("BPMN_TCK_CACHE", str(folder / "cache"))
    monkeypatch.setattr(java, "PLACES", (folder / "jvm",))
    yield folder
    for engine in running_engines():
        engine.stop()


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
