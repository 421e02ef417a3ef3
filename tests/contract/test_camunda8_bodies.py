"""The bodies that the contract of the Camunda 8 REST API takes, release by release."""

from typing import Any

import pytest

from tests.contract.camunda8 import DEFINITION_KEY, RELEASES, fits


def creation(**members: Any) -> dict[str, Any]:
    return {"processDefinitionId": "order", **members}


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
