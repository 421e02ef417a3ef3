"""A finding: one operation, check and place, with the shortest requests that show it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from simulator.core.errors import UserError
from simulator.fuzz.example import Example

SHOWN = 300


class Key(NamedTuple):
    """What makes two findings the same."""

    operation: str
    check: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found, with the requests that show it, the last of which gets the wrong answer.

    `is_stable`: whether the same came again from the same requests at a fresh world.
    """

    key: Key
    expected: str
    came: str
    where: str
    steps: tuple[Example, ...]
    is_stable: bool = True

    def __str__(self) -> str:
        operation, check, place = self.key
        where = f" at {self.where}" if self.where else ""
        told = "" if self.is_stable else " (not repeated)"
        return f"{operation}: {check}, {place}{where}: expected {self.expected[:SHOWN]}, came {self.came[:SHOWN]}{told}"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of a finding holds: requests to send one after the other, and what was wrong with the last."""

    target: str
    operation: str
    check: str
    place: str
    expected: str
    came: str
    steps: list[Example]


def keep(finding: Finding, target: str, folder: Path) -> Path:
    """Write a finding to a file of its own; the same finding has the same file."""
    operation, check, place = finding.key
    kept = Kept(
        target=target,
        operation=operation,
        check=check,
        place=place,
        expected=finding.expected,
        came=finding.came,
        steps=list(finding.steps),
    )
    digest = hashlib.blake2b(f"{target}\n{place}".encode(), digest_size=4).hexdigest()
    file = folder / f"{operation}-{check}-{digest}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n")
    except OSError as error:
        raise UserError(f"expected a file that can be written, came: {error.strerror}", file=file) from error
    return file


def read_kept(file: Path) -> Kept:
    """Read a finding's file; raises UserError where it is none."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Kept)
    except OSError as error:
        raise UserError(f"expected a kept example, came: {error.strerror}", file=file) from error
    except msgspec.MsgspecError as error:
        raise UserError(f"expected a kept example, came: {error}", file=file) from error
