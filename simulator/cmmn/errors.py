"""Why a CMMN file can't be deployed, and how a case fails."""

from dataclasses import dataclass

from simulator.core.errors import Rejection
from simulator.kernel.failures import ModelFailure

PERSISTENCE = (
    "An exception occurred in the persistence layer. Please check the server logs for a detailed message and the "
    "entire exception stack trace."
)
CONCURRENTLY, STILL_REFERRED_TO, COLUMN_TOO_SMALL = 1, 10001, 10002


@dataclass(eq=False)
class CaseUnreadable(Rejection):
    """A file can't be read: it does not keep to the schema (`schema`), or a definition in it makes no sense."""

    schema: bool = False


def not_stored(code: int = 0) -> ModelFailure:
    """The failure of a command whose outcome the database refuses."""
    return ModelFailure(PERSISTENCE, "ProcessEnginePersistenceException", code)


@dataclass(eq=False)
class TaskNotStored(Rejection):
    """A command opens a task and takes it away again, `with_item` the plan item instance, too.

    A live Camunda 7.24 stores new tasks before it notices that they are gone, and fails.
    """

    task: int
    with_item: bool
