"""Case definitions: listing, showing, creating instances of them."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_cases import CASE_DEFINITIONS
from simulator.api.v1.bodies import mapping, read_object, text, unreadable
from simulator.api.v1.errors import ANSWERED, as_rest_error
from simulator.api.v1.finding_cases import named_case
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_cases import show_case_definition, show_case_instance
from simulator.api.v1.variable_failures import variable_failure
from simulator.api.v1.variables import BadVariable, read_given
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.failures import ModelFailure


@operation("listCaseDefinitions")
def list_case_definitions(call: Call, engine: ProcessEngine) -> Reply:
    """List case definitions."""
    found = CASE_DEFINITIONS.read(call, engine).find(engine.cases.definitions.present())
    return Reply(200, [show_case_definition(each) for each in found])


@operation("getCaseDefinition")
def get_case_definition(call: Call, engine: ProcessEngine) -> Reply:
    """Show a case definition by its id."""
    return _show(call, engine)


@operation("getCaseDefinitionByKey")
def get_case_definition_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a key that belongs to no tenant."""
    return _show(call, engine)


@operation("getCaseDefinitionByKeyAndTenant")
def get_case_definition_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a tenant's key."""
    return _show(call, engine)


def _show(call: Call, engine: ProcessEngine) -> Reply:
    identity, found = named_case(call, engine)
    if found is None:
        raise RestError(404, "InvalidRequestException", unknown_definition(identity), 0)
    return Reply(200, show_case_definition(found))


@operation("createCaseInstance")
def create_case_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Create an instance of a case definition given by its id."""
    return _create(call, engine)


@operation("createCaseInstanceByKey")
def create_case_instance_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Create an instance of the newest version of a key that belongs to no tenant; the key counts before the body."""
    return _create(call, engine)


@operation("createCaseInstanceByKeyAndTenant")
def create_case_instance_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Create an instance of the newest version of a tenant's key; key and tenant count before the body."""
    return _create(call, engine)


def _create(call: Call, engine: ProcessEngine) -> Reply:
    """Create an instance as a body says, and show it.

    What can't be read of the body counts first, then a missing definition, then what the engine refuses.
    """
    identity, definition = named_case(call, engine)
    body = read_object(call)
    business_key, variables = text(body, "businessKey"), read_triples(body)
    try:
        given = read_given(variables)
        if definition is None:
            raise RestError(404, "InvalidRequestException", unknown_definition(identity), 0)
        if given.unstorable is not None:
            raise given.unstorable
        instance = engine.cases.create(
            definition, given.values, transient=given.transient, business_key=business_key
        )
    except ANSWERED as failure:
        raise create_error(failure, f"Cannot instantiate case definition {identity}: ") from failure
    return Reply(200, show_case_instance(engine, instance, call.base))


def read_triples(body: dict[str, Any]) -> dict[str, Any] | None:
    """The variables of a body, not yet read; raises `RestError` 400 for another shape."""
    variables = mapping(body, "variables")
    for triple in (variables or {}).values():
        if triple is not None and (
            not isinstance(triple, dict) or not isinstance(triple.get("valueInfo"), dict | None)
        ):
            raise unreadable()
    return variables


def create_error(failure: Exception, prefix: str) -> RestError:
    """The error of a creation: the engine's text behind the definition's id; a rule that is null is the caller's."""
    match failure:
        case BadVariable():
            return variable_failure(failure, prefix, prefix)
        case RestError() if failure.code is None:
            return failure
        case RestError():
            return RestError(failure.status, failure.kind, f"{prefix}{failure.message}", failure.code)
        case ModelFailure() if "NullValueException" in failure.lineage:
            error = invalid(f"{prefix}{failure.message}")
            error.code = 0
            return error
    error = as_rest_error(failure)
    if error.code is None:
        return error
    return RestError(500, "RestException", f"{prefix}{error.message}", error.code)


def unknown_definition(identity: str) -> str:
    """The engine's words for an id that no case definition has."""
    return f"no deployed case definition found with id '{identity}': caseDefinition is null"
