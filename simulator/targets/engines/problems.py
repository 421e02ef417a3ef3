"""The ways in which a real engine cannot be had, each with what to do about it."""

import re
from collections.abc import Sequence
from pathlib import Path

from simulator.core.errors import UserError

ERROR = re.compile(r"\[(ERROR|FATAL)\] *\S")
ADVICE = ("[Help", "re-run Maven", "Re-run Maven", "For more information about")


class EngineError(UserError):
    """A real engine that cannot be fetched, started or stopped here."""

    exit_code = 3


class MissingToolError(EngineError):
    """A program that has to be installed first: which one, in what release, and what was found instead."""

    def __init__(self, *, engine: str, tool: str, wanted: str, found: str, remedy: str) -> None:
        super().__init__(f"{engine} needs {wanted}; found {found}. {remedy}")
        self.tool = tool
        self.wanted = wanted
        self.found = found
        self.remedy = remedy


class FetchError(EngineError):
    """Maven gave up; what it said about that, the rest in `log`."""

    def __init__(self, engine: str, reason: str, said: Sequence[str], log: Path) -> None:
        super().__init__(f"{engine} could not be fetched: {reason} (in full: {log}){quoted(said)}")
        self.said = tuple(said)
        self.log = log


class StartError(EngineError):
    """An engine that ended or stayed silent; the last lines of its log, the rest in `log`."""

    def __init__(self, engine: str, reason: str, last_lines: Sequence[str], log: Path) -> None:
        super().__init__(f"{engine} did not start: {reason} (its log: {log}){quoted(last_lines)}")
        self.last_lines = tuple(last_lines)
        self.log = log


class StopError(EngineError):
    """A process that is still there after it was killed."""


class EngineUseError(UserError):
    """An engine that we do not know, a port that is taken, an option that the engine does not have."""

    exit_code = 2


def quoted(lines: Sequence[str]) -> str:
    """Show the lines as an indented block under a message, or nothing."""
    return "".join(f"\n  | {line}" for line in lines)


def errors_in(log: Path) -> list[str]:
    """Return what Maven reports as errors, the first and the last of many; its last lines if there are none.

    The cause (a host that is not reached) stands first where a list of releases is missing, otherwise last.
    """
    lines = last_lines_of(log, count=1000)
    errors = [line for line in lines if ERROR.match(line) and not any(advice in line for advice in ADVICE)]
    return list(dict.fromkeys([*errors[:3], *errors[-4:]])) or lines[-12:]


def last_lines_of(log: Path, count: int = 12) -> list[str]:
    """Return the last `count` lines with something on them, none if the log is not there."""
    if not log.is_file():
        return []
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.rstrip()[:400] for line in lines if line.strip()][-count:]
