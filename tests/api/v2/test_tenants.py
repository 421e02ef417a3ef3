"""Multi-tenancy, switched on by the dialect's option."""

import pytest

from tests.api.v2.conftest import Make


def test_without_a_tenant_nothing_is_deployed(make: Make) -> None:
    simulator = make("camunda8+tenants")

    answer = simulator.deploy()

    assert answer.status == 400
    assert answer.body["title"] == "INVALID_ARGUMENT"
    assert answer.body["detail"] == (
        "Expected to handle request Deploy Resources with multi-tenancy enabled, "
        "but no tenant identifier was provided."
    )


def test_8_7_says_so_in_other_words(make: Make) -> None:
    answer = make("camunda8:8.7+tenants").deploy()

    assert answer.body["detail"] == (
        "Expected to handle request Deploy Resources with tenant identifier 'null', "
        "but no tenant identifier was provided."
    )


@pytest.mark.parametrize(
    ("tenant", "why"),
    [
        ("a" * 32, "tenant identifier is longer than 31 characters."),
        ("a b", "tenant identifier contains illegal characters."),
        ("ü", "tenant identifier contains illegal characters."),
    ],
)
def test_a_tenant_has_a_form(make: Make, tenant: str, why: str) -> None:
    answer = make("camunda8+tenants").deploy(tenant=tenant)

    assert answer.body["detail"].endswith(why)


def test_each_tenant_has_versions_of_its_own(make: Make) -> None:
    simulator = make("camunda8+tenants")
    simulator.deploy(tenant="a")

    answer = simulator.deploy(tenant="b")

    assert answer.body["deployments"][0]["processDefinition"]["processDefinitionVersion"] == 1
    assert answer.body["tenantId"] == "b"


def test_a_key_of_another_tenant_is_not_found(make: Make) -> None:
    simulator = make("camunda8+tenants")
    definition = simulator.deploy(tenant="a").body["deployments"][0]["processDefinition"]
    key = definition["processDefinitionKey"]

    answer = simulator.send("POST", "/process-instances", {"processDefinitionKey": key, "tenantId": "b"})

    assert answer.status == 404
    assert (
        simulator.send("POST", "/process-instances", {"processDefinitionKey": key, "tenantId": "a"}).status
        == 200
    )


def test_jobs_are_handed_to_the_tenants_named(make: Make) -> None:
    simulator = make("camunda8+tenants")
    for tenant in ("a", "b"):
        simulator.deploy(tenant=tenant)
        simulator.start(tenantId=tenant)

    jobs = simulator.activate(tenantIds=["b"])

    assert [job["tenantId"] for job in jobs] == ["b"]
    assert [job["tenantId"] for job in simulator.activate(tenantIds=["a", "b"])] == ["a"]


def test_messages_stay_with_their_tenant(make: Make) -> None:
    simulator = make("camunda8+tenants")
    inside = """<startEvent id="s"><messageEventDefinition id="d" messageRef="m"/></startEvent>
      <sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/>"""
    simulator.deploy(inside, before='<message id="m" name="mail"/>', tenant="a")

    wrong = simulator.send("POST", "/messages/correlation", {"name": "mail", "tenantId": "b"})
    right = simulator.send("POST", "/messages/correlation", {"name": "mail", "tenantId": "a"})

    assert (wrong.status, right.status) == (404, 200)
