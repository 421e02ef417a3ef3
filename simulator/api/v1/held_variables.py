"""Variables of tasks and executions as sub-resources (listed, read, written, removed one by one), and of forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.api.frame import Call, Reply
from simulator.api.v1.bodies import read_object
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.failing import wrapped
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.variables import read_variable, show_variable, show_variables

Held = Callable[[Any], Mapping[str, Any]]


def wants_deserialized(call: Call, name: str) -> bool:
    """Whether objects are shown as JSON rather than as their text; anything but `true` says no."""
    given = call.parameter(name)
    return given is None or given.lower() == "true"


def show_form_variables(call: Call, variables: Mapping[str, Any]) -> Reply:
    """Show the variables of a form, or those of them that `variableNames` lists."""
    names = call.parameter("variableNames")
    if names:
        wanted = set(names.split(","))
        variables = {name: value for name, value in variables.items() if name in wanted}
    deserialize = wants_deserialized(call, "deserializeValues")
    return Reply(200, show_variables(variables, deserialize=deserialize))


@dataclass(frozen=True, slots=True)
class VariableResource:
    """The variables of one kind of thing; `word` names it in messages, `held` gives those it shows."""

    word: str
    held: Held

    def missing(self, identity: str) -> RestError:
        """There is no such thing."""
        message = f"{self.word} {identity} doesn't exist: {self.word} is null"
        return RestError(500, "NullValueException", message, 0)

    def show_all(self, call: Call, holder: Any) -> Reply:
        """Show every variable."""
        deserialize = wants_deserialized(call, "deserializeValues")
        return Reply(200, show_variables(self.held(holder), deserialize=deserialize))

    def show_one(self, call: Call, holder: Any) -> Reply:
        """Show one variable; raises `RestError` 404."""
        name, held = call.path["varName"], self.held(holder)
        if name not in held:
            raise invalid(f"{self.word} variable with name {name} does not exist", 404)
        return Reply(200, show_variable(held[name], deserialize=wants_deserialized(call, "deserializeValue")))

    def read_one(self, call: Call) -> Any:
        """The value that a request puts; raises `RestError`."""
        body = read_object(call)
        try:
            return read_variable(call.path["varName"], body)
        except ANSWERED as failure:
            raise self.refused(call, "put", failure) from failure

    def refused(self, call: Call, doing: str, failure: Exception) -> RestError:
        """The error of getting, putting or deleting one variable."""
        return wrapped(failure, f"Cannot {doing} {self.word} variable {call.path['varName']}: ")
