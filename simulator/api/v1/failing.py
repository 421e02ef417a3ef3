"""Failures of requests that say what they could not do, before what the engine says of it."""

from simulator.api.v1.errors import as_rest_error
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.variable_failures import variable_failure
from simulator.api.v1.variables import BadVariable


def wrapped(failure: Exception, prefix: str) -> RestError:
    """The error of a request that wraps exceptions: 500, `RestException`, the prefix and the engine's text.

    Exceptions that are none of the engine's own keep their name; a variable that can't be read is 400.
    """
    match failure:
        case RestError() if failure.code is None or failure.kind == "RestException":
            return failure
        case RestError():
            return RestError(500, "RestException", f"{prefix}{failure.message}", failure.code)
        case BadVariable():
            return variable_failure(failure, prefix, prefix)
    error = as_rest_error(failure)
    if error.code is None:
        return error
    return RestError(500, "RestException", f"{prefix}{error.message}", error.code)
