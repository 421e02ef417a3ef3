"""Commands to process instances and their scopes."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.gateway import Gateway, reference_violation
from simulator.api.v2.kinds import anything, document, int64, listing, truth
from simulator.api.v2.problems import Problem, violations

CANCELLATION = {"operationReference": int64}
MODIFICATION = {
    "operationReference": int64,
    "activateInstructions": listing(anything),
    "terminateInstructions": listing(anything),
    "moveInstructions": listing(anything),
}
VARIABLES = {"variables": document, "local": truth, "operationReference": int64}
INSTRUCTIONS = ("activateInstructions", "terminateInstructions", "moveInstructions")


@operation("cancelProcessInstance")
def cancel_process_instance(call: Call, gateway: Gateway) -> Reply:
    """Cancel an instance that nobody called."""
    body = gateway.optional_body(call, CANCELLATION)
    if found := reference_violation(body):
        raise violations(found)
    gateway.broker.cancel(gateway.path_key(call, "processInstanceKey"))
    return Reply(204)


@operation("modifyProcessInstance")
def modify_process_instance(call: Call, gateway: Gateway) -> Reply:
    """Say whether an instance runs; instructions are not carried out."""
    body = gateway.body(call, MODIFICATION)
    if found := reference_violation(body):
        raise violations(found)
    gateway.broker.instance(gateway.path_key(call, "processInstanceKey"))
    if any(body.get(name) for name in INSTRUCTIONS):
        raise Problem(501, "Not Implemented", "the simulator does not carry out modification instructions")
    return Reply(204)


@operation("createElementInstanceVariables")
def create_element_instance_variables(call: Call, gateway: Gateway) -> Reply:
    """Set variables of an element instance or process instance."""
    body = gateway.body(call, VARIABLES)
    variables = body.get("variables")
    found = [] if variables else ["No variables provided"]
    found += reference_violation(body)
    if found:
        raise violations(found)
    key = gateway.path_key(call, "elementInstanceKey")
    gateway.broker.set_variables(key, variables or {}, local=bool(body.get("local")))
    return Reply(204)
