"""Names of a run's own at targets that other people use too."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

_NO_ID = rb"(?!:\d+:)"
"""Camunda 7 makes a definition's id of its key, its version and an id of its own."""


@dataclass(frozen=True, slots=True)
class Names:
    """Turns a scenario's names into names of the run's own and back; an empty suffix leaves them as they are.

    The suffix fits into an XML name, a message name and a tenant's id.
    """

    suffix: str = ""

    @classmethod
    def of_run(cls, run: str) -> "Names":
        """The names of a run by its id (letters, digits, `.`, `-`, `_`)."""
        return cls(f"_tck{run}")

    @property
    def are_foreign(self) -> bool:
        """Whether names are changed at all."""
        return self.suffix != ""

    def own(self, name: str) -> str:
        """The name on the target; a name that is the run's own already stays."""
        return name if self.is_own(name) else name + self.suffix

    def is_own(self, text: str) -> bool:
        """Whether a text holds a name of the run's own."""
        return self.are_foreign and self.suffix in text

    def back(self, value: Any) -> Any:
        """What came from the target, with the scenario's names in every text; ids of definitions stay usable."""
        if not self.are_foreign:
            return value
        named = re.compile(re.escape(self.suffix.encode()) + _NO_ID)
        return msgspec.json.decode(named.sub(b"", msgspec.json.encode(value)))
