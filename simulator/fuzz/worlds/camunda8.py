"""The world of a Camunda 8: one process waiting at every kind of place, one begun by a message."""

from collections.abc import Mapping
from typing import Any

from simulator.fuzz.worlds.world import USERS, VARIABLES, WORKERS, World, rows
from simulator.targets.protocol import Start

SEARCHES = (
    ("elementInstance", "/element-instances/search", "elementInstanceKey", "elementId"),
    ("userTask", "/user-tasks/search", "userTaskKey", "elementId"),
    ("variableKey", "/variables/search", "variableKey", "name"),
    ("incident", "/incidents/search", "incidentKey", "elementId"),
    ("job", "/jobs/search", "jobKey", "elementId"),
)
INSTANCES = 3


def furnish(world: World) -> None:
    """Start instances and learn every key that the release shows."""
    own = world.target.own
    world.knows("processDefinitionId", own("waits"), own("read"))
    world.knows("processDefinitionKey", own("waits"), own("read"))
    world.knows("processDefinition", world.target.definition("waits"), world.target.definition("read"))
    world.knows("message", own("payment"), own("notice"))
    world.knows("signal", own("alarm"))
    world.knows("jobType", own("packing"))
    world.knows("element", "approve", "review", "pack", "later", "decide", "split", "reading")
    world.knows("variable", *VARIABLES)
    world.knows("user", *USERS)
    world.knows("worker", *WORKERS)
    world.knows("tenant", "<default>")
    world.knows("businessKey", *(f"customer-{number}" for number in range(INSTANCES)))
    for number in range(INSTANCES):
        variables = {"amount": 12, "customer": f"customer-{number}", "parts": ["a", "b"]}
        started = world.target.start(Start(definition="waits", variables=variables))
        world.knows("processInstance", started)
    _learn(world)
    _learn_jobs(world)


def _learn(world: World) -> None:
    for instance in world.known["processInstance"]:
        body = {"filter": {"processInstanceKey": instance}}
        for role, where, key, order in SEARCHES:
            found = sorted(rows(world.read(where, body=body)), key=lambda row: str(row.get(order)))
            world.knows(role, *(str(row[key]) for row in found if row.get(key) is not None))


def _learn_jobs(world: World) -> None:
    """A job's key is known to its worker; the long time-out leaves the others to whoever asks next."""
    body = {
        "type": world.target.own("packing"),
        "worker": WORKERS[0],
        "timeout": 3_600_000,
        "maxJobsToActivate": 2,
        "requestTimeout": -1,
    }
    found = world.read("/jobs/activation", body=body)
    jobs: list[Mapping[str, Any]] = found.get("jobs", []) if isinstance(found, dict) else []
    world.knows("job", *sorted(str(job.get("jobKey", job.get("key"))) for job in jobs))
