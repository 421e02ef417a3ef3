"""Executions: the nodes of an instance's tree, with their variables."""

from collections.abc import Iterable

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object
from simulator.api.v1.errors import ANSWERED
from simulator.api.v1.execution_filters import EXECUTIONS
from simulator.api.v1.failing import wrapped
from simulator.api.v1.finding_work import find_execution
from simulator.api.v1.held_variables import VariableResource
from simulator.api.v1.ids import read_id
from simulator.api.v1.querying import Query
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing_work import show_execution
from simulator.api.v1.variables import read_variables
from simulator.engine import executions
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Execution

LOCAL = VariableResource("execution", lambda execution: execution.variables or {})


@operation("listExecutions")
def list_executions(call: Call, engine: ProcessEngine) -> Reply:
    """List executions of running instances."""
    query = EXECUTIONS.read(call, engine)
    return Reply(200, [show_execution(execution) for execution in query.find(_candidates(query))])


def _candidates(query: Query) -> Iterable[Execution]:
    state = query.engine.state
    wanted = query.values.get("processInstanceId")
    if wanted is None:
        return list(state.executions.values())
    instance = state.instances.get(read_id(wanted))
    return () if instance is None or instance.ended else instance.execution.subtree()


@operation("getExecution")
def get_execution(call: Call, engine: ProcessEngine) -> Reply:
    """Show one execution."""
    missing = invalid(f"Execution with id {call.path['id']} does not exist", 404)
    return Reply(200, show_execution(find_execution(engine, call.path["id"], missing)))


@operation("signalExecution")
def signal_execution(call: Call, engine: ProcessEngine) -> Reply:
    """Trigger an execution from outside: what it waits at is left."""
    given = mapping(read_object(call), "variables")
    identity = call.path["id"]
    try:
        variables = read_variables(given)
        execution = find_execution(engine, identity, _missing(identity))
        if execution.node is None:
            message = f"cannot signal execution {identity}: it has no current activity"
            raise ModelFailure(message)
        executions.trigger(engine, execution, variables)
    except ANSWERED as failure:
        raise wrapped(failure, f"Cannot signal execution {identity}: ") from failure
    return Reply(204)


@operation("listExecutionLocalVariables")
def list_execution_local_variables(call: Call, engine: ProcessEngine) -> Reply:
    """Show an execution's own variables."""
    return LOCAL.show_all(call, _known(call, engine))


@operation("getExecutionLocalVariable")
def get_execution_local_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Show one of an execution's own variables."""
    try:
        return LOCAL.show_one(call, _known(call, engine))
    except ANSWERED as failure:
        raise LOCAL.refused(call, "get", failure) from failure


@operation("setExecutionLocalVariable")
def set_execution_local_variable(call: Call, engine: ProcessEngine) -> Reply:
    """Write a variable on an execution itself."""
    value = LOCAL.read_one(call)
    try:
        engine.change_variables(_known(call, engine), {call.path["varName"]: value})
    except ANSWERED as failure:
        raise LOCAL.refused(call, "put", failure) from failure
    return Reply(204)


def _known(call: Call, engine: ProcessEngine) -> Execution:
    return find_execution(engine, call.path["id"], LOCAL.missing(call.path["id"]))


def _missing(identity: str) -> RestError:
    message = f"execution {identity} doesn't exist: execution is null"
    return RestError(400, "BadUserRequestException", message, 0)
