"""Commands to user tasks of the engine's own."""

from datetime import datetime
from typing import Any

from simulator.api.frame import Call, Reply, operation
from simulator.api.v2.gateway import Gateway
from simulator.api.v2.kinds import document, int32, listing, shape, text, truth
from simulator.api.v2.problems import invalid, violations
from simulator.api.v2.wording import as_problem
from simulator.core.errors import Rejection

COMPLETION = {"variables": document, "action": text}
ASSIGNMENT = {"assignee": text, "allowOverride": truth, "action": text}
CHANGESET = {
    "dueDate": text,
    "followUpDate": text,
    "candidateGroups": listing(text),
    "candidateUsers": listing(text),
    "priority": int32,
}
UPDATE = {"changeset": shape(CHANGESET), "action": text}
FACTS = {
    "dueDate": "due",
    "followUpDate": "follow_up",
    "candidateGroups": "candidate_groups",
    "candidateUsers": "candidate_users",
    "priority": "priority",
}
DATES = {"dueDate": "due date", "followUpDate": "follow-up date"}
HIGHEST_PRIORITY = 100
NOTHING_TO_UPDATE = (
    'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the '
    '"changeset".'
)


@operation("completeUserTask")
def complete_user_task(call: Call, gateway: Gateway) -> Reply:
    """Complete a user task."""
    body = gateway.optional_body(call, COMPLETION)
    gateway.broker.user_tasks.complete(gateway.path_key(call, "userTaskKey"), body.get("variables") or {})
    return Reply(204)


@operation("assignUserTask")
def assign_user_task(call: Call, gateway: Gateway) -> Reply:
    """Give a user task to somebody; not overriding is to claim it."""
    body = gateway.body(call, ASSIGNMENT)
    assignee = body.get("assignee") or ""
    if not assignee.strip():
        raise invalid("No assignee provided" + ("." if gateway.strict else ""))
    override = body.get("allowOverride") is not False
    key = gateway.path_key(call, "userTaskKey")
    try:
        gateway.broker.user_tasks.assign(key, assignee, override=override)
    except Rejection as rejection:
        kind = "assignUserTask" if override else "claimUserTask"
        raise as_problem(rejection, kind, gateway.wire) from rejection
    return Reply(204)


@operation("unassignUserTask")
def unassign_user_task(call: Call, gateway: Gateway) -> Reply:
    """Take a user task from its assignee."""
    gateway.broker.user_tasks.assign(gateway.path_key(call, "userTaskKey"), None)
    return Reply(204)


@operation("updateUserTask")
def update_user_task(call: Call, gateway: Gateway) -> Reply:
    """Change attributes of a user task; an empty text or list takes one away."""
    body = gateway.optional_body(call, UPDATE)
    changes = {name: value for name, value in (body.get("changeset") or {}).items() if value is not None}
    if not changes and body.get("action") is None:
        raise invalid(NOTHING_TO_UPDATE)
    if found := _wrong(changes):
        raise violations(found)
    facts = {FACTS[name]: value if value != "" else None for name, value in changes.items()}
    gateway.broker.user_tasks.update(gateway.path_key(call, "userTaskKey"), facts)
    return Reply(204)


def _wrong(changes: dict[str, Any]) -> list[str]:
    found = [
        f"The provided {words} '{changes[name]}' cannot be parsed as a date according to RFC 3339, section 5.6"
        for name, words in DATES.items()
        if changes.get(name) and not _is_date(changes[name])
    ]
    priority = changes.get("priority", 0)
    if not 0 <= priority <= HIGHEST_PRIORITY:
        found.append(f"The value for priority is '{priority}' but must be within the [0,100] range")
    return found


def _is_date(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
