"""Forms of start events: the variables of their fields, and starting by a form."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text
from simulator.api.v1.errors import start_error
from simulator.api.v1.finding import by_key, definition_id, find_definition
from simulator.api.v1.handlers.starts import check_shape, unknown_definition
from simulator.api.v1.held_variables import wants_deserialized
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.showing import show_instance
from simulator.api.v1.variables import read_given, show_variables
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.starts import Start


@operation("getStartFormVariables")
def get_start_form_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of a definition's start form as variables."""
    identity = call.path["id"]
    definition = find_definition(engine, identity)
    if definition is None:
        message = f"no deployed process definition found with id '{identity}': processDefinition is null"
        raise RestError(400, "NotFoundException", message, 0)
    return _form_variables(call, engine, definition)


@operation("getStartFormVariablesByKey")
def get_start_form_variables_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of the start form of the newest version of a key."""
    return _form_variables(call, engine, by_key(engine, call.path["key"]))


@operation("getStartFormVariablesByKeyAndTenant")
def get_start_form_variables_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of the start form of the newest version of a tenant's key."""
    return _form_variables(call, engine, by_key(engine, call.path["key"], call.path["tenant-id"]))


def _form_variables(call: Call, engine: ProcessEngine, definition: Definition) -> Reply:
    shown = engine.starts.form_variables(definition)
    names = call.parameter("variableNames")
    if names:
        wanted = set(names.split(","))
        shown = {name: value for name, value in shown.items() if name in wanted}
    return Reply(200, show_variables(shown, deserialize=wants_deserialized(call, "deserializeValues")))


@operation("submitStartForm")
def submit_start_form(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of a definition given by its id, with the values of its form."""
    body = read_object(call)
    identity = call.path["id"]
    return _submit(call, engine, identity, find_definition(engine, identity), body)


@operation("submitStartFormByKey")
def submit_start_form_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a key, with the values of its form."""
    definition = by_key(engine, call.path["key"])
    return _submit(call, engine, definition_id(definition), definition, read_object(call))


@operation("submitStartFormByKeyAndTenant")
def submit_start_form_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a tenant's key, with the values of its form."""
    definition = by_key(engine, call.path["key"], call.path["tenant-id"])
    return _submit(call, engine, definition_id(definition), definition, read_object(call))


def _submit(
    call: Call, engine: ProcessEngine, identity: str, definition: Definition | None, body: dict[str, Any]
) -> Reply:
    """Start an instance by a form; of the body only `variables` and `businessKey` count."""
    check_shape(body)
    business_key = text(body, "businessKey")
    try:
        given = read_given(mapping(body, "variables"))
        if definition is None:
            raise unknown_definition(identity)
        instance = engine.starts.submit_form(
            definition,
            Start(
                variables=given.values,
                transient=given.transient,
                unstorable=given.unstorable,
                business_key=business_key,
            ),
        )
    except Exception as failure:
        raise start_error(failure, identity) from failure
    return Reply(200, show_instance(engine, instance, call.base))
