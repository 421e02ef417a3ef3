"""The contract of the Camunda 8 REST API: its releases, its promises, and what it convicts."""

import copy
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx
import pytest

from simulator.contract.judge import Discrepancy, Judge
from simulator.contract.loading import load
from simulator.contract.model import Contract
from tests.contract.document import (
    Node,
    broken_references,
    document_of_release,
    example_faults,
    link_faults,
    path_parameter_faults,
    read_document,
    release_faults,
    repeated_operation_ids,
    schema_faults,
    undocumented_operations,
    unused_components,
    validator,
)

DOCUMENT = Path(__file__).parents[2] / "specs" / "openapi" / "camunda8.yaml"
JSON = "application/json"
NUMBER_KEYS = "application/vnd.camunda.api.keys.number+json"
TEXT_KEYS = "application/vnd.camunda.api.keys.string+json"
PROBLEM = "application/problem+json"
DEFINITION_KEY = 2251799813685250
RELEASES = ("8.6", "8.7", "8.8")
RULES = (
    *(broken_references, repeated_operation_ids, path_parameter_faults, undocumented_operations),
    *(schema_faults, example_faults, link_faults),
)

COMMANDS = {
    *("getTopology", "pinClock", "resetClock", "createDeployment", "deleteResource"),
    *("createProcessInstance", "cancelProcessInstance"),
    *("completeUserTask", "assignUserTask", "unassignUserTask"),
    *("activateJobs", "completeJob", "failJob", "throwJobError"),
    *("publishMessage", "correlateMessage", "broadcastSignal", "resolveIncident"),
}
READS = {
    *("searchProcessDefinitions", "getProcessDefinition", "getProcessDefinitionXml"),
    *("searchProcessInstances", "getProcessInstance", "searchElementInstances", "getElementInstance"),
    *("searchVariables", "getVariable", "searchUserTasks", "getUserTask", "searchJobs"),
    *("searchIncidents", "getIncident"),
}

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


@cache
def contract_of(release: str) -> Contract:
    return load("camunda8", release)


@cache
def judge_of(release: str) -> Judge:
    return Judge(contract_of(release))


@cache
def plain_document(release: str) -> Node:
    """Read the document of a release as OpenAPI tools see it, without the marks of the releases."""
    document: Node = without_marks(document_of_release(DOCUMENT, release))
    return document


def without_marks(node: Any) -> Any:
    match node:
        case dict():
            return {
                name: without_marks(each) for name, each in node.items() if name not in ("x-since", "x-until")
            }
        case list():
            return [without_marks(each) for each in node]
    return node


def fits(release: str, operation_id: str, body: Any) -> bool:
    """Say whether a release's contract allows a body in the operation's first media type."""
    taken = contract_of(release).operations[operation_id].body
    assert taken is not None
    media_type = next(iter(taken.content.values()))
    return validator(plain_document(release), media_type.pointer).is_valid(body)


def judged(
    release: str, operation_id: str, status: int, media_type: str | None, body: bytes
) -> list[Discrepancy]:
    operation = contract_of(release).operations[operation_id]
    return judge_of(release).judge(operation, status, media_type, body)


def creation(**members: Any) -> dict[str, Any]:
    return {"processDefinitionId": "order", **members}


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


@pytest.mark.parametrize(
    ("release", "expected"), [("8.6", COMMANDS), ("8.7", COMMANDS), ("8.8", COMMANDS | READS)]
)
def test_a_release_has_its_operations_and_no_others(release: str, expected: set[str]) -> None:
    operations = set(contract_of(release).operations)

    assert operations == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("release", [*RELEASES, "8.9"])
def test_the_document_of_each_release_keeps_the_rules(
    release: str, rule: Callable[[Node], list[str]]
) -> None:
    assert rule(plain_document(release)) == []


def test_the_whole_document_names_known_releases_and_uses_all_it_defines() -> None:
    document = read_document(DOCUMENT)

    assert release_faults(document, (*RELEASES, "8.9")) == []
    assert unused_components(document) == []
    assert broken_references(document) == []


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


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(
    "body",
    [
        {"processDefinitionId": "order"},
        {"processDefinitionKey": str(DEFINITION_KEY)},
        {"processDefinitionKey": str(DEFINITION_KEY), "processDefinitionId": None},
        creation(processDefinitionKey=None),
        creation(processDefinitionVersion=-1),
        creation(variables={"amount": 1200}),
        creation(variables=None),
        creation(tenantId="<default>"),
        creation(operationReference=1),
        creation(startInstructions=[]),
        creation(startInstructions=[{"elementId": "pack"}]),
        creation(awaitCompletion=True, fetchVariables=["total"], requestTimeout=0),
    ],
)
def test_each_shape_of_creation_is_taken_by_every_release(release: str, body: dict[str, Any]) -> None:
    assert fits(release, "createProcessInstance", body)


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        {"processDefinitionId": None, "processDefinitionKey": None},
        creation(processDefinitionKey=str(DEFINITION_KEY)),
        {"processDefinitionId": ""},
        {"processDefinitionKey": "order"},
        {"processDefinitionKey": "-1"},
        creation(processDefinitionVersion="latest"),
        creation(processDefinitionVersion=2**31),
        creation(variables=[]),
        creation(operationReference=0),
        creation(operationReference="x"),
        creation(startInstructions=None),
        creation(startInstructions=[{}]),
        creation(startInstructions=[None]),
        creation(awaitCompletion=None),
        creation(fetchVariables="total"),
    ],
)
def test_a_creation_that_is_neither_shape_is_taken_by_none(release: str, body: Any) -> None:
    assert not fits(release, "createProcessInstance", body)


@pytest.mark.parametrize(
    ("body", "releases"),
    [
        ({"processDefinitionKey": DEFINITION_KEY}, {"8.6", "8.7"}),
        (creation(surprise=1), {"8.6", "8.7"}),
        (creation(startInstructions=[{"elementId": "pack", "surprise": 1}]), {"8.6", "8.7"}),
        (creation(tags=["7 is no letter"]), {"8.6", "8.7"}),
        (
            creation(tags=["web"], runtimeInstructions=[{"afterElementId": "pack"}]),
            {"8.6", "8.7", "8.8", "8.9"},
        ),
        (creation(businessId="order-4711"), {"8.6", "8.7", "8.9"}),
        (creation(businessId="x" * 257), {"8.6", "8.7"}),
        ({"processDefinitionKey": "5", "processDefinitionVersion": 9}, {"8.6", "8.7", "8.9"}),
    ],
)
def test_lenient_releases_ignore_what_strict_ones_refuse(body: dict[str, Any], releases: set[str]) -> None:
    taken_by = {release for release in (*RELEASES, "8.9") if fits(release, "createProcessInstance", body)}

    assert taken_by == releases


SEARCHES_TAKEN: tuple[Any, ...] = (
    {},
    {"filter": {}, "sort": [], "page": {}},
    {"filter": {"state": "ACTIVE", "hasIncident": True}, "sort": [{"field": "startDate", "order": "DESC"}]},
    {"filter": {"processInstanceKey": {"$in": ["5"]}, "processDefinitionId": {"$like": "ord*"}}},
    {"filter": {"$or": [{"state": {"$neq": "ACTIVE"}}, {"startDate": {"$gte": "2026-11-24T00:00:00Z"}}]}},
    {"filter": {"variables": [{"name": "amount", "value": "1200"}]}},
    {"page": {"from": 0, "limit": 10000}},
    {"page": {"after": "WzFd", "limit": 1}},
    {"page": {"before": "WzFd"}},
)
SEARCHES_REFUSED: tuple[Any, ...] = (
    [],
    {"filter": {"state": "WAITING"}},
    {"filter": {"state": {"$is": "ACTIVE"}}},
    {"filter": {"processInstanceKey": 5}},
    {"filter": {"surprise": 1}},
    {"filter": {"$or": [{"surprise": 1}]}},
    {"filter": {"startDate": "yesterday"}},
    {"filter": {"variables": [{"name": "amount"}]}},
    {"sort": [{"order": "ASC"}]},
    {"sort": [{"field": "colour"}]},
    {"page": {"limit": 0}},
    {"page": {"limit": 10001}},
    {"page": {"after": "WzFd", "before": "WzFd"}},
    {"page": {"after": "WzFd", "from": 3}},
    {"surprise": 1},
)


def test_a_search_takes_filter_sort_and_one_form_of_paging() -> None:
    refused = [body for body in SEARCHES_TAKEN if not fits("8.8", "searchProcessInstances", body)]
    taken = [body for body in SEARCHES_REFUSED if fits("8.8", "searchProcessInstances", body)]

    assert (refused, taken) == ([], [])


@pytest.mark.parametrize("release", RELEASES)
def test_links_lead_from_deploying_to_looking_and_completing(release: str) -> None:
    links: nx.DiGraph[str] = nx.DiGraph(
        (operation.id, link.operation_id)
        for operation in contract_of(release).operations.values()
        for response in operation.responses.values()
        for link in response.links.values()
    )

    reached = nx.descendants(links, "createDeployment")

    assert reached >= {"createProcessInstance", "activateJobs", "completeJob", "failJob", "throwJobError"}
    assert reached >= {"cancelProcessInstance", "deleteResource"}
    if release == "8.8":
        assert reached >= {"completeUserTask", "assignUserTask", "unassignUserTask", "resolveIncident"}
        assert reached >= READS - {"searchProcessDefinitions", "searchProcessInstances"}


def test_where_the_vendors_document_errs_the_contract_says_so() -> None:
    deviating = {
        operation.id: set(operation.responses)
        for operation in contract_of("8.8").operations.values()
        if operation.deviation
    }

    assert deviating["createProcessInstance"] >= {"404", "409"}
    assert deviating["cancelProcessInstance"] >= {"409"}
    assert deviating["publishMessage"] >= {"409"}
    assert deviating["createDeployment"] >= {"413", "415"}
    assert deviating["resolveIncident"] >= {"409"}
    assert {"activateJobs", "throwJobError", "broadcastSignal", "deleteResource"} <= set(deviating)


@pytest.mark.parametrize(("release", "status"), [("8.6", "429"), ("8.7", "429"), ("8.8", "503")])
def test_a_broker_under_pressure_answers_as_its_release_does(release: str, status: str) -> None:
    statuses = set(contract_of(release).operations["createProcessInstance"].responses)

    assert {"429", "503"} & statuses == {status, "503"}


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
