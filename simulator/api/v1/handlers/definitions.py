"""Process definitions: listing, showing, their models, suspending them."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.asking_definitions import DEFINITIONS
from simulator.api.v1.bodies import read_object, text, truth
from simulator.api.v1.finding import definition_id, named_definition
from simulator.api.v1.moments import bad_moment, unscheduled
from simulator.api.v1.rest_error import RestError, invalid
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
    return Reply(200, show_definition(_existing(call, engine)))


@operation("getProcessDefinitionByKey")
def get_process_definition_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a key."""
    return Reply(200, show_definition(_existing(call, engine)))


@operation("getProcessDefinitionByKeyAndTenant")
def get_process_definition_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Show the newest version of a tenant's key."""
    return Reply(200, show_definition(_existing(call, engine)))


@operation("getProcessDefinitionXml")
def get_process_definition_xml(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the definition of an id."""
    return _xml(call, engine)


@operation("getProcessDefinitionXmlByKey")
def get_process_definition_xml_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the newest version of a key."""
    return _xml(call, engine)


@operation("getProcessDefinitionXmlByKeyAndTenant")
def get_process_definition_xml_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Give the model of the newest version of a tenant's key."""
    return _xml(call, engine)


def _existing(call: Call, engine: ProcessEngine) -> Definition:
    identity, definition = named_definition(call, engine)
    if definition is None:
        raise RestError(404, "InvalidRequestException", f"No matching definition with id {identity}", 0)
    return definition


def _xml(call: Call, engine: ProcessEngine) -> Reply:
    definition = _existing(call, engine)
    _, content = engine.deployments.deployments[definition.deployment].resources[definition.resource]
    return Reply(200, {"id": definition_id(definition), "bpmn20Xml": content.decode("utf-8", "replace")})


@operation("setProcessDefinitionSuspension")
def set_process_definition_suspension(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the definition of an id; an unknown one is no error."""
    return _suspend(call, engine)


@operation("setProcessDefinitionSuspensionByKey")
def set_process_definition_suspension_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the newest version of a key."""
    return _suspend(call, engine)


@operation("setProcessDefinitionSuspensionByKeyAndTenant")
def set_process_definition_suspension_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Suspend or activate the newest version of a tenant's key."""
    return _suspend(call, engine)


def _suspend(call: Call, engine: ProcessEngine) -> Reply:
    identity, definition = named_definition(call, engine)
    body = read_object(call)
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
