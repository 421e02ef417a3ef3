"""What a check says: its code, how grave it is, the clause it stands on, and where."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is; only errors make `check` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A public code with its usual severity, its clause and what it means in a sentence."""

    code: str
    severity: Severity
    clause: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a check yields it: where and what; `severity` where it is not the check's usual one."""

    element: str | None
    line: int
    text: str
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding as users see it; `dialects` names those it holds in, `process` and `element` are ids."""

    code: str
    severity: Severity
    clause: str
    text: str
    element: str | None
    line: int
    file: str
    process: str | None
    dialects: tuple[str, ...]
