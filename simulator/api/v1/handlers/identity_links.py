"""Who has to do with a user task: candidates, assignee, owner."""

from collections.abc import Iterator
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v1.finding_work import find_task
from simulator.api.v1.handlers.tasks import unknown_task
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.state import Work


@operation("listTaskIdentityLinks")
def list_task_identity_links(call: Call, engine: ProcessEngine) -> Reply:
    """List a task's links, perhaps of one type; a type that nobody knows has none."""
    task = find_task(engine, call.path["id"], unknown_task(call.path["id"]))
    wanted = call.query.get("type", [None])[0]
    return Reply(200, [link for link in _links(task) if wanted is None or link["type"] == wanted])


def _links(task: Work) -> Iterator[dict[str, Any]]:
    """Candidates, users first; then who has the task, then whose it is."""
    facts = task.facts
    for user in dict.fromkeys(facts["candidate_users"]):
        yield _link("candidate", user=user)
    for group in dict.fromkeys(facts["candidate_groups"]):
        yield _link("candidate", group=group)
    for kind in ("assignee", "owner"):
        if facts[kind] is not None:
            yield _link(kind, user=facts[kind])


def _link(kind: str, *, user: str | None = None, group: str | None = None) -> dict[str, Any]:
    return {"userId": user, "groupId": group, "type": kind}
