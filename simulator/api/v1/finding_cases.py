"""Finding the case definition that a path names."""

from simulator.api.frame import Call
from simulator.api.v1.finding import versioned_id
from simulator.api.v1.ids import read_id
from simulator.api.v1.rest_error import RestError
from simulator.engine.case_definitions import CaseDefinition
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Execution


def case_definition_id(definition: CaseDefinition) -> str:
    """The id of a case definition."""
    return versioned_id(definition.case_key, definition.version, definition.key)


def case_definition_of(engine: ProcessEngine, execution: Execution) -> CaseDefinition:
    """The definition that an execution of a case belongs to."""
    return engine.cases.definitions.by_key[execution.instance.definition]


def find_case_definition(engine: ProcessEngine, identity: str) -> CaseDefinition | None:
    """The case definition with an id."""
    found = engine.cases.definitions.by_key.get(read_id(identity.rpartition(":")[2]))
    return found if found is not None and case_definition_id(found) == identity else None


def case_by_key(engine: ProcessEngine, key: str, tenant: str | None = None) -> CaseDefinition:
    """The newest version of a key, of a tenant or of none; raises `RestError` 404."""
    found = engine.cases.definitions.newest(key, tenant)
    if found is None:
        whose = "no tenant-id" if tenant is None else f"tenant-id: {tenant}"
        raise RestError(404, "RestException", f"No matching case definition with key: {key} and {whose}")
    return found


def named_case(call: Call, engine: ProcessEngine) -> tuple[str, CaseDefinition | None]:
    """The id that a path gives or means, and its definition, as `finding.named_definition` does it."""
    identity = call.path.get("id")
    if identity is not None:
        return identity, find_case_definition(engine, identity)
    definition = case_by_key(engine, call.path["key"], call.path.get("tenant-id"))
    return case_definition_id(definition), definition
