"""The world of a Camunda 7: one process waiting at every kind of place, one begun by a message, one case."""

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.fuzz.worlds.world import TENANT, USERS, VARIABLES, WORKERS, World, rows
from simulator.targets.protocol import RawRequest, Start
from simulator.targets.rest import path

QUERIES = (
    ("task", "/task", "taskDefinitionKey"),
    ("execution", "/execution", "id"),
    ("externalTask", "/external-task", "activityId"),
    ("job", "/job", "jobDefinitionId"),
)
INSTANCES = 3
ATTEMPTS = 3
HELD = 3_600_000
"""Milliseconds."""


def furnish(world: World) -> None:
    """Start instances and learn every id."""
    _name(world)
    for number in range(INSTANCES):
        start = Start(
            definition="waits",
            business_key=world.target.own(f"order-{number}"),
            variables={"amount": 12 + number, "customer": "Anna", "parts": ["a", "b"]},
        )
        world.knows("processInstance", world.target.start(start))
    world.knows("processInstance", world.target.start(Start(definition="read")))
    _learn_instances(world)
    _lock(world)
    _break(world)
    _learn_case(world)


def _name(world: World) -> None:
    own = world.target.own
    world.knows("processDefinitionKey", own("waits"), own("read"))
    for key in ("waits", "read"):
        found = world.read(path("process-definition", "key", own(key)))
        if isinstance(found, dict):
            world.knows("processDefinition", str(found["id"]))
            world.knows("deployment", str(found["deploymentId"]))
    world.knows("businessKey", *(own(f"order-{number}") for number in range(INSTANCES)))
    world.knows("message", own("payment"), own("notice"))
    world.knows("signal", own("alarm"))
    world.knows("topic", own("packing"))
    world.knows("activity", "approve", "review", "pack", "later", "paid", "book", "split", "reading")
    world.knows("flow", "toApprove", "toSplit")
    world.knows("variable", *VARIABLES)
    world.knows(
        "criterion", "amount_eq_12", "customer_neq_Anna", "amount_gt_1,customer_like_A%", "absent_eq_null"
    )
    world.knows("user", *USERS)
    world.knows("worker", *WORKERS)
    world.knows("tenant", own(TENANT))


def _learn_instances(world: World) -> None:
    for instance in world.known["processInstance"]:
        for role, where, order in QUERIES:
            found = rows(world.read(where, {"processInstanceId": instance}))
            known = sorted(found, key=lambda row: _order(row, order))
            world.knows(role, *_ids(known))
        tree = world.read(path("process-instance", instance, "activity-instances"))
        if isinstance(tree, dict):
            world.knows("activityInstance", *_ids(_by_activity(tree)))


def _order(row: Mapping[str, Any], name: str) -> str:
    """An order that does not hang on ids, as far as the rows tell one."""
    return str((row.get(name), row.get("dueDate") is None, row.get("ended")))


def _by_activity(tree: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    children = [child for child in tree.get("childActivityInstances") or () if isinstance(child, dict)]
    return [tree, *sorted(children, key=lambda child: str(child.get("activityId")))]


def _ids(found: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(row["id"]) for row in found if row.get("id") is not None]


def _lock(world: World) -> None:
    """Let a worker hold two of the three external tasks."""
    topic = {"topicName": world.target.own("packing"), "lockDuration": HELD}
    world.read("/external-task/fetchAndLock", body={"workerId": WORKERS[0], "maxTasks": 2, "topics": [topic]})


def _break(world: World) -> None:
    """Let the failing job of the first instance use up its retries, for an incident."""
    instance = world.known["processInstance"][0]
    for row in rows(world.read("/job", {"processInstanceId": instance})):
        if row.get("dueDate") is None:
            for _ in range(ATTEMPTS):
                world.send(RawRequest(method="POST", path=path("job", str(row["id"]), "execute")))
    world.knows("incident", *_ids(rows(world.read("/incident", {"processInstanceId": instance}))))


def _learn_case(world: World) -> None:
    key = world.target.own("inquiry")
    world.knows("caseDefinitionKey", key)
    found = world.read(path("case-definition", "key", key))
    if not isinstance(found, dict):
        return
    world.knows("caseDefinition", str(found["id"]))
    created = world.read(path("case-definition", "key", key, "create"), body={})
    if isinstance(created, dict):
        world.knows("caseInstance", str(created["id"]))
