"""Process definitions: listing, showing, their models, suspending them."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_definitions import DEFINITIONS
from simulator.api.v1.bodies import read_object, text, truth
from simulator.api.v1.finding import by_key, definition_id, existing_definition, find_definition
from simulator.api.v1.moments import bad_moment, unscheduled
from simulator.api.v1.rest_error import invalid
from simulator.api.v1.showing_definitions import show_definition
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine


@operation("listProcessDefinitions")
def list_process_definitions(call: Call, engine: ProcessEngine) -> Reply:
    """List definitions."""
    found = DEFINITIONS.read(call, engine).find(engine.deployments.present())
    return Reply(200, [show_definition(each) for each in found])


@operation("countProcessDefinitions")
def count_process_definitions(call: Call, engine: ProcessEngine) -> Reply:
    """Count definitions."""
    query = DEFINITIONS.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(engine.deployments.present())})


@operation("getProcessDefinition")
def get_process_definition(call: Call, engine: ProcessEngine) -> Reply:
    """Show the definition of an id."""
    return Reply(200, show_definition(existing_definition(engine, call.path["id"])))


@operation("getProcessDefinitionByKey")
def get_process_definition_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a key."""
    return Reply(200, show_definition(by_key(engine, call.path["key"])))


@operation("getProcessDefinitionByKeyAndTenant")
def get_process_definition_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a tenant's key."""
    return Reply(200, show_definition(by_key(engine, call.path["key"], call.path["tenant-id"])))


@operation("getProcessDefinitionXml")
def get_process_definition_xml(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the definition of an id."""
    return _xml(engine, existing_definition(engine, call.path["id"]))


@operation("getProcessDefinitionXmlByKey")
def get_process_definition_xml_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the newest version of a key."""
    return _xml(engine, by_key(engine, call.path["key"]))


@operation("getProcessDefinitionXmlByKeyAndTenant")
def get_process_definition_xml_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the newest version of a tenant's key."""
    return _xml(engine, by_key(engine, call.path["key"], call.path["tenant-id"]))


def _xml(engine: ProcessEngine, definition: Definition) -> Reply:
    _, content = engine.deployments.deployments[definition.deployment].resources[definition.resource]
    return Reply(200, {"id": definition_id(definition), "bpmn20Xml": content.decode("utf-8", "replace")})


@operation("setProcessDefinitionSuspension")
def set_process_definition_suspension(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the definition of an id; an unknown one is no error."""
    return _suspend(engine, call.path["id"], find_definition(engine, call.path["id"]), read_object(call))


@operation("setProcessDefinitionSuspensionByKey")
def set_process_definition_suspension_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the newest version of a key."""
    definition = by_key(engine, call.path["key"])
    return _suspend(engine, definition_id(definition), definition, read_object(call))


@operation("setProcessDefinitionSuspensionByKeyAndTenant")
def set_process_definition_suspension_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the newest version of a tenant's key."""
    definition = by_key(engine, call.path["key"], call.path["tenant-id"])
    return _suspend(engine, definition_id(definition), definition, read_object(call))


def _suspend(
    engine: ProcessEngine, identity: str, definition: Definition | None, body: dict[str, Any]
) -> Reply:
    suspended = truth(body, "suspended") or False
    with_instances = truth(body, "includeProcessInstances") or False
    if text(body, "processDefinitionKey") is not None:
        raise invalid(
            "Only one of processDefinitionId or processDefinitionKey should be set to update the suspension state."
        )
    date = text(body, "executionDate")
    if date:
        wrong = bad_moment(date)
        if wrong is not None:
            what = f"The suspension state of Process Definition with id {identity} could not be updated"
            raise invalid(f"{what} due to: {wrong}")
        raise unscheduled("a suspension")
    if definition is not None:
        engine.deploying.suspend(definition, suspended, with_instances=with_instances)
    return Reply(204)
