"""Resources in, resources out."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.multipart import read_parts
from simulator.api.v2.gateway import Gateway, reference_violation
from simulator.api.v2.kinds import int64
from simulator.api.v2.problems import bad_request, violations

DELETION = {"operationReference": int64}


@operation("createDeployment")
def create_deployment(call: Call, gateway: Gateway) -> Reply:
    """Deploy files; parts of other names are passed over."""
    if len(call.body) > gateway.wire.message_limit:
        return Reply(413)
    resources: list[tuple[str, bytes]] = []
    tenant: str | None = None
    for part in read_parts(call):
        if part.name == "resources" and part.filename is not None:
            resources.append((part.filename, part.content))
        elif part.name == "tenantId":
            tenant = part.content.decode("utf-8", "replace")
    if not resources:
        raise bad_request("Required part 'resources' is not present.")
    tenant = gateway.tenant(tenant, "Deploy Resources")
    deployment = gateway.broker.deploying.deploy(resources, tenant)
    key = gateway.show_key
    deployed = [
        {
            "processDefinition": {
                "processDefinitionId": each.process_id,
                "processDefinitionVersion": each.version,
                "processDefinitionKey": key(each.key),
                "resourceName": each.resource,
                "tenantId": each.tenant,
            }
        }
        for each in deployment.definitions
    ]
    return gateway.reply(
        {"deploymentKey": key(deployment.key), "deployments": deployed, "tenantId": deployment.tenant}
    )


@operation("deleteResource")
def delete_resource(call: Call, gateway: Gateway) -> Reply:
    """Delete a process definition."""
    body = gateway.optional_body(call, DELETION)
    if found := reference_violation(body):
        raise violations(found)
    gateway.broker.deploying.delete(gateway.path_key(call, "resourceKey"))
    return Reply(gateway.wire.deletion_status)
