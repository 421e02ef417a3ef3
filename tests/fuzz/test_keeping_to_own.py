"""What may be sent to a URL that others use too, and what waits no longer than milliseconds."""

from random import Random
from typing import Any

import pytest

from simulator.contract.loading import load
from simulator.contract.model import Contract
from simulator.fuzz.bounds import bounded
from simulator.fuzz.drawing import compile_drawings
from simulator.fuzz.example import Content, Example
from simulator.fuzz.safety import OBJECTS, kept_to_own
from simulator.fuzz.tokens import TOKEN, token

JSON = "application/json"
PRODUCTS = ("camunda7", "camunda8")


def with_body(operation: str, body: Any) -> Example:
    return Example(operation=operation, content=Content("json", body, JSON))


def kept(contract: Contract, example: Example) -> Example | None:
    return kept_to_own(contract, contract.operations[example.operation], example)


def test_a_made_up_id_becomes_one_of_the_runs_own_that_names_nothing() -> None:
    contract = load("camunda7")

    deleted = kept(contract, Example(operation="deleteProcessInstance", path={"id": "order-17"}))
    known = Example(operation="deleteProcessInstance", path={"id": token("processInstance", 1)})

    assert deleted is not None
    assert deleted.path["id"].startswith("{{none.")
    assert kept(contract, known) == known


def test_a_key_or_tenant_that_is_not_a_token_suspends_nothing() -> None:
    path = {"key": "order", "tenant-id": "berlin"}

    example = kept(
        load("camunda7"), Example(operation="setProcessDefinitionSuspensionByKeyAndTenant", path=path)
    )

    assert example is not None
    assert all(text.startswith("{{none.") for text in example.path.values())


def test_a_message_or_topic_of_somebody_else_becomes_our_own() -> None:
    contract = load("camunda7")

    message = kept(contract, with_body("correlateMessage", {"messageName": "paid", "all": True}))
    topics = kept(contract, with_body("fetchAndLockExternalTasks", {"topics": [{"topicName": "mail"}, {}]}))

    assert message is not None
    assert message.content == Content("json", {"messageName": "{{message.0}}", "all": True}, JSON)
    assert topics is not None
    assert topics.content is not None
    assert topics.content.value == {"topics": [{"topicName": "{{topic.0}}"}] * 2}


def test_a_message_without_a_name_is_not_left_to_find_any_instance() -> None:
    example = kept(load("camunda7"), with_body("correlateMessage", {"businessKey": "order"}))

    assert example is not None
    assert example.content is not None
    assert example.content.value["messageName"] == "{{message.0}}"


def test_a_model_of_unknown_content_is_not_deployed() -> None:
    form = {"data": "<definitions/>", "x": "{{model.0}}", "tenant-id": "berlin"}
    example = Example(operation="createDeployment", content=Content("form", form, "multipart/form-data"))

    sent = kept(load("camunda7"), example)

    assert sent is not None
    assert sent.content is not None
    assert sent.content.value == {"x": "{{model.0}}"}


@pytest.mark.parametrize("operation", ["pinClock", "resetClock"])
def test_the_clock_of_others_is_left_alone(operation: str) -> None:
    assert kept(load("camunda8"), with_body(operation, {"timestamp": 1})) is None


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_drawn_request_that_changes_something_names_a_thing_without_a_token(product: str) -> None:
    contract, rng = load(product), Random(5)

    for drawing in compile_drawings(contract).values():
        operation = drawing.operation
        for _ in range(20):
            example = kept_to_own(contract, operation, drawing.draw(rng))
            if example is None or operation.method == "GET":
                continue
            things = {name: text for name, text in example.path.items() if name != "varName"}
            assert all(TOKEN.fullmatch(text) for text in things.values())


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_objects_listed_are_operations_and_properties_of_the_contract(product: str) -> None:
    operations = load(product).operations

    assert {operation for owner, operation in OBJECTS if owner == product} <= set(operations)


def test_what_waits_for_work_waits_for_milliseconds() -> None:
    fetch = {"workerId": "w", "asyncResponseTimeout": 1_800_000}

    short = bounded(load("camunda7"), with_body("fetchAndLockExternalTasks", fetch))
    none = bounded(load("camunda8"), with_body("activateJobs", {"type": "a"}))
    result = bounded(load("camunda8"), with_body("createProcessInstance", {"awaitCompletion": True}))

    assert [each.content and each.content.value for each in (short, none, result)] == [
        {"workerId": "w", "asyncResponseTimeout": 20},
        {"type": "a", "requestTimeout": -1},
        {"awaitCompletion": True, "requestTimeout": 20},
    ]


def test_release_8_6_is_never_asked_to_wait_for_a_result() -> None:
    example = bounded(load("camunda8", "8.6"), with_body("createProcessInstance", {"awaitCompletion": True}))

    assert example.content is not None
    assert example.content.value == {"awaitCompletion": False}


def test_what_waits_for_nothing_is_sent_as_it_was_drawn() -> None:
    example = with_body("queryTasks", {"asyncResponseTimeout": 1_800_000})

    assert bounded(load("camunda7"), example) is example
