"""What times and process instances look like on the wire."""

from typing import Any

from simulator.api.v1.finding import definition_id
from simulator.api.v1.ids import show_id
from simulator.core.java.json_text import rest_date
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Instance


def show_time(milliseconds: int | None) -> str | None:
    """A time in UTC as `2013-01-23T13:42:42.000+0000`."""
    return None if milliseconds is None else rest_date(milliseconds)


def show_instance(engine: ProcessEngine, instance: Instance, base: str | None = None) -> dict[str, Any]:
    """A process instance, with its link where starts show it."""
    definition = engine.deployments.definitions[instance.definition]
    identity = show_id(instance.key)
    link = {"method": "GET", "href": f"{base}/process-instance/{identity}", "rel": "self"}
    return {
        "links": [] if base is None else [link],
        "id": identity,
        "definitionId": definition_id(definition),
        "businessKey": instance.business_key,
        "caseInstanceId": instance.case_instance,
        "ended": bool(instance.how),
        "suspended": instance.suspended,
        "tenantId": instance.tenant,
        "definitionKey": instance.process.key,
    }
