"""Starting a real engine: find what it needs, fetch it, run it, wait until it answers."""

import contextlib
import http.client
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.targets.engines.catalogue import find_recipe
from simulator.targets.engines.fetch import fetch, fetched_folder
from simulator.targets.engines.java import Java
from simulator.targets.engines.problems import EngineUseError, MissingToolError, StartError, last_lines_of
from simulator.targets.engines.processes import birth, spawn
from simulator.targets.engines.recipe import Launch, Recipe
from simulator.targets.engines.running import (
    LOG,
    RunningEngine,
    drop_old_logs,
    record,
    running_engines,
    runs_folder,
)
from simulator.targets.engines.tools import java_for, maven_for

PATIENCE = 180.0
POLL = 0.2
PROBE_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Available:
    """An engine that can be started here, and whether it has to be fetched first."""

    java: Java
    cached: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """An engine that cannot be started here, and why."""

    reason: str


def cached(name: str) -> bool:
    """Whether the engine is fetched already."""
    return fetched_folder(find_recipe(name)).is_dir()


def available(name: str) -> Available | Missing:
    """Whether the engine could be started here, as far as that can be told without a network."""
    recipe = find_recipe(name)
    there = cached(name)
    try:
        if not there:
            maven_for(recipe)
        return Available(java_for(recipe, compiler=recipe.compiled and not there), there)
    except MissingToolError as missing:
        return Missing(missing.message)


def silent(_sentence: str) -> None:
    """Say nothing about the progress."""


def start_engine(
    name: str,
    port: int | None = None,
    *,
    job_executor: bool | None = None,
    patience: float = PATIENCE,
    tell: Callable[[str], None] = silent,
) -> RunningEngine:
    """Start an engine on loopback, its database in memory, and return when it answers.

    `port`: of the REST API, a free one if not given. `job_executor`: whether Camunda 7 or Operaton runs its
    jobs itself, off if not given. `patience`: seconds to wait for the first answer. `tell` gets a sentence
    when something takes longer. Raises EngineError (a tool is missing, fetching or starting failed) and
    EngineUseError (no such engine, the port is taken, no such option). The engine outlives this process.
    """
    recipe = find_recipe(name)
    if job_executor is not None and not recipe.has_job_executor:
        raise EngineUseError(f"{recipe.title} has no job executor that could be switched on or off")
    java = java_for(recipe, compiler=recipe.compiled and not cached(name))
    ports = choose_ports(recipe.ports, port)
    files = fetch(recipe, java, tell)
    engine = launch(recipe, java, files, ports, job_executor=bool(job_executor))
    tell(f"starting {recipe.title} on port {ports[0]} with Java {java.release}, {recipe.starts_in}")
    return wait_until_ready(engine, recipe, patience)


def choose_ports(count: int, first: int | None) -> tuple[int, ...]:
    """Choose free ports on loopback, the first of them as given."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(bound(first or 0))]
        sockets += [held.enter_context(bound(0)) for _ in range(count - 1)]
        return tuple(each.getsockname()[1] for each in sockets)


def bound(port: int) -> socket.socket:
    """Take a port on loopback, any free one for 0."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as refusal:
        taken.close()
        raise EngineUseError(f"port {port} cannot be used: {refusal}") from refusal
    return taken


def launch(
    recipe: Recipe, java: Java, files: Path, ports: tuple[int, ...], *, job_executor: bool
) -> RunningEngine:
    """Start the process in a fresh folder of its own and write it down."""
    folder = fresh_folder(recipe, ports[0])
    line = recipe.command(
        Launch(java=java, files=files, folder=folder, ports=ports, job_executor=job_executor)
    )
    pid = spawn(line, folder, folder / LOG)
    engine = RunningEngine(
        name=recipe.name,
        product=recipe.product,
        release=recipe.release,
        url=recipe.url(ports[0]),
        port=ports[0],
        pid=pid,
        born=birth(pid) or "",
        log=folder / LOG,
        ready=False,
    )
    record(engine)
    return engine


def fresh_folder(recipe: Recipe, port: int) -> Path:
    """Make an empty folder for a run; the port may be that of an engine which has not opened it yet."""
    for other in running_engines():
        if other.port == port:
            raise EngineUseError(f"port {port} is that of {other.title}, process {other.pid}")
    drop_old_logs()
    folder = runs_folder() / f"{recipe.slug}-{port}"
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def wait_until_ready(engine: RunningEngine, recipe: Recipe, patience: float) -> RunningEngine:
    """Ask until the engine answers as it should; whatever else happens, it is ended."""
    is_ready = False
    try:
        deadline = time.monotonic() + patience
        while not answers(engine, recipe):
            if not engine.alive:
                raise StartError(recipe.title, "it ended", last_lines_of(engine.log), engine.log)
            if time.monotonic() >= deadline:
                reason = f"no answer to GET {engine.url}{recipe.probe} in {patience:g} s"
                raise StartError(recipe.title, reason, last_lines_of(engine.log), engine.log)
            time.sleep(POLL)
        ready = replace(engine, ready=True)
        record(ready)
        is_ready = True
        return ready
    finally:
        if not is_ready:
            engine.stop()


def answers(engine: RunningEngine, recipe: Recipe) -> bool:
    """Whether the process lives and its probe is answered with 200 and what the recipe looks for."""
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=PROBE_PATIENCE)
    try:
        connection.request("GET", recipe.path + recipe.probe, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return answer.status == http.HTTPStatus.OK and recipe.ready(content) and engine.alive
