"""Searches with conditions that say nothing."""

import pytest

from tests.api.v2.conftest import Simulator


@pytest.mark.parametrize("comparison", ["$gt", "$gte", "$lt", "$lte"])
@pytest.mark.parametrize("field", ["startDate", "endDate"])
def test_a_comparison_with_null_counts_as_not_given(field: str, comparison: str) -> None:
    simulator = Simulator("camunda8")
    (deployed,) = simulator.deploy().body["deployments"]
    key = deployed["processDefinition"]["processDefinitionKey"]
    simulator.send("POST", "/process-instances", {"processDefinitionKey": key})

    answer = simulator.send("POST", "/element-instances/search", {"filter": {field: {comparison: None}}})

    assert answer.status == 200
    assert [item["elementId"] for item in answer.body["items"]] == ["start", "pack"]
