"""The contract of the Camunda 7 REST API is a sound OpenAPI 3.1 document."""

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.document import (
    Node,
    broken_references,
    document_of_release,
    example_faults,
    link_faults,
    look_up,
    operations,
    path_parameter_faults,
    pointer,
    read_document,
    release_faults,
    repeated_operation_ids,
    schema_faults,
    undocumented_operations,
    unused_components,
    validator,
)

CONTRACT = Path(__file__).parents[2] / "specs" / "openapi" / "camunda7.yaml"
RELEASES = [f"7.{minor}" for minor in range(9, 25)]


@pytest.fixture(scope="module", params=["7.24", "7.18", "7.9"])
def document(request: pytest.FixtureRequest) -> Node:
    return document_of_release(CONTRACT, request.param)


@pytest.fixture(scope="module")
def newest() -> Node:
    return document_of_release(CONTRACT, "7.24")


def test_every_reference_leads_to_a_component(document: Node) -> None:
    assert broken_references(document) == []


def test_every_component_is_used() -> None:
    assert unused_components(read_document(CONTRACT)) == []


def test_every_operation_has_an_id_of_its_own(document: Node) -> None:
    assert repeated_operation_ids(document) == []


def test_every_path_parameter_is_declared(document: Node) -> None:
    assert path_parameter_faults(document) == []


def test_every_operation_is_documented_with_examples_and_errors(document: Node) -> None:
    assert undocumented_operations(document) == []


def test_every_schema_is_a_json_schema(document: Node) -> None:
    assert schema_faults(document) == []


def test_every_example_is_valid_by_its_schema(document: Node) -> None:
    assert example_faults(document) == []


def test_every_link_leads_to_an_operation_with_what_it_needs(document: Node) -> None:
    assert link_faults(document) == []


def test_every_release_named_is_a_known_one() -> None:
    assert release_faults(read_document(CONTRACT), RELEASES) == []


def test_links_lead_from_deploying_to_completing(document: Node) -> None:
    leads = {
        operation.name: {
            link["operationId"]
            for answer in operation.node["responses"].values()
            for link in answer.get("links", {}).values()
        }
        for operation in operations(document)
    }

    assert "listProcessDefinitions" in leads["createDeployment"]
    assert "startProcessInstance" in leads["listProcessDefinitions"]
    assert {"getProcessInstance", "listTasks"} <= leads["startProcessInstance"]
    assert "completeTask" in leads["listTasks"]
    assert "listHistoricActivityInstances" in leads["completeTask"]


@pytest.mark.parametrize("suffix", ["", "ByKey", "ByKeyAndTenant"])
@pytest.mark.parametrize("name", ["getProcessDefinition", "startProcessInstance", "createCaseInstance"])
def test_definitions_are_reached_in_three_ways(document: Node, name: str, suffix: str) -> None:
    assert name + suffix in {operation.name for operation in operations(document)}


def test_errors_of_starting_a_process_instance_are_those_of_the_live_engine(document: Node) -> None:
    statuses = {operation.name: set(operation.node["responses"]) for operation in operations(document)}

    assert statuses["startProcessInstance"] == {"200", "400", "403", "415", "500"}
    assert statuses["startProcessInstanceByKey"] == {"200", "400", "403", "404", "415", "500"}
    assert statuses["createCaseInstanceByKey"] == {"200", "400", "403", "404", "415", "500"}


@pytest.mark.parametrize(
    "name", ["ProcessInstance", "Task", "Deployment", "CaseInstance", "Job", "Exception"]
)
def test_an_answer_without_one_of_its_properties_is_convicted(document: Node, name: str) -> None:
    schema = document["components"]["schemas"][name]
    judge = validator(document, pointer("components", "schemas", name))
    answer = _an_example_of(document, name)
    assert judge.is_valid(answer)

    convicted = [key for key in schema["required"] if not judge.is_valid(_without(answer, key))]

    assert convicted == schema["required"]


@pytest.mark.parametrize(
    ("schema", "key", "wrong"),
    [
        ("ProcessInstance", "ended", "false"),
        ("ProcessInstance", "id", None),
        ("Task", "created", "2015-08-04T09:29:47"),
        ("Task", "priority", "50"),
        ("Job", "retries", None),
        ("HistoricProcessInstance", "state", "RUNNING"),
        ("Exception", "type", None),
    ],
)
def test_an_answer_with_a_value_of_a_wrong_type_is_convicted(
    document: Node, schema: str, key: str, wrong: object
) -> None:
    judge = validator(document, pointer("components", "schemas", schema))
    answer = _an_example_of(document, schema)

    assert judge.is_valid(answer)
    assert not judge.is_valid({**answer, key: wrong})


def test_a_parse_error_without_details_is_convicted(newest: Node) -> None:
    judge = validator(newest, "/components/schemas/DeploymentException")
    bare = {"type": "ParseException", "message": "ENGINE-09005", "code": 0}

    assert not judge.is_valid(bare)
    assert judge.is_valid({**bare, "details": {"a.bpmn": {"errors": [], "warnings": []}}})


@pytest.mark.parametrize(
    ("instruction", "valid"),
    [
        ({"type": "startBeforeActivity", "activityId": "pack"}, True),
        ({"type": "startTransition", "transitionId": "toPack", "variables": {}}, True),
        ({"type": "cancel"}, True),
        ({"type": "startAfterActivity"}, False),
        ({"type": "startTransition", "activityId": "pack"}, False),
        ({"type": "StartTransition", "transitionId": "toPack"}, False),
        ({"activityId": "pack"}, False),
    ],
)
def test_a_start_instruction_needs_its_type_and_its_target(
    document: Node, instruction: Node, valid: bool
) -> None:
    judge = validator(document, "/components/schemas/StartProcessInstance")

    assert judge.is_valid({"startInstructions": [instruction]}) is valid


@pytest.mark.parametrize(
    ("rule", "at", "key", "planted"),
    [
        (
            broken_references,
            "/components/schemas/Task/properties/created",
            "$ref",
            "#/components/schemas/Gone",
        ),
        (repeated_operation_ids, "/paths/~1task/get", "operationId", "listJobs"),
        (path_parameter_faults, "/paths/~1task~1{id}/get", "parameters", []),
        (undocumented_operations, "/paths/~1task/get", "summary", ""),
        (
            undocumented_operations,
            "/paths/~1engine/get/responses/200/content/application~1json",
            "examples",
            {},
        ),
        (schema_faults, "/components/schemas/Task", "required", "id"),
        (example_faults, "/components/schemas/Task/properties/priority", "type", "string"),
        (example_faults, "/components/examples/NotJson/value", "code", "0"),
        (link_faults, "/paths/~1task/get/responses/200/links/complete", "operationId", "finishTask"),
        (link_faults, "/paths/~1task/get/responses/200/links/complete", "parameters", {}),
        (link_faults, "/paths/~1task/get/responses/200/links/get/parameters", "id", "$response.body#/0/key"),
    ],
)
def test_a_fault_planted_in_the_contract_is_found(
    newest: Node, rule: Callable[[Node], list[str]], at: str, key: str, planted: object
) -> None:
    faulty = copy.deepcopy(newest)
    assert rule(faulty) == []

    look_up(faulty, at)[key] = planted

    assert rule(faulty) != []


@pytest.mark.parametrize(
    "mark", [{"x-since": "7.8"}, {"x-since": "7.12", "x-until": "7.11"}, {"x-deviation": " "}]
)
def test_a_wrong_mark_of_a_release_or_a_deviation_is_found(mark: Node) -> None:
    faulty = copy.deepcopy(read_document(CONTRACT))

    faulty["components"]["schemas"]["Task"].update(mark)

    assert release_faults(faulty, RELEASES) != []


def _an_example_of(document: Node, name: str) -> Node:
    """The first example of an answer that is one of these, or a list of them."""
    one, many = {"$ref": f"#/components/schemas/{name}"}, f"#/components/schemas/{name}"
    for operation in operations(document):
        for answer in operation.node["responses"].values():
            for body in answer.get("content", {}).values():
                sample = next(iter(body["examples"].values()))
                if body["schema"] == one:
                    return dict(sample["value"] if "value" in sample else _shared(document, sample))
                if body["schema"].get("items", {}).get("$ref") == many:
                    return dict(sample["value"][0])
    raise AssertionError(f"no example of {name}")


def _shared(document: Node, sample: Node) -> Node:
    return dict(look_up(document, sample["$ref"].removeprefix("#"))["value"])


def _without(answer: Node, key: str) -> Node:
    return {name: value for name, value in answer.items() if name != key}
