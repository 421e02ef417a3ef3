"""Starting process instances: by definition id, by key, by key and tenant."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import listing, mapping, read_object, text, truth, unreadable
from simulator.api.v1.errors import start_error
from simulator.api.v1.finding import by_key, definition_id, find_definition
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing import show_instance
from simulator.api.v1.variables import BadVariable, read_variable, read_variables, show_variables
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.executions.instructions import Instruction

KINDS = {"startBeforeActivity": "before", "startAfterActivity": "after", "startTransition": "transition"}
FIELDS = {"before": "activityId", "after": "activityId", "transition": "transitionId"}


@operation("startProcessInstance")
def start_process_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of a definition given by its id."""
    body = read_object(call)
    identity = call.path["id"]
    definition = find_definition(engine, identity)
    if definition is None:
        message = f"no deployed process definition found with id '{identity}': processDefinition is null"
        raise RestError(
            500, "RestException", f"Cannot instantiate process definition {identity}: {message}", 0
        )
    return start(call, engine, definition, body)


@operation("startProcessInstanceByKey")
def start_process_instance_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a key that belongs to no tenant."""
    return start(call, engine, by_key(engine, call.path["key"]), read_object(call))


@operation("startProcessInstanceByKeyAndTenant")
def start_process_instance_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a tenant's key."""
    return start(call, engine, by_key(engine, call.path["key"], call.path["tenant-id"]), read_object(call))


def start(call: Call, engine: ProcessEngine, definition: Definition, body: dict[str, Any]) -> Reply:
    """Start an instance as a body says, and show it."""
    identity = definition_id(definition)
    business_key, case_instance = text(body, "businessKey"), text(body, "caseInstanceId")
    skip_listeners = truth(body, "skipCustomListeners") or False
    skip_mappings = truth(body, "skipIoMappings") or False
    with_variables = truth(body, "withVariablesInReturn") or False
    _check_shape(body)
    try:
        variables = read_variables(mapping(body, "variables"))
        instructions = read_instructions(listing(body, "startInstructions"), identity)
        if not instructions and (skip_listeners or skip_mappings):
            raise _cannot_skip(identity)
        instance = engine.start_process(
            definition,
            variables,
            business_key=business_key,
            case_instance=case_instance,
            instructions=instructions,
            skip_listeners=skip_listeners,
            skip_mappings=skip_mappings,
        )
    except Exception as failure:
        raise start_error(failure, identity) from failure
    shown = show_instance(engine, instance, call.base)
    if with_variables:
        shown["variables"] = show_variables(instance.execution.variables or {})
    return Reply(200, shown)


def _cannot_skip(identity: str) -> RestError:
    message = (
        "ENGINE-13024 Cannot skip custom listeners or input/output mappings when start a process instance at default "
        "start activity."
    )
    return RestError(500, "RestException", f"Cannot instantiate process definition {identity}: {message}", 0)


def _check_shape(body: dict[str, Any]) -> None:
    """Refuse shapes the JSON reader refuses before anything else is looked at."""
    for triple in (mapping(body, "variables") or {}).values():
        if triple is not None and not isinstance(triple, dict):
            raise unreadable()
    for instruction in listing(body, "startInstructions") or ():
        if instruction is not None and (
            not isinstance(instruction, dict) or instruction.get("type") not in (*KINDS, "cancel")
        ):
            raise unreadable()


def read_instructions(listed: list[Any] | None, identity: str) -> tuple[Instruction, ...]:
    """Read start instructions; those of type `cancel` are dropped."""
    read = []
    for entry in listed or ():
        if entry is None:
            raise RestError(
                500, "NullPointerException", 'Cannot invoke a method because "instruction" is null'
            )
        kind = KINDS.get(entry["type"])
        if kind is None:
            continue
        target = text(entry, FIELDS[kind])
        if target is None:
            prefix = f"Cannot instantiate process definition {identity}: "
            raise invalid(f"{prefix}For instruction type '{entry['type']}': '{FIELDS[kind]}' must be set")
        variables, local = _split(mapping(entry, "variables") or {})
        read.append(Instruction(kind=kind, element=target, variables=variables, local=local))
    return tuple(read)


def _split(variables: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """An instruction's variables: those for the process, and those marked `local`."""
    outer: dict[str, Any] = {}
    local: dict[str, Any] = {}
    for name, triple in variables.items():
        if not isinstance(triple, dict):
            raise unreadable()
        into = local if truth(triple, "local") else outer
        into[name] = read_variable(name, triple)
    return outer, local


__all__ = ["BadVariable", "read_instructions", "start"]
