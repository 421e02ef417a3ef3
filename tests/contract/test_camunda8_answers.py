"""Answers held against the contract of the Camunda 8 REST API: live ones pass, spoiled ones are convicted."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from simulator.contract.model import Contract
from tests.contract.camunda8 import JSON, NUMBER_KEYS, PROBLEM, RELEASES, TEXT_KEYS, contract_of, judged
from tests.contract.document import (
    Node,
)

LIVE_8_6_0 = (
    (
        *("createDeployment", 200, JSON),
        '{"deploymentKey":2251799813685249,"deployments":[{"processDefinition":{"processDefinitionId":"order",'
        '"processDefinitionVersion":1,"processDefinitionKey":2251799813685250,"resourceName":"jobs.bpmn",'
        '"tenantId":"<default>"}}],"tenantId":"<default>"}',
    ),
    (
        *("createProcessInstance", 200, JSON),
        '{"processDefinitionKey":2251799813685250,"processDefinitionId":"order","processDefinitionVersion":1,'
        '"processInstanceKey":2251799813685252,"tenantId":"<default>","variables":{}}',
    ),
    (
        *("activateJobs", 200, JSON),
        '{"jobs":[{"key":2251799813685258,"type":"pack","processInstanceKey":2251799813685252,'
        '"processDefinitionId":"order","processDefinitionVersion":1,"processDefinitionKey":2251799813685250,'
        '"elementId":"pack","elementInstanceKey":2251799813685257,"customHeaders":{"box":"small"},"worker":"w",'
        '"retries":3,"deadline":1795515118463,"variables":{"amount":1200},"tenantId":"<default>"}]}',
    ),
    (
        *("completeJob", 404, PROBLEM),
        '{"type":"about:blank","title":"NOT_FOUND","status":404,'
        "\"detail\":\"Command 'COMPLETE' rejected with code 'NOT_FOUND': "
        "Expected to complete job with key '2251799813685255', but no such job was found\","
        '"instance":"/v2/jobs/2251799813685255/completion"}',
    ),
    (
        *("resolveIncident", 415, JSON),
        '{"timestamp":"2026-11-24T10:10:58.696+00:00","status":415,"error":"Unsupported Media Type",'
        '"path":"/v2/incidents/2251799813685255/resolution"}',
    ),
    ("deleteResource", 204, None, ""),
)
"""What a live Camunda 8.6.0 answered."""


def successes(contract: Contract) -> Iterator[tuple[str, int, str, Any]]:
    """Yield every example of a JSON success: operation, status, media type, value."""
    for operation in contract.operations.values():
        for status, response in operation.responses.items():
            for name, media_type in response.content.items():
                if status.startswith("2") and name.endswith("json"):
                    for value in media_type.examples.values():
                        yield operation.id, int(status), name, value


def objects_of_ours(value: Any) -> Iterator[Node]:
    """Yield each object whose members the API names, so not variables or headers."""
    match value:
        case dict():
            yield value
            for name, member in value.items():
                if name not in ("variables", "customHeaders"):
                    yield from objects_of_ours(member)
        case list():
            for member in value:
                yield from objects_of_ours(member)


def spoiled(value: Any, spoil: Callable[[Node, str], None]) -> Iterator[tuple[str, bytes]]:
    """Yield an answer once per member of its objects with that member spoiled, and the member's name."""
    for position, each in enumerate(objects_of_ours(value)):
        for name in each:
            wrong = copy.deepcopy(value)
            spoil(list(objects_of_ours(wrong))[position], name)
            yield name, msgspec.json.encode(wrong)


def give_wrong_type(node: Node, name: str) -> None:
    node[name] = [[True]]


def leave_out(node: Node, name: str) -> None:
    del node[name]


@pytest.mark.parametrize(("operation", "status", "media_type", "body"), LIVE_8_6_0)
def test_the_answers_of_a_live_8_6_0_hold(
    operation: str, status: int, media_type: str | None, body: str
) -> None:
    faults = judged("8.6", operation, status, media_type, body.encode())

    assert faults == []


@pytest.mark.parametrize("release", RELEASES)
def test_an_answer_with_a_member_of_a_wrong_type_is_convicted(release: str) -> None:
    let_through = {
        (operation, name)
        for operation, status, media_type, value in successes(contract_of(release))
        for name, wrong in spoiled(value, give_wrong_type)
        if not judged(release, operation, status, media_type, wrong)
    }

    assert let_through == set()


@pytest.mark.parametrize(
    ("release", "optional"),
    [
        ("8.6", set()),
        ("8.7", set()),
        (
            "8.8",
            {
                *("lastCompletedChangeId", "name", "processDefinitionName", "processDefinitionVersion"),
                *("tags", "customHeaders", "deadline", "jobKey of searchIncidents", "jobKey of getIncident"),
                *("hasMoreTotalItems", "startCursor", "endCursor"),
            },
        ),
    ],
)
def test_an_answer_that_lacks_a_member_is_convicted_unless_it_is_optional(
    release: str, optional: set[str]
) -> None:
    let_through = {
        f"{name} of {operation}" if name == "jobKey" else name
        for operation, status, media_type, value in successes(contract_of(release))
        for name, lacking in spoiled(value, leave_out)
        if not judged(release, operation, status, media_type, lacking)
    }

    assert let_through == optional


def test_a_job_needs_its_own_key_under_the_name_of_the_release() -> None:
    examples = {
        release: next(
            value
            for id_, *_, value in successes(contract_of(release))
            if id_ == "activateJobs" and value["jobs"]
        )
        for release in RELEASES
    }

    assert {release: "jobKey" in example["jobs"][0] for release, example in examples.items()} == {
        "8.6": False,
        "8.7": True,
        "8.8": True,
    }
    for release, other in (("8.6", "8.7"), ("8.7", "8.6"), ("8.8", "8.6")):
        body = msgspec.json.encode(examples[other])
        assert judged(release, "activateJobs", 200, JSON, body)


@pytest.mark.parametrize(
    ("release", "media_type", "form"),
    [
        ("8.6", JSON, int),
        ("8.7", JSON, str),
        ("8.7", NUMBER_KEYS, int),
        ("8.7", TEXT_KEYS, str),
        ("8.8", JSON, str),
        ("8.8", TEXT_KEYS, str),
    ],
)
def test_keys_are_answered_in_the_form_of_release_and_media_type(
    release: str, media_type: str, form: type
) -> None:
    other = str if form is int else int
    answer = {
        "processDefinitionId": "order",
        "processDefinitionVersion": 1,
        "tenantId": "<default>",
        "variables": {},
    }

    right = answer | {"processDefinitionKey": form("5"), "processInstanceKey": form("6")}
    mixed = answer | {"processDefinitionKey": form("5"), "processInstanceKey": other("6")}

    assert not judged(release, "createProcessInstance", 200, media_type, msgspec.json.encode(right))
    assert judged(release, "createProcessInstance", 200, media_type, msgspec.json.encode(mixed))


def test_media_types_that_name_the_form_of_keys_belong_to_their_releases() -> None:
    types = {
        release: set(contract_of(release).operations["createProcessInstance"].responses["200"].content)
        for release in RELEASES
    }

    assert types == {"8.6": {JSON}, "8.7": {JSON, NUMBER_KEYS, TEXT_KEYS}, "8.8": {JSON, TEXT_KEYS}}


def test_keys_inside_variables_are_the_callers_own() -> None:
    answer = {
        "processDefinitionKey": "5",
        "processDefinitionId": "order",
        "processDefinitionVersion": 1,
        "processInstanceKey": "6",
        "tenantId": "<default>",
        "variables": {"customerKey": 7},
    }

    faults = judged("8.7", "createProcessInstance", 200, JSON, msgspec.json.encode(answer))

    assert faults == []


@pytest.mark.parametrize(
    ("status", "holds"), [(399, False), (400, True), (600, True), (601, False), ("400", False)]
)
def test_a_problem_has_a_status_from_400_to_600(status: object, holds: bool) -> None:
    problem = {
        "title": "INVALID_ARGUMENT",
        "status": status,
        "detail": "no",
        "instance": "/v2/process-instances",
    }

    faults = judged("8.7", "createProcessInstance", 400, PROBLEM, msgspec.json.encode(problem))

    assert (not faults) is holds
