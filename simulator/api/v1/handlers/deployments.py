"""Deployments: creating, listing, showing, deleting."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.multipart import BoundaryMissing, NotAForm, Part, read_parts
from simulator.api.v1.asking_definitions import DEPLOYMENTS
from simulator.api.v1.ids import read_id
from simulator.api.v1.moments import bad_moment, unscheduled
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_definitions import show_deployed, show_deployment, show_resources
from simulator.engine.deploying import Filtering
from simulator.engine.deployments import Deployment
from simulator.engine.process_engine import ProcessEngine

FIELDS = (
    "deployment-name", "deployment-source", "deployment-activation-time", "tenant-id",
    "enable-duplicate-filtering", "deploy-changed-only",
)  # fmt: skip


@operation("createDeployment")
def create_deployment(call: Call, engine: ProcessEngine) -> Reply:
    """Deploy the files of a form; of parts of one name the last counts."""
    parts = {part.name: part for part in _read_form(call)}
    fields = {name: parts[name].text for name in FIELDS if name in parts}
    _refuse_moment(fields.get("deployment-activation-time"))
    files = read_files([part for name, part in parts.items() if name not in FIELDS])
    deployed = engine.deploying.deploy(
        files,
        name=fields.get("deployment-name"),
        source=fields.get("deployment-source"),
        tenant=fields.get("tenant-id"),
        filtered=_filtering(fields),
    )
    return Reply(200, show_deployed(deployed.deployment, call.base, new=deployed.new))


def _read_form(call: Call) -> list[Part]:
    """The parts of a form; raises `RestError`."""
    try:
        return read_parts(call)
    except NotAForm:
        raise RestError(415, "NotSupportedException", "HTTP 415 Unsupported Media Type") from None
    except BoundaryMissing:
        raise RestError(400, "RestException", "multipart/form-data cannot be processed") from None


def read_files(parts: list[Part]) -> dict[str, bytes]:
    """The files of a form by their names; raises `RestError` 400 where one has none, or there is none."""
    for part in parts:
        if part.filename is None:
            raise invalid("No file name found in the deployment resource described by form parameter 'null'.")
    if not parts:
        raise invalid("No deployment resources contained in the form upload.")
    return {part.filename: part.content for part in parts if part.filename is not None}


def _refuse_moment(text: str | None) -> None:
    """Refuse a deployment that is to become active later; an empty time is none."""
    if not text:
        return
    wrong = bad_moment(text)
    if wrong is not None:
        raise RestError(500, "IllegalArgumentException", wrong)
    raise unscheduled("an activation")


def _filtering(fields: dict[str, str]) -> Filtering:
    if fields.get("deploy-changed-only", "").lower() == "true":
        return Filtering.EACH_UNCHANGED
    filtered = fields.get("enable-duplicate-filtering", "").lower() == "true"
    return Filtering.UNCHANGED if filtered else Filtering.NONE


@operation("listDeployments")
def list_deployments(call: Call, engine: ProcessEngine) -> Reply:
    """List deployments."""
    found = DEPLOYMENTS.read(call, engine).find(engine.deployments.deployments.values())
    return Reply(200, [show_deployment(each) for each in found])


@operation("countDeployments")
def count_deployments(call: Call, engine: ProcessEngine) -> Reply:
    """Count deployments."""
    query = DEPLOYMENTS.read(call, engine, paged=False)
    return Reply(200, {"count": query.count(engine.deployments.deployments.values())})


@operation("getDeployment")
def get_deployment(call: Call, engine: ProcessEngine) -> Reply:
    """Show one deployment."""
    message = f"Deployment with id '{call.path['id']}' does not exist"
    return Reply(200, show_deployment(_find(call, engine, message)))


@operation("listDeploymentResources")
def list_deployment_resources(call: Call, engine: ProcessEngine) -> Reply:
    """List the files of a deployment."""
    message = f"Deployment resources for deployment id '{call.path['id']}' do not exist."
    return Reply(200, show_resources(_find(call, engine, message)))


@operation("deleteDeployment")
def delete_deployment(call: Call, engine: ProcessEngine) -> Reply:
    """Delete a deployment, with all that runs of it where `cascade` is exactly `true`."""
    deployment = _find(call, engine, f"Deployment with id '{call.path['id']}' do not exist")
    engine.deploying.delete(
        deployment,
        cascade=call.parameter("cascade") == "true",
        skip_listeners=call.parameter("skipCustomListeners") == "true",
        skip_mappings=call.parameter("skipIoMappings") == "true",
    )
    return Reply(204)


def _find(call: Call, engine: ProcessEngine, missing: str) -> Deployment:
    found = engine.deployments.deployments.get(read_id(call.path["id"]))
    if found is None:
        raise invalid(missing, 404)
    return found
