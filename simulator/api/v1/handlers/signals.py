"""Signals: to all who wait for them, or to one execution."""

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text, truth
from simulator.api.v1.errors import as_rest_error
from simulator.api.v1.finding_work import find_execution
from simulator.api.v1.querying import null_value
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.variables import read_variables
from simulator.engine.correlation import Payload
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import DefinitionSuspended


@operation("throwSignal")
def throw_signal(call: Call, engine: ProcessEngine) -> Reply:
    """Throw a signal."""
    body = read_object(call)
    name, receiver, tenant = (text(body, each) for each in ("name", "executionId", "tenantId"))
    without, given = truth(body, "withoutTenantId") or False, mapping(body, "variables")
    if name is None:
        raise invalid("No signal name given")
    variables = read_variables(given)
    if receiver is not None:
        if tenant is not None or without:
            message = "ENGINE-13027 Cannot specify a tenant-id when deliver a signal to a single execution."
            raise RestError(400, "BadUserRequestException", message, 0)
        _deliver(engine, name, receiver, Payload(variables=variables))
        return Reply(204)
    anyone = tenant is None and not without
    wanted = None if without else tenant
    try:
        engine.correlation.broadcast(name, variables, lambda theirs: anyone or theirs == wanted)
    except DefinitionSuspended as failure:
        raise as_rest_error(failure) from failure
    return Reply(204)


def _deliver(engine: ProcessEngine, name: str, receiver: str, payload: Payload) -> None:
    missing = null_value(f"Cannot find execution with id '{receiver}': execution is null")
    execution = find_execution(engine, receiver, missing)
    waiting = [s for s in execution.subscriptions or () if s.kind == "signal" and s.name == name]
    if not waiting:
        message = f"Execution '{receiver}' has not subscribed to a signal event with name '{name}'. is empty"
        raise RestError(500, "RestException", message, 0)
    engine.correlation.deliver_to_all(waiting, (), payload)
