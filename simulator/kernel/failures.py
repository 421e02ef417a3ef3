"""Why a command or a job came to nothing."""

from simulator.core.errors import UserError


class ModelFailure(Exception):
    """The model can't go on, in the engine's own words.

    `java_class` is the exception a Camunda 7 would answer with, `code` its ENGINE code where it has one; `lineage`
    the classes of the innermost exception, by which error events catch it.
    """

    def __init__(
        self, message: str | None, java_class: str = "ProcessEngineException", code: int = 0
    ) -> None:
        super().__init__(message)
        self.message = message
        self.java_class = java_class
        self.code = code
        self.lineage: tuple[str, ...] = ()


class EndlessRun(UserError):
    """One command made more events than the limit allows: a loop without a wait state."""
