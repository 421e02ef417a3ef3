"""Takes away from a Camunda 8 what a run has made there."""

from dataclasses import dataclass, field

from simulator.targets.protocol import Refused
from simulator.targets.rest import Rest, path

GONE = (404, 409)
"""Over already, or ended with the instance that called it."""


@dataclass(slots=True)
class Cleaner:
    """Instances to cancel and definitions to delete, by their keys."""

    rest: Rest
    instances: list[str] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)

    def clean(self) -> None:
        """Cancel, then delete; what is gone already is no error."""
        while self.instances:
            self._send(
                "cancelProcessInstance", path("process-instances", self.instances.pop(), "cancellation")
            )
        while self.definitions:
            self._send("deleteResource", path("resources", self.definitions.pop(), "deletion"))

    def _send(self, operation: str, where: str) -> None:
        try:
            self.rest.post(operation, where, {})
        except Refused as refused:
            if refused.answer.status not in GONE:
                raise
