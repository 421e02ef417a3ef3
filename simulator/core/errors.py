"""The two kinds of failure every layer may raise: a caller may not, a user gave something wrong."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import ClassVar


@dataclass(eq=False)
class Rejection(Exception):
    """What a caller asked for may not be done; each kind adds the fields that `api/` words."""

    def __str__(self) -> str:
        shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))
        return f"{type(self).__name__}({shown})"


@dataclass(eq=False)
class UserError(Exception):
    """Something a user handed over is wrong: a path, a file, a URL; the CLI prints it in one line.

    `exit_code` is what the command then ends with: 2 for wrong use, 3 where a target could not be used.
    """

    exit_code: ClassVar[int] = 2

    message: str
    file: Path | None = None
    line: int | None = None
    url: str | None = None

    def __str__(self) -> str:
        """Where, then what: `order.bpmn:12: message`."""
        where = self.url if self.file is None else str(self.file)
        if where is None:
            return self.message
        return f"{where}: {self.message}" if self.line is None else f"{where}:{self.line}: {self.message}"
