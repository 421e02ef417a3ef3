"""The variables of a process instance: reading, setting, deleting."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import listing, mapping, read_object, text
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.failing import wrapped
from simulator.api.v1.handlers.process_instances import is_true
from simulator.api.v1.ids import read_id
from simulator.api.v1.querying import null_value
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.variable_failures import undeserializable, variable_failure
from simulator.api.v1.variables import BadVariable, read_variables, show_variable
from simulator.core.errors import Rejection
from simulator.core.java.stored import ObjectValue, UndeserializableError
from simulator.core.typed_values import read_transient
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution

T = TypeVar("T")


@operation("listProcessInstanceVariables")
def list_process_instance_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the variables of the outermost scope."""
    execution = scope(call, engine)
    deserialize = is_true(call, "deserializeValues", default=True)
    shown = {}
    for name, value in (execution.variables or {}).items():
        try:
            shown[name] = show_variable(value, deserialize=deserialize)
        except UndeserializableError as failure:
            raise undeserializable(name, failure) from failure
    if deserialize:
        _open((execution.variables or {}).values())
    return Reply(200, shown)


@operation("getProcessInstanceVariable")
def get_process_instance_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Show one variable."""
    name = call.path["varName"]
    prefix = f"Cannot get process instance variable {name}: "
    execution = _wrapped(prefix, lambda: scope(call, engine))
    held = execution.variables or {}
    if name not in held:
        raise invalid(f"process instance variable with name {name} does not exist", 404)
    deserialize = is_true(call, "deserializeValue", default=True)
    try:
        shown = show_variable(held[name], deserialize=deserialize)
    except UndeserializableError as failure:
        raise wrapped(undeserializable(name, failure), prefix) from failure
    if deserialize:
        _open([held[name]])
    return Reply(200, shown)


def _open(values: Iterable[Any]) -> None:
    """Objects that were made for a reader are written anew, in the engine's own form of JSON (live Camunda 7.24)."""
    for value in values:
        if isinstance(value, ObjectValue):
            value.load()


@operation("setProcessInstanceVariable")
def set_process_instance_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Set one variable."""
    name = call.path["varName"]
    prefix = f"Cannot put process instance variable {name}: "
    body = read_object(call)
    text(body, "type")

    def write(variables: dict[str, Any]) -> None:
        engine.change_variables(scope(call, engine), variables)

    return _write(call, engine, lambda: _kept({name: body}), write, prefix, prefix)


@operation("deleteProcessInstanceVariable")
def delete_process_instance_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Delete a variable; one that is not there is no error."""
    name = call.path["varName"]

    def remove() -> None:
        engine.change_variables(scope(call, engine), {}, (name,))

    _wrapped(f"Cannot delete process instance variable {name}: ", remove)
    return Reply(204)


@operation("modifyProcessInstanceVariables")
def modify_process_instance_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Set variables, then delete some."""
    body = read_object(call)
    modifications = mapping(body, "modifications")
    removed = tuple(text({"name": each}, "name") or "" for each in listing(body, "deletions") or ())
    prefix = f"Cannot modify variables for process instance {call.path['id']}: "

    def write(variables: dict[str, Any]) -> None:
        engine.change_variables(scope(call, engine), variables, removed)

    refusal = "Cannot modify variables for process instance: "
    return _write(call, engine, lambda: _kept(modifications), write, refusal, prefix)


def _kept(variables: Mapping[str, Any] | None) -> dict[str, Any]:
    """Read variables, without those that are gone with the command that sets them."""
    kept = read_variables(variables)
    for name in list(kept):
        triple = (variables or {})[name]
        try:
            if read_transient(triple.get("type"), triple.get("value"), triple.get("valueInfo")):
                del kept[name]
        except Rejection as refusal:
            raise BadVariable(name, refusal) from refusal
    return kept


def scope(call: Call, engine: ProcessEngine) -> Execution:
    """The outermost execution of the instance that a path names; raises `RestError` 500."""
    identity = call.path["id"]
    instance = engine.state.instances.get(read_id(identity))
    if instance is None or instance.ended:
        raise null_value(f"execution {identity} doesn't exist: execution is null")
    return instance.execution


def _write(
    call: Call,
    engine: ProcessEngine,
    read: Callable[[], dict[str, Any]],
    write: Callable[[dict[str, Any]], None],
    refusal: str,
    prefix: str,
) -> Reply:
    """Read variables and write them; what only the engine refuses comes after the instance is known to be there."""
    try:
        variables = read()
    except BadVariable as bad:
        failure = variable_failure(bad, refusal, prefix)
        if failure.code is not None:
            _wrapped(prefix, lambda: scope(call, engine))
        raise failure from bad
    _wrapped(prefix, lambda: write(variables))
    return Reply(204)


def _wrapped(prefix: str, act: Callable[[], T]) -> T:
    """Do something; what the engine refuses comes as 500 behind a prefix."""
    try:
        return act()
    except RestError as error:
        raise RestError(500, "RestException", f"{prefix}{error.message}", error.code) from error
    except ANSWERED as failure:
        raise wrapped(failure, prefix) from failure
