"""Times at which something is to happen; the simulator only reads them, and says so."""

import re

from simulator.api.v1.rest_error import RestError, invalid

SHAPE = re.compile(r"\d{4}-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?)?)?")


def bad_moment(text: str) -> str | None:
    """What the engine says of a text that is no time, None where it is one."""
    return None if SHAPE.fullmatch(text) else f'Invalid format: "{text}"'


def unscheduled(what: str) -> RestError:
    """The refusal of what a live engine would do later, by a job."""
    return invalid(f"the simulator does not run {what} at a later time")
