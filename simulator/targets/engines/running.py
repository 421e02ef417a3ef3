"""The engines that we started and that still run, as recorded in the cache."""

import json
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.targets.engines.fetch import engines_folder
from simulator.targets.engines.processes import birth, end
from simulator.targets.engines.recipe import titled

STATE = "state.json"
LOG = "engine.log"
DATABASE = "data"
LOGS_ARE_KEPT = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningEngine:
    """A real engine that we started: its REST API at `url`, its process, its log.

    `born` tells the process from a later one with the same number; `ready` is false until the first answer.
    """

    name: str
    product: str
    release: str
    url: str
    port: int
    pid: int
    born: str
    log: Path
    ready: bool = True

    @property
    def title(self) -> str:
        """Product and release, as in a sentence."""
        return titled(self.product, self.release)

    @property
    def folder(self) -> Path:
        """Where this run keeps its log, its database if it is on disk, and its record."""
        return self.log.parent

    @property
    def alive(self) -> bool:
        """Whether that very process still runs."""
        return birth(self.pid) == self.born

    def stop(self) -> bool:
        """End the process and forget it, keeping the log; False if it had ended already."""
        ended = end(self.pid, self.born)
        forget(self.folder)
        return ended


def runs_folder() -> Path:
    """Return the folder with a folder per run."""
    return engines_folder() / "runs"


def record(engine: RunningEngine) -> None:
    """Write the engine down so that other processes find it, never half of it."""
    unfinished = engine.folder / f"{STATE}.{os.getpid()}"
    unfinished.write_text(json.dumps(show(engine), indent=1), encoding="utf-8")
    unfinished.replace(engine.folder / STATE)


def show(engine: RunningEngine) -> dict[str, object]:
    """Show the engine as JSON."""
    return {
        "name": engine.name,
        "product": engine.product,
        "release": engine.release,
        "url": engine.url,
        "port": engine.port,
        "pid": engine.pid,
        "born": engine.born,
        "log": str(engine.log),
        "ready": engine.ready,
    }


def running_engines() -> list[RunningEngine]:
    """Return the engines that run, by name and port; what is recorded but has ended is forgotten."""
    engines = []
    for state in runs_folder().glob(f"*/{STATE}"):
        engine = read(state)
        if engine is not None and engine.alive:
            engines.append(engine)
        else:
            forget(state.parent)
    return sorted(engines, key=lambda engine: (engine.name, engine.port))


def read(state: Path) -> RunningEngine | None:
    """Read a record; None if it is not one of ours or was written by another release of us."""
    try:
        fields: Mapping[str, object] = json.loads(state.read_text(encoding="utf-8"))
        engine = RunningEngine(
            name=str(fields["name"]),
            product=str(fields["product"]),
            release=str(fields["release"]),
            url=str(fields["url"]),
            port=int(str(fields["port"])),
            pid=int(str(fields["pid"])),
            born=str(fields["born"]),
            log=state.parent / LOG,
            ready=bool(fields["ready"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return engine if engine.pid > 0 else None


def forget(folder: Path) -> None:
    """Drop a run's record and database; its log stays for a week."""
    (folder / STATE).unlink(missing_ok=True)
    shutil.rmtree(folder / DATABASE, ignore_errors=True)


def drop_old_logs() -> None:
    """Remove the folders of runs that ended more than a week ago."""
    for folder in runs_folder().glob("*"):
        log = folder / LOG
        is_old = log.is_file() and log.stat().st_mtime < time.time() - LOGS_ARE_KEPT
        if is_old and not (folder / STATE).exists():
            shutil.rmtree(folder, ignore_errors=True)
