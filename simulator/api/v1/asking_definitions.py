"""What deployments and process definitions can be asked (GET /deployment, GET /process-definition)."""

from collections.abc import Iterable
from typing import Any

from simulator.api.v1.asking_instances import INCIDENT_TESTS
from simulator.api.v1.filters import (
    after,
    before,
    equals,
    flag,
    like,
    one_of,
    option,
    tenants,
)
from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import read_id, show_id
from simulator.api.v1.query_forms import DATE, INTEGER, TEXT, TRUTH
from simulator.api.v1.querying import Filter, Query, Queryable, Test, engine_failure
from simulator.api.v1.rest_error import invalid
from simulator.engine.deployments import Definition
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Incident


def _without_source(query: Query, value: bool) -> Iterable[Test]:
    if value and "source" in query.values:
        raise invalid('The query parameters "withoutSource" and "source" cannot be used in combination.')
    if value:
        yield lambda row: row.source is None


DEPLOYMENTS = Queryable(
    filters=(
        Filter("withoutSource", TRUTH, _without_source),
        equals("id", lambda _engine, row: row.key, read=read_id),
        equals("name", lambda _engine, row: row.name),
        like("nameLike", lambda _engine, row: row.name),
        equals("source", lambda _engine, row: row.source),
        before("before", lambda _engine, row: row.time),
        after("after", lambda _engine, row: row.time),
        tenants("includeDeploymentsWithoutTenantId"),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        option("includeDeploymentsWithoutTenantId"),
    ),
    sorts={
        "id": lambda _engine, row: row.key,
        "name": lambda _engine, row: row.name,
        "deploymentTime": lambda _engine, row: row.time,
        "tenantId": lambda _engine, row: row.tenant,
    },
    identity=lambda row: row.key,
)


def _deployed(engine: ProcessEngine, row: Definition) -> int:
    return engine.deployments.deployments[row.deployment].time


def _version(name: str) -> Filter:
    def ask(query: Query, value: int) -> Iterable[Test]:
        if value <= 0:
            raise engine_failure(f"version is {'negative' if value < 0 else 'not greater than 0'}")
        yield lambda row: row.version == value

    return Filter(name, INTEGER, ask)


def _newest(name: str) -> Filter:
    def ask(query: Query, value: bool) -> Iterable[Test]:
        if not value:
            return
        if any(given in query.values for given in ("processDefinitionId", "version", "ver", "deploymentId")):
            query.refused = engine_failure(
                "Calling latest() can only be used in combination with key(String) and keyLike(String) or name(String) "
                "and nameLike(String)"
            )
        newest = query.engine.deployments.newest
        yield lambda row: newest(row.process_key, row.tenant) is row

    return Filter(name, TRUTH, ask)


def _version_tag(query: Query, value: str) -> Iterable[Test]:
    if not query.holds("withoutVersionTag"):
        yield lambda row: row.process.version_tag == value


def _incidents(engine: ProcessEngine, row: Definition) -> Iterable[Incident]:
    """The open incidents of a definition's instances."""
    found = engine.state.incidents.values()
    return (each for each in found if each.execution.instance.definition == row.key)


def _incident(name: str) -> Filter:
    def ask(query: Query, value: str) -> Iterable[Test]:
        fits, engine = INCIDENT_TESTS[name](value), query.engine
        yield lambda row: any(fits(incident) for incident in _incidents(engine, row))

    return Filter(name, TEXT, ask)


def _nobody(query: Query, value: Any) -> Iterable[Test]:
    """Whoever asks may start what names no candidates; the simulator knows no candidates."""
    yield lambda _row: False


DEFINITIONS = Queryable(
    filters=(
        equals("processDefinitionId", lambda _engine, row: definition_id(row)),
        one_of("processDefinitionIdIn", lambda _engine, row: definition_id(row), "ids"),
        equals("category", lambda _engine, row: row.category),
        like("categoryLike", lambda _engine, row: row.category),
        equals("name", lambda _engine, row: row.process.name),
        like("nameLike", lambda _engine, row: row.process.name),
        equals("deploymentId", lambda _engine, row: show_id(row.deployment)),
        after("deployedAfter", _deployed),
        equals("deployedAt", _deployed, DATE),
        equals("key", lambda _engine, row: row.process_key),
        one_of("keysIn", lambda _engine, row: row.process_key, "processDefinitionKeys"),
        like("keyLike", lambda _engine, row: row.process_key),
        equals("resourceName", lambda _engine, row: row.resource),
        like("resourceNameLike", lambda _engine, row: row.resource),
        _version("version"),
        _version("ver"),
        _newest("latestVersion"),
        _newest("latest"),
        Filter("startableBy", TEXT, _nobody),
        flag("active", lambda _engine, row: not row.suspended),
        flag("suspended", lambda _engine, row: row.suspended),
        *(
            _incident(name)
            for name in ("incidentId", "incidentType", "incidentMessage", "incidentMessageLike")
        ),
        tenants("includeProcessDefinitionsWithoutTenantId"),
        flag("withoutTenantId", lambda _engine, row: row.tenant is None),
        option("includeProcessDefinitionsWithoutTenantId"),
        Filter("versionTag", TEXT, _version_tag),
        like("versionTagLike", lambda _engine, row: row.process.version_tag),
        flag("withoutVersionTag", lambda _engine, row: row.process.version_tag is None),
        flag("startableInTasklist", lambda _engine, row: row.process.startable),
        flag("notStartableInTasklist", lambda _engine, row: not row.process.startable),
        option("startablePermissionCheck"),
    ),
    sorts={
        "category": lambda _engine, row: row.category,
        "key": lambda _engine, row: row.process_key,
        "id": lambda _engine, row: definition_id(row),
        "name": lambda _engine, row: row.process.name,
        "version": lambda _engine, row: row.version,
        "deploymentId": lambda _engine, row: show_id(row.deployment),
        "deployTime": _deployed,
        "tenantId": lambda _engine, row: row.tenant,
        "versionTag": lambda _engine, row: row.process.version_tag,
    },
    identity=definition_id,
)
