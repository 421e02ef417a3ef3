"""Looking at process definitions."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.conditions import PLAIN_NUMBER, PLAIN_TEXT, TEXT, TRUTH, conditions, key_value
from simulator.api.v2.gateway import Gateway, searched_key
from simulator.api.v2.problems import invalid
from simulator.api.v2.records import not_found, without_nothing
from simulator.api.v2.searching import Searchable, search
from simulator.engine.camunda8.definitions import Definition

SORTS = (
    "processDefinitionKey",
    "processDefinitionId",
    "name",
    "version",
    "versionTag",
    "resourceName",
    "tenantId",
)
LATEST_SORTS = ("processDefinitionId", "tenantId")
XML = "text/xml"


def _found(gateway: Gateway, wanted: Mapping[str, Any]) -> Iterable[Definition]:
    return gateway.broker.definitions.all()


def _is_latest(definition: Definition, gateway: Gateway) -> bool:
    return gateway.broker.definitions.latest(definition.place) is definition


def _show(definition: Definition, gateway: Gateway) -> dict[str, Any]:
    return without_nothing(
        {
            "processDefinitionKey": gateway.show_key(definition.key),
            "processDefinitionId": definition.process_id,
            "name": definition.process.name,
            "version": definition.version,
            "versionTag": definition.process.version_tag,
            "resourceName": definition.resource,
            "hasStartForm": False,
            "tenantId": definition.tenant,
        }
    )


DEFINITIONS = Searchable(
    key=lambda definition: int(definition.key),
    found=_found,
    read={
        "processDefinitionKey": lambda definition, gateway: definition.key,
        "processDefinitionId": lambda definition, gateway: definition.process_id,
        "name": lambda definition, gateway: definition.process.name,
        "version": lambda definition, gateway: definition.version,
        "versionTag": lambda definition, gateway: definition.process.version_tag,
        "resourceName": lambda definition, gateway: definition.resource,
        "hasStartForm": lambda definition, gateway: False,
        "isLatestVersion": _is_latest,
        "tenantId": lambda definition, gateway: definition.tenant,
    },
    filters={
        "processDefinitionKey": conditions(key_value),
        "processDefinitionId": TEXT,
        "name": TEXT,
        "version": PLAIN_NUMBER,
        "versionTag": PLAIN_TEXT,
        "resourceName": PLAIN_TEXT,
        "hasStartForm": TRUTH,
        "isLatestVersion": TRUTH,
        "tenantId": PLAIN_TEXT,
    },
    sorts=SORTS,
    show=_show,
    orders={},
)


@operation("searchProcessDefinitions")
def search_process_definitions(call: Call, gateway: Gateway) -> Reply:
    """Search; only the latest versions are paged forwards alone and in fewer orders."""
    return search(call, gateway, DEFINITIONS, check=_check_latest)


def _check_latest(body: Mapping[str, Any]) -> None:
    wanted, page, sort = body.get("filter") or {}, body.get("page") or {}, body.get("sort") or []
    if not wanted.get("isLatestVersion"):
        return
    if any(page.get(name) is not None for name in ("from", "before")):
        raise invalid(
            "When using 'isLatestVersion' filter, only forward pagination using 'after' and 'limit' is supported."
        )
    wrong = [each["field"] for each in sort if each["field"] not in LATEST_SORTS]
    if wrong:
        raise invalid(
            f"Unsupported sort field '{wrong[0]}' when using 'isLatestVersion' filter. "
            f"Use any of the following fields: [{', '.join(LATEST_SORTS)}]."
        )


def _definition(call: Call, gateway: Gateway) -> Definition:
    key = searched_key(call, "processDefinitionKey")
    found = gateway.broker.definitions.by_key.get(key)
    if found is None:
        raise not_found("Process Definition", key)
    return found


@operation("getProcessDefinition")
def get_process_definition(call: Call, gateway: Gateway) -> Reply:
    """One process definition."""
    return gateway.reply(_show(_definition(call, gateway), gateway))


@operation("getProcessDefinitionXml")
def get_process_definition_xml(call: Call, gateway: Gateway) -> Reply:
    """Its file."""
    return Reply(200, _definition(call, gateway).content, XML)
