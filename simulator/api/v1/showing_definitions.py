"""What deployments and process definitions look like on the wire."""

from typing import Any

from simulator.api.v1.finding import definition_id
from simulator.api.v1.finding_cases import case_definition_id
from simulator.api.v1.ids import show_id
from simulator.api.v1.showing import show_time
from simulator.api.v1.showing_cases import show_case_definition
from simulator.engine.deployments import Definition, Deployment


def show_definition(definition: Definition, *, as_deployed: bool = False) -> dict[str, Any]:
    """A process definition; one just deployed shows itself active whatever will be."""
    process = definition.process
    return {
        "id": definition_id(definition),
        "key": definition.process_key,
        "category": definition.category,
        "description": process.documentation,
        "name": process.name,
        "version": definition.version,
        "resource": definition.resource,
        "deploymentId": show_id(definition.deployment),
        "diagram": definition.diagram,
        "suspended": definition.suspended and not as_deployed,
        "tenantId": definition.tenant,
        "versionTag": process.version_tag,
        "historyTimeToLive": process.history_time_to_live,
        "startableInTasklist": process.startable,
    }


def show_deployment(deployment: Deployment) -> dict[str, Any]:
    """A deployment in a list."""
    return {
        "links": [],
        "id": show_id(deployment.key),
        "name": deployment.name,
        "source": deployment.source,
        "deploymentTime": show_time(deployment.time),
        "tenantId": deployment.tenant,
    }


def show_deployed(deployment: Deployment, base: str, *, new: bool) -> dict[str, Any]:
    """A deployment that was just asked for, with its link and, where it is new, the definitions it brought."""
    shown = show_deployment(deployment)
    link = {"method": "GET", "href": f"{base}/deployment/{shown['id']}", "rel": "self"}
    definitions = {definition_id(d): show_definition(d, as_deployed=True) for d in deployment.definitions}
    cases = {case_definition_id(each): show_case_definition(each) for each in deployment.cases}
    return {
        **shown,
        "links": [link],
        "deployedProcessDefinitions": definitions if new and definitions else None,
        "deployedCaseDefinitions": cases if new and cases else None,
        "deployedDecisionDefinitions": None,
        "deployedDecisionRequirementsDefinitions": None,
    }


def show_resources(deployment: Deployment) -> list[dict[str, Any]]:
    """The files of a deployment."""
    return [
        {"id": show_id(key), "name": name, "deploymentId": show_id(deployment.key)}
        for name, (key, _) in deployment.resources.items()
    ]
