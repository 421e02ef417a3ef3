"""Starting a process instance, and waiting for its end where that is asked for."""

from collections.abc import Mapping
from typing import Any

from simulator.api.frame import Call, Later, Reply, operation
from simulator.api.v2.bodies import read_json, read_object
from simulator.api.v2.creation_body import (
    BY_ID,
    BY_KEY,
    EITHER,
    check_fields,
    check_selection,
)
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.problems import BODY_MISSING, Problem, bad_request, faulty
from simulator.api.v2.wording import as_problem
from simulator.core.errors import Rejection
from simulator.engine.camunda8.definitions import Definition
from simulator.engine.camunda8.rejections import TooLarge
from simulator.kernel.state import Instance

REQUEST = "Create Process Instance"
COMPLETED = "completed"
MALFORMED = (
    "Received an unexpected error from the broker, code: MALFORMED_REQUEST, message: Request size is above "
    "configured maxMessageSize."
)


@operation("createProcessInstance")
def create_process_instance(call: Call, gateway: Gateway) -> Reply | Later:
    """Start an instance; with `awaitCompletion` the answer comes when it has completed."""
    body = _read(call, gateway)
    tenant = gateway.tenant(body.get("tenantId"), REQUEST)
    key = check_fields(body, gateway)
    size = len(call.body) + gateway.wire.record_overhead
    if size > gateway.wire.message_limit:
        raise Problem(500, "MALFORMED_REQUEST", MALFORMED)
    waits = bool(body.get("awaitCompletion"))
    try:
        definition = gateway.broker.definition(
            body.get("processDefinitionId"), body.get("processDefinitionVersion"), key, tenant
        )
        if 2 * size > gateway.wire.message_limit:
            raise TooLarge
        instance = _start(body, definition, gateway)
    except Rejection as rejection:
        kind = "awaitProcessInstance" if waits else "createProcessInstance"
        raise as_problem(rejection, kind, gateway.wire) from rejection
    if waits:
        return _await(instance, definition, body, gateway)
    return gateway.reply(_shown(instance, definition, {}, gateway))


def _read(call: Call, gateway: Gateway) -> dict[str, Any]:
    """The body; strictly one of the two selectors is looked for before anything else is read."""
    if not gateway.strict:
        return gateway.body(call, EITHER)
    raw = read_json(call)
    if raw is None:
        raise bad_request(BODY_MISSING)
    check_selection(raw if isinstance(raw, dict) else {})
    given = {
        name: value
        for name, value in raw.items()
        if value is not None or name not in ("processDefinitionId", "processDefinitionKey")
    }
    return read_object(given, BY_KEY if "processDefinitionKey" in given else BY_ID, strict=True)


def _start(body: Mapping[str, Any], definition: Definition, gateway: Gateway) -> Instance:
    elements = [each["elementId"] for each in body.get("startInstructions") or ()]
    if gateway.wire.starts_at_process_id and set(elements) == {definition.process_id}:
        elements = []
    tags = tuple(dict.fromkeys(tag or "" for tag in body.get("tags") or ()))
    return gateway.broker.create(
        definition,
        body.get("variables") or {},
        elements=elements,
        tags=tags,
        stop_after=frozenset(each["afterElementId"] for each in body.get("runtimeInstructions") or ()),
    )


def _await(
    instance: Instance, definition: Definition, body: Mapping[str, Any], gateway: Gateway
) -> Reply | Later:
    """The answer once the instance has completed; one that ends otherwise, or not, is waited for until the limit."""
    wanted = body.get("fetchVariables") or ()

    def poll() -> Reply | None:
        if not instance.ended or instance.how != COMPLETED:
            return None
        variables = instance.execution.variables or {}
        found = {name: variables[name] for name in wanted if name in variables} if wanted else variables
        return gateway.reply(_shown(instance, definition, found, gateway))

    limit = gateway.wire.await_seconds
    timeout = body.get("requestTimeout") or 0
    if gateway.wire.request_timeout_counts and timeout > 0:
        limit = timeout / 1000
    problem = faulty(gateway.wire.timed_out)
    return poll() or Later(poll, limit, lambda: problem.reply("/v2/process-instances"))


def _shown(
    instance: Instance, definition: Definition, variables: Mapping[str, Any], gateway: Gateway
) -> dict[str, Any]:
    key = gateway.show_key
    shown = {
        "processDefinitionKey": key(definition.key),
        "processDefinitionId": definition.process.key,
        "processDefinitionVersion": definition.version,
        "processInstanceKey": key(instance.key),
        "tenantId": definition.tenant,
        "variables": variables,
    }
    if gateway.wire.has_tags:
        shown["tags"] = list(instance.tags)
    return shown
