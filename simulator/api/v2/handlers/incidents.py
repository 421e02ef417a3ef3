"""Resolving incidents."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.gateway import Gateway, reference_violation
from simulator.api.v2.kinds import int64
from simulator.api.v2.problems import violations

RESOLUTION = {"operationReference": int64}


@operation("resolveIncident")
def resolve_incident(call: Call, gateway: Gateway) -> Reply:
    """Resolve an incident; the older gateway does not look at a body."""
    if gateway.strict:
        body = gateway.optional_body(call, RESOLUTION)
        if found := reference_violation(body):
            raise violations(found)
    gateway.broker.resolve(gateway.path_key(call, "incidentKey"))
    return Reply(204)
