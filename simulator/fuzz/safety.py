"""Keeps requests to a URL that others use too to what the run has made itself.

A request that reads goes as it is. In one that changes something, every parameter of the path that names a thing
is a token: of the run's own, or of what nothing has. An operation without such a path names its object in its
body, and there the names of `OBJECTS` are tokens as well. Whatever else could reach others is not sent.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from simulator.contract.model import Contract, Operation
from simulator.fuzz.example import Example
from simulator.fuzz.roles import role_of
from simulator.fuzz.tokens import NOTHING, TOKEN, token
from simulator.targets.ownership import QUERIES, READING

FREE = frozenset({"variable"})
"""Roles whose names belong to the thing that the path names before them."""

OBJECTS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("camunda7", "createDeployment"): {},
    ("camunda7", "correlateMessage"): {"messageName": "message"},
    ("camunda7", "throwSignal"): {"name": "signal"},
    ("camunda7", "fetchAndLockExternalTasks"): {"topics/topicName": "topic"},
    ("camunda8", "createDeployment"): {},
    ("camunda8", "createProcessInstance"): {"processDefinitionId": "processDefinitionId"},
    ("camunda8", "activateJobs"): {"type": "jobType"},
    ("camunda8", "publishMessage"): {"name": "message"},
    ("camunda8", "correlateMessage"): {"name": "message"},
    ("camunda8", "broadcastSignal"): {"signalName": "signal"},
}
"""What an operation without a thing in its path acts on: the property of its body, and its role."""

DROPPED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("camunda8", "createProcessInstance"): ("processDefinitionKey", "startInstructions", "tenantId"),
    ("camunda7", "createDeployment"): ("tenant-id", "deployment-name", "enable-duplicate-filtering"),
    ("camunda8", "createDeployment"): ("tenantId",),
}
"""Properties that are left out, as they could name or hide what is not the run's own."""


def kept_to_own(contract: Contract, operation: Operation, example: Example) -> Example | None:
    """The request with nothing in it that is somebody else's; None where it cannot be sent at all."""
    if _reads(contract.product, operation):
        return example
    things = _things(contract.product, operation)
    if things:
        path = {name: _own(text, things.get(name)) for name, text in example.path.items()}
        return msgspec.structs.replace(example, path=path)
    objects = OBJECTS.get((contract.product, operation.id))
    if objects is None:
        return None
    return _with_own_objects(example, objects, DROPPED.get((contract.product, operation.id), ()))


def _reads(product: str, operation: Operation) -> bool:
    queries = QUERIES[product]
    return operation.method in READING or (
        operation.method == "POST" and queries.fullmatch(operation.path) is not None
    )


def _things(product: str, operation: Operation) -> dict[str, str]:
    """The path parameters that name a thing, with their roles; a tenant's and key's are names of the run's own."""
    found = {}
    for name in operation.parameters_in("path"):
        role = role_of(product, operation.id, operation.path, name) or NOTHING
        if role not in FREE:
            found[name] = role
    return found


def _own(text: Any, role: str | None) -> Any:
    """A token stays; anything else becomes what nothing has."""
    if role is None or (isinstance(text, str) and TOKEN.fullmatch(text)):
        return text
    return token(NOTHING, len(str(text)) % 7)


def _with_own_objects(
    example: Example, objects: Mapping[str, str], dropped: tuple[str, ...]
) -> Example | None:
    content = example.content
    if content is None or not isinstance(content.value, dict):
        return example if content is None or content.kind != "text" else None
    body = {name: value for name, value in content.value.items() if name not in dropped}
    if content.kind == "form":
        body = {name: value for name, value in body.items() if not _may_deploy(value)}
    for place, role in objects.items():
        outer, _, inner = place.rpartition("/")
        if not outer:
            body[inner] = _own_object(body.get(inner), role)
        elif isinstance(body.get(outer), list):
            body[outer] = [
                {**item, inner: _own_object(item.get(inner), role)} if isinstance(item, dict) else item
                for item in body[outer]
            ]
    return msgspec.structs.replace(example, content=msgspec.structs.replace(content, value=body))


def _own_object(value: Any, role: str) -> Any:
    return value if isinstance(value, str) and TOKEN.fullmatch(value) else token(role, 0)


def _may_deploy(value: Any) -> bool:
    """Whether a field could define something under a name that is not the run's own."""
    return isinstance(value, str) and "<" in value and not TOKEN.fullmatch(value)
