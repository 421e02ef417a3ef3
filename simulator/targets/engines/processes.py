"""Processes that outlive the one that started them, recognised again without trusting their number alone."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.targets.engines.problems import EngineError, StopError
from simulator.targets.engines.recipe import CommandLine

POLL = 0.05
GRACE = 20.0
KILL_GRACE = 5.0
ENTER_AND_BECOME = 'cd "$0" && exec "$@"'


@dataclass(frozen=True, slots=True)
class Sighting:
    """A process as it was seen: what only it has, and whether it has ended and waits for its parent."""

    born: str
    ended: bool


def spawn(command: CommandLine, folder: Path, log: Path) -> int:
    """Start a program in a session of its own, in `folder`, writing to `log`; answer its process id."""
    if sys.platform == "win32":
        raise EngineError("real engines are started on Linux and macOS; give a URL instead")
    environment: Mapping[str, str] = {**os.environ, **command.environment}
    return os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", ENTER_AND_BECOME, str(folder), *command.arguments],
        environment,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def birth(pid: int) -> str | None:
    """Return what only this process has: its number with the moment it began; None once it has ended."""
    found = look_at(pid)
    return None if found is None or found.ended else found.born


def look_at(pid: int) -> Sighting | None:
    """Look at a process in `/proc` where there is one, otherwise with `ps`; None if there is none."""
    return look_in_proc(pid) if Path("/proc/self/stat").exists() else look_with_ps(pid)


def look_in_proc(pid: int) -> Sighting | None:
    """Read the start in clock ticks since boot, and which boot that was (proc(5): state, starttime)."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    after_name = line.rpartition(")")[2].split()
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return Sighting(f"{pid} {after_name[19]} {boot}", after_name[0] in "ZXx")


def look_with_ps(pid: int) -> Sighting | None:
    """Ask `ps` for the second in which the process began."""
    command = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]
    environment = {**os.environ, "LC_ALL": "C"}
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    state, _, began = asked.stdout.strip().partition(" ")
    return Sighting(f"{pid} {began.strip()}", "Z" in state) if began else None


def reap(pid: int, born: str) -> None:
    """Take note of the end of that very process if it is a child of ours."""
    if look_at(pid) == Sighting(born, ended=True):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def end(pid: int, born: str) -> bool:
    """End that very process: ask, wait, kill; False if it had ended or the number is another's now."""
    if birth(pid) != born:
        reap(pid, born)
        return False
    for sign, grace in ((signal.SIGTERM, GRACE), (signal.SIGKILL, KILL_GRACE)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if ended_within(grace, pid, born):
            reap(pid, born)
            return True
    raise StopError(f"process {pid} is still there {KILL_GRACE:g} s after it was killed")


def ended_within(seconds: float, pid: int, born: str) -> bool:
    """Wait until the process has ended, at most so long."""
    deadline = time.monotonic() + seconds
    while birth(pid) == born:
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL)
    return True
