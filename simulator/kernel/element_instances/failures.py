"""Why a step of an element instance came to nothing: an incident, never an error for the caller."""

from simulator.expressions.feel import EvaluationFailed


class StepFailed(Exception):
    """A step can't be done; `error_type` and `text` are the incident's."""

    def __init__(self, error_type: str, text: str) -> None:
        super().__init__(text)
        self.error_type = error_type
        self.text = text


FAILURES = (EvaluationFailed, StepFailed)
"""What a step may raise to become an incident; both have an `error_type` and a `text`."""
