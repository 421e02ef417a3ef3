"""Why a command or a job came to nothing."""

from simulator.core.errors import UserError


class ModelFailure(Exception):
    """The model can't go on, in the engine's own words.

    `java_class` is the exception a Camunda 7 would throw (error events catch by it, answers name it), `code` its
    ENGINE code where it has one.
    """

    def __init__(self, message: str | None, java_class: str = "ProcessEngineException", code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.java_class = java_class
        self.code = code
        self.cause = java_class


class EndlessRun(UserError):
    """One command made more events than the limit allows: a loop without a wait state."""
