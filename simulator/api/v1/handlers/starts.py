"""Starting process instances: by definition id, by key, by key and tenant."""

from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.bodies import listing, mapping, read_object, text, truth, unreadable
from simulator.api.v1.errors import ANSWERED, start_error
from simulator.api.v1.finding import named_definition
from simulator.api.v1.rest_error import RestError, invalid
from simulator.api.v1.showing import show_instance
from simulator.api.v1.variables import Given, null_variable, read_given, show_variables
from simulator.engine.process_engine import ProcessEngine
from simulator.engine.starts import Start
from simulator.kernel.executions.instructions import Instruction

KINDS = {"startBeforeActivity": "before", "startAfterActivity": "after", "startTransition": "transition"}
FIELDS = {"before": "activityId", "after": "activityId", "transition": "transitionId"}
IGNORED = (
    "ancestorActivityInstanceId",
    "activityInstanceId",
    "transitionInstanceId",
    "activityId",
    "transitionId",
)
CANNOT_SKIP = (
    "ENGINE-13024 Cannot skip custom listeners or input/output mappings when start a process instance at default "
    "start activity."
)


@operation("startProcessInstance")
def start_process_instance(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of a definition given by its id."""
    return _start(call, engine)


@operation("startProcessInstanceByKey")
def start_process_instance_by_key(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a key that belongs to no tenant."""
    return _start(call, engine)


@operation("startProcessInstanceByKeyAndTenant")
def start_process_instance_by_key_and_tenant(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance of the newest version of a tenant's key."""
    return _start(call, engine)


def _start(call: Call, engine: ProcessEngine) -> Reply:
    """Start an instance as a body says, and show it; a key that nothing has counts before the body."""
    identity, definition = named_definition(call, engine)
    body = read_object(call)
    with_variables = truth(body, "withVariablesInReturn") or False
    try:
        asked = read_start(body, identity)
        if definition is None:
            raise unknown_definition(identity)
        started = engine.starts.start(definition, asked)
    except ANSWERED as failure:
        raise start_error(failure, identity) from failure
    shown = show_instance(engine, started.instance, call.base)
    if with_variables:
        shown["variables"] = show_variables(started.variables, deserialize=False)
        for name in started.transient:
            shown["variables"][name]["valueInfo"]["transient"] = True
    return Reply(200, shown)


def read_start(body: dict[str, Any], identity: str) -> Start:
    """Read what a body asks for, in the order in which the REST layer refuses."""
    business_key, case_instance = text(body, "businessKey"), text(body, "caseInstanceId")
    skip_listeners = truth(body, "skipCustomListeners") or False
    skip_mappings = truth(body, "skipIoMappings") or False
    check_shape(body)
    given = read_given(mapping(body, "variables"))
    instructions = read_instructions(listing(body, "startInstructions"), identity)
    if not instructions and (skip_listeners or skip_mappings):
        message = f"Cannot instantiate process definition {identity}: {CANNOT_SKIP}"
        raise RestError(500, "RestException", message, 0)
    return Start(
        variables=given.values,
        transient=given.transient,
        unstorable=given.unstorable,
        business_key=business_key,
        case_instance=case_instance,
        instructions=instructions,
        skip_listeners=skip_listeners,
        skip_mappings=skip_mappings,
    )


def unknown_definition(identity: str) -> RestError:
    """There is no definition with this id, and the start is where that is found out."""
    message = f"no deployed process definition found with id '{identity}': processDefinition is null"
    return RestError(500, "RestException", f"Cannot instantiate process definition {identity}: {message}", 0)


def check_shape(body: dict[str, Any]) -> None:
    """Refuse shapes the JSON reader refuses before anything else is looked at."""
    _check_variables(mapping(body, "variables"))
    for instruction in listing(body, "startInstructions") or ():
        if instruction is None:
            continue
        if not isinstance(instruction, dict) or instruction.get("type") not in (*KINDS, "cancel"):
            raise unreadable()
        for name in IGNORED:
            text(instruction, name)
        truth(instruction, "cancelCurrentActiveActivityInstances")
        for triple in _check_variables(mapping(instruction, "variables")):
            truth(triple, "local")


def _check_variables(variables: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The triples that are there, each of the right shape."""
    triples = [triple for triple in (variables or {}).values() if triple is not None]
    for triple in triples:
        if not isinstance(triple, dict):
            raise unreadable()
        text(triple, "type")
        mapping(triple, "valueInfo")
    return triples


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
        read.append(_instruction(kind, target, mapping(entry, "variables") or {}))
    return tuple(read)


def _instruction(kind: str, target: str, variables: dict[str, Any]) -> Instruction:
    """An instruction with its variables, those marked `local` apart."""
    given, local = Given(), set()
    for name, triple in variables.items():
        if triple is None:
            raise null_variable(name)
        given.take(name, triple)
        if truth(triple, "local"):
            local.add(name)
    return Instruction(
        kind=kind,
        element=target,
        variables={name: value for name, value in given.values.items() if name not in local},
        local={name: value for name, value in given.values.items() if name in local},
        transient=given.transient,
        unstorable=given.unstorable,
    )
