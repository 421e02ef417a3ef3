"""Forms of start events: the variables of their fields, and starting by a form."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text
from simulator.api.v1.errors import ANSWERED, start_error
from simulator.api.v1.finding import named_definition
from simulator.api.v1.handlers.starts import check_shape, unknown_definition
from simulator.api.v1.held_variables import show_form_variables
from simulator.api.v1.rest_error import RestError
from simulator.api.v1.showing import show_instance
from simulator.api.v1.variables import read_given
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.starts import Start


@operation("getStartFormVariables")
def get_start_form_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of a definition's start form as variables."""
    return _form_variables(call, engine)


@operation("getStartFormVariablesByKey")
def get_start_form_variables_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of the start form of the newest version of a key."""
    return _form_variables(call, engine)


@operation("getStartFormVariablesByKeyAndTenant")
def get_start_form_variables_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Show the fields of the start form of the newest version of a tenant's key."""
    return _form_variables(call, engine)


def _form_variables(call: Call, engine: ProcessEngine) -> Reply:
    identity, definition = named_definition(call, engine)
    if definition is None:
        message = f"no deployed process definition found with id '{identity}': processDefinition is null"
        raise RestError(400, "NotFoundException", message, 0)
    return show_form_variables(call, engine.starts.form_variables(definition))


@operation("submitStartForm")
def submit_start_form(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of a definition given by its id, with the values of its form."""
    return _submit(call, engine)


@operation("submitStartFormByKey")
def submit_start_form_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a key, with the values of its form."""
    return _submit(call, engine)


@operation("submitStartFormByKeyAndTenant")
def submit_start_form_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a tenant's key, with the values of its form."""
    return _submit(call, engine)


def _submit(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance by a form; of the body only `variables` and `businessKey` count."""
    identity, definition = named_definition(call, engine)
    body = read_object(call)
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
    except ANSWERED as failure:
        raise start_error(failure, identity) from failure
    return Reply(200, show_instance(engine, instance, call.base))
