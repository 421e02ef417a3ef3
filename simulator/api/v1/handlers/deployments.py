"""Deployments: creating, listing, showing, deleting."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.multipart import read_parts
from simulator.api.v1.showing import show_deployment
from simulator.engine.process_engine import ProcessEngine


@operation("createDeployment")
def create_deployment(call: Call, engine: ProcessEngine) -> Reply:
    """Deploy the files of a form."""
    resources: dict[str, bytes] = {}
    fields: dict[str, str] = {}
    for part in read_parts(call):
        if part.filename is not None:
            resources[part.filename] = part.content
        else:
            fields[part.name] = part.content.decode("utf-8", "replace")
    deployment = engine.deploying.deploy(
        resources,
        name=fields.get("deployment-name"),
        source=fields.get("deployment-source"),
        tenant=fields.get("tenant-id") or None,
    )
    return Reply(200, show_deployment(engine, deployment, call.base))
