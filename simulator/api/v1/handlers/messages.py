"""Messages: correlated to the one execution or definition that waits for them, or to all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import mapping, read_object, text, truth
from simulator.api.v1.failing import wrapped
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing import show_instance
from simulator.api.v1.showing_work import show_execution
from simulator.api.v1.variables import BadVariable, read_variables, show_variables
from simulator.core.java import java_text
from simulator.engine.correlation import Correlated, MessageQuery, Payload
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.rejections import NotCorrelated

MISMATCH = "org.camunda.bpm.engine.MismatchingMessageCorrelationException"
MAPS = (
    "correlationKeys",
    "localCorrelationKeys",
    "processVariables",
    "processVariablesLocal",
    "processVariablesToTriggeredScope",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a request wants to happen and to be told."""

    every: bool
    told: bool
    with_variables: bool


@operation("correlateMessage")
def correlate_message(call: Call, engine: ProcessEngine) -> Reply:
    """Correlate a message."""
    body = read_object(call)
    wanted = Wanted(
        every=truth(body, "all") or False,
        told=truth(body, "resultEnabled") or False,
        with_variables=truth(body, "variablesInResultEnabled") or False,
    )
    query, payload = _read(body, wanted)
    try:
        if wanted.every:
            results = engine.correlation.correlate_all(query, payload)
        else:
            results = [engine.correlation.correlate(query, payload)]
    except NotCorrelated as failure:
        raise _mismatch(failure, query, body) from failure
    if not wanted.told:
        return Reply(204)
    return Reply(200, [_show(engine, result, call.base, wanted) for result in results])


def _read(body: Mapping[str, Any], wanted: Wanted) -> tuple[MessageQuery, Payload]:
    name, business_key, instance = (
        text(body, n) for n in ("messageName", "businessKey", "processInstanceId")
    )
    tenant, without = text(body, "tenantId"), truth(body, "withoutTenantId") or False
    maps = {each: mapping(body, each) for each in MAPS}
    if name is None:
        raise invalid("No message name supplied")
    if tenant is not None and without:
        raise invalid("Parameter 'tenantId' cannot be used together with parameter 'withoutTenantId'.")
    if wanted.with_variables and not wanted.told:
        message = "Parameter 'variablesInResultEnabled' cannot be used without 'resultEnabled' set to true."
        raise invalid(message)
    try:
        read = {each: read_variables(given) for each, given in maps.items()}
    except BadVariable as failure:
        raise wrapped(failure, "Cannot deliver message: ") from failure
    if instance is not None and (tenant is not None or without):
        message = (
            "ENGINE-13028 Cannot specify a tenant-id when correlate a message to a single process instance."
        )
        raise RestError(400, "BadUserRequestException", message, 0)
    query = MessageQuery(
        name=name,
        business_key=business_key,
        instance=None if instance is None else read_id(instance),
        keys=read["correlationKeys"],
        local_keys=read["localCorrelationKeys"],
        tenant=tenant,
        any_tenant=tenant is None and not without,
    )
    payload = Payload(
        variables=read["processVariables"],
        local=read["processVariablesLocal"],
        triggered=read["processVariablesToTriggeredScope"],
    )
    return query, payload


def _mismatch(failure: NotCorrelated, query: MessageQuery, body: Mapping[str, Any]) -> RestError:
    if failure.what == "definition":
        found = f"{failure.several} message start event subscriptions matched"
        text_ = f"ENGINE-13030 Cannot correlate a message with name '{query.name}' to a single process definition. "
        text_ += f"{found} the correlation keys: {_correlation_set(query, body)}"
    elif failure.several:
        text_ = f"ENGINE-13031 Cannot correlate a message with name '{query.name}' to a single execution. "
        text_ += f"{failure.several} executions match the correlation keys: {_correlation_set(query, body)}"
    else:
        text_ = f"Cannot correlate message '{query.name}': No process definition or execution matches the parameters"
    return RestError(400, "RestException", f"{MISMATCH}: {text_}", 0)


def _correlation_set(query: MessageQuery, body: Mapping[str, Any]) -> str:
    parts = {
        "businessKey": _null(query.business_key),
        "processInstanceId": _null(text(body, "processInstanceId")),
        "processDefinitionId": "null",
        "correlationKeys": _keys(query.keys),
        "localCorrelationKeys": _keys(query.local_keys),
        "tenantId": _null(query.tenant),
        "isTenantIdSet": "false" if query.any_tenant else "true",
        "isExecutionsOnly": "false",
    }
    return f"CorrelationSet [{', '.join(f'{name}={value}' for name, value in parts.items())}]"


def _null(value: str | None) -> str:
    return "null" if value is None else value


def _keys(keys: Mapping[str, Any]) -> str:
    if not keys:
        return "null"
    lines = (
        f"  {name} => Untyped value '{java_text(value)}', isTransient = false\n"
        for name, value in keys.items()
    )
    return "{\n" + "".join(lines) + "}"


def _show(engine: ProcessEngine, result: Correlated, base: str, wanted: Wanted) -> dict[str, Any]:
    execution, instance = result.execution, result.instance
    shown: dict[str, Any] = {
        "resultType": "ProcessDefinition" if execution is None else "Execution",
        "execution": None,
        "processInstance": None,
    }
    if execution is None:
        shown["processInstance"] = show_instance(engine, instance, base)
    else:
        shown["execution"] = show_execution(execution, ended=execution.key not in engine.state.executions)
    if wanted.with_variables:
        shown["variables"] = show_variables(instance.execution.variables or {})
    return shown
