"""Finding the process definition that a path names."""

from simulator.api.frame import Call
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.rest_error import RestError
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine


def definition_id(definition: Definition) -> str:
    """A definition's id: key, version and a generated id; only the latter where that gets too long."""
    return versioned_id(definition.process_key, definition.version, definition.key)


def versioned_id(name: str, version: int, key: int) -> str:
    """The id of a version of a process or case."""
    generated = show_id(key)
    named = f"{name}:{version}:{generated}"
    return named if len(named) <= 64 else generated


def find_definition(engine: ProcessEngine, identity: str) -> Definition | None:
    """The definition with an id."""
    found = engine.deployments.definitions.get(read_id(identity.rpartition(":")[2]))
    return found if found is not None and not found.deleted and definition_id(found) == identity else None


def named_definition(call: Call, engine: ProcessEngine) -> tuple[str, Definition | None]:
    """The id that a path gives or means, and its definition, None where no definition has the given id.

    A path without an id names the newest version of a key, of a tenant or of none; raises `RestError` 404 where
    there is none.
    """
    identity = call.path.get("id")
    if identity is not None:
        return identity, find_definition(engine, identity)
    definition = by_key(engine, call.path["key"], call.path.get("tenant-id"))
    return definition_id(definition), definition


def by_key(engine: ProcessEngine, key: str, tenant: str | None = None) -> Definition:
    """The newest version of a key, of a tenant or of none; raises `RestError` 404."""
    found = engine.deployments.newest(key, tenant)
    if found is None:
        whose = "no tenant-id" if tenant is None else f"tenant-id: {tenant}"
        message = f"No matching process definition with key: {key} and {whose}"
        raise RestError(404, "RestException", message)
    return found
