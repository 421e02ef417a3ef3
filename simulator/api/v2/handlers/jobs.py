"""Work for job workers."""

from collections.abc import Mapping
from typing import Any

from simulator.api.frame import Call, Later, Reply, operation
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import anything, document, int32, int64, listing, shape, text
from simulator.api.v2.problems import invalid, violations
from simulator.api.v2.wording import as_problem
from simulator.engine.camunda8.rejections import DeadlineTooFar
from simulator.kernel.state import Work

ACTIVATION = {
    "type": text,
    "timeout": int64,
    "maxJobsToActivate": int32,
    "worker": text,
    "fetchVariable": listing(text),
    "requestTimeout": int64,
    "tenantIds": listing(text),
}
COMPLETION = {"variables": document, "result": anything}
FAILURE = {"retries": int32, "errorMessage": text, "retryBackOff": int64, "variables": document}
ERROR = {"errorCode": text, "errorMessage": text, "variables": document}
UPDATE = {"changeset": shape({"retries": int32, "timeout": int64}), "operationReference": int64}


@operation("activateJobs")
def activate_jobs(call: Call, gateway: Gateway) -> Reply | Later:
    """Hand out jobs of a type; where there are none the answer waits for some, unless told not to."""
    body = gateway.body(call, ACTIVATION)
    _check_activation(body, gateway)
    wanted = body.get("fetchVariable") or ()
    tenants = gateway.tenants(body.get("tenantIds"))
    worker = body.get("worker") or ""

    def poll() -> Reply | None:
        try:
            found = gateway.broker.jobs.activate(
                body["type"],
                worker=worker,
                timeout=body["timeout"],
                at_most=body["maxJobsToActivate"],
                tenants=tenants,
            )
        except DeadlineTooFar as rejection:
            return as_problem(rejection, "activateJobs", gateway.wire).reply("/v2/jobs/activation")
        return gateway.reply({"jobs": [_shown(job, wanted, gateway) for job in found]}) if found else None

    timeout = body.get("requestTimeout") or 0
    none = gateway.reply({"jobs": []})
    if timeout < 0:
        return poll() or none
    seconds = timeout / 1000 if timeout else gateway.wire.activation_seconds
    return poll() or Later(poll, seconds, lambda: none)


def _check_activation(body: Mapping[str, Any], gateway: Gateway) -> None:
    found = [] if (body.get("type") or "").strip() else ["No type provided"]
    timeout, most = body.get("timeout"), body.get("maxJobsToActivate")
    if timeout is None:
        found.append("No timeout provided")
    elif timeout < 1:
        found.append(f"The value for timeout is '{timeout}' but must be greater than 0")
    if most is None:
        found.append("No maxJobsToActivate provided")
    elif most < 1:
        said = timeout if gateway.wire.timeout_before_limit else most
        found.append(f"The value for maxJobsToActivate is '{said}' but must be greater than 0")
    if found:
        raise violations(found)


def _shown(job: Work, wanted: Any, gateway: Gateway) -> dict[str, Any]:
    key = gateway.show_key
    facts, execution = job.facts, job.execution
    instance = execution.instance
    definition = gateway.broker.definitions.known[instance.definition]
    visible = execution.visible()
    variables = {name: visible[name] for name in wanted if name in visible} if wanted else visible
    shown = {
        gateway.wire.job_key: key(job.key),
        "type": facts["type"],
        "processInstanceKey": key(instance.key),
        "processDefinitionId": definition.process_id,
        "processDefinitionVersion": definition.version,
        "processDefinitionKey": key(definition.key),
        "elementId": job.node.id,
        "elementInstanceKey": key(execution.key),
        "customHeaders": facts["headers"],
        "worker": facts["worker"],
        "retries": facts["retries"],
        "deadline": facts["deadline"],
        "variables": variables,
        "tenantId": definition.tenant,
    }
    if gateway.wire.job_kinds:
        shown |= {"kind": "BPMN_ELEMENT", "listenerEventType": "UNSPECIFIED", "tags": list(instance.tags)}
    return shown


@operation("completeJob")
def complete_job(call: Call, gateway: Gateway) -> Reply:
    """A worker is done."""
    body = gateway.optional_body(call, COMPLETION)
    gateway.broker.jobs.complete(gateway.path_key(call, "jobKey"), body.get("variables") or {})
    return Reply(204)


@operation("failJob")
def fail_job(call: Call, gateway: Gateway) -> Reply:
    """A worker gives up."""
    body = gateway.optional_body(call, FAILURE)
    gateway.broker.jobs.fail(
        gateway.path_key(call, "jobKey"),
        body.get("retries") or 0,
        body.get("errorMessage"),
        back_off=body.get("retryBackOff") or 0,
        variables=body.get("variables") or {},
    )
    return Reply(204)


@operation("throwJobError")
def throw_job_error(call: Call, gateway: Gateway) -> Reply:
    """A worker throws an error."""
    body = gateway.body(call, ERROR)
    code = body.get("errorCode") or ""
    if not code.strip():
        raise invalid("No errorCode provided.")
    key = gateway.path_key(call, "jobKey")
    gateway.broker.jobs.throw_error(key, code, body.get("errorMessage"), body.get("variables") or {})
    return Reply(204)


@operation("updateJob")
def update_job(call: Call, gateway: Gateway) -> Reply:
    """Change a job's retries or the time its worker has."""
    changes = gateway.body(call, UPDATE).get("changeset") or {}
    retries, timeout = changes.get("retries"), changes.get("timeout")
    if retries is None and timeout is None:
        raise invalid("At least one of [retries, timeout] is required.")
    gateway.broker.jobs.update(gateway.path_key(call, "jobKey"), retries, timeout)
    return Reply(204)
