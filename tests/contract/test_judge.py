import json
from pathlib import Path
from typing import Any

import pytest

from simulator.contract.judge import Fault, Judge
from simulator.contract.loading import load_file
from simulator.contract.model import Contract

DOCUMENT = """
openapi: 3.1.0
info: {title: Orders, version: "1.0"}
paths:
  /orders/{id}:
    head:
      operationId: hasOrder
      responses: {200: {$ref: "#/components/responses/Order"}}
    get:
      operationId: getOrder
      responses:
        200: {$ref: "#/components/responses/Order"}
        204: {description: No order}
        4XX:
          description: The caller's mistake
          content: {application/problem+json: {schema: {$ref: "#/components/schemas/Problem"}}}
        default: {description: Anything else, content: {text/*: {schema: {type: string, pattern: "^oops"}}}}
  /orders:
    get:
      operationId: getOrders
      responses:
        200:
          description: Orders
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Order"}}
            application/octet-stream: {}
components:
  responses:
    Order: {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}
  schemas:
    Problem: {type: object, required: [title], properties: {title: {type: string}}}
    Order:
      type: object
      additionalProperties: false
      required: [id, state]
      properties:
        id: {type: string, format: uuid}
        state: {enum: [OPEN, CLOSED]}
        placed: {type: string, format: date-time}
        "a/b~c": {type: integer}
        parent: {anyOf: [{$ref: "#/components/schemas/Order"}, {type: "null"}]}
        weight: {type: integer, format: int32}
        volume: {type: integer, format: int64, minimum: 1}
        price: {oneOf: [{type: integer}, {type: number}]}
"""
ORDER: dict[str, Any] = {"id": "8c4b7a1e-6a3f-4a58-9a1b-6f6f0d1f0a11", "state": "OPEN"}


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    file: Path = tmp_path_factory.mktemp("specs") / "orders.yaml"
    file.write_text(DOCUMENT)
    return load_file(file, None, None)


@pytest.fixture(scope="module")
def judge(contract: Contract) -> Judge:
    return Judge(contract)


def judged(
    judge: Judge, contract: Contract, operation: str, status: int, media_type: str | None, body: Any
) -> list[tuple[Fault, str, str, str]]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    found = judge.judge(contract.operations[operation], status, media_type, content)
    return [(one.fault, one.where, one.expected, one.came) for one in found]


@pytest.mark.parametrize(
    ("operation", "status", "media_type", "body"),
    [
        ("getOrder", 200, "application/json", ORDER),
        ("getOrder", 200, "Application/JSON;charset=UTF-8", ORDER | {"parent": None, "price": 1.5}),
        ("getOrder", 200, "application/json", ORDER | {"parent": ORDER, "placed": "2024-05-01T10:00:00Z"}),
        ("getOrder", 200, "application/json", ORDER | {"weight": -(2**31), "volume": 2**63 - 1}),
        ("getOrder", 204, None, b""),
        ("getOrder", 404, "application/problem+json", {"title": "No such order", "more": 1}),
        ("getOrder", 503, "text/plain", b"oops, not now"),
        ("getOrder", 503, "text/html", b"<p>a media range without a check of its own"),
        ("getOrders", 200, "application/json", [ORDER, ORDER]),
        ("getOrders", 200, "application/octet-stream", b"\xff\x00"),
        ("hasOrder", 200, "application/json", b""),
    ],
)
def test_an_answer_that_keeps_to_its_contract_is_acquitted(
    judge: Judge, contract: Contract, operation: str, status: int, media_type: str | None, body: Any
) -> None:
    assert judged(judge, contract, operation, status, media_type, body) == []


@pytest.mark.parametrize(
    ("body", "where", "expected", "came"),
    [
        ({"id": ORDER["id"]}, "", "a property 'state'", "an object with 'id'"),
        ([], "", "object", "[]"),
        (ORDER | {"state": "LOST"}, "/state", 'one of ["OPEN","CLOSED"]', '"LOST"'),
        (ORDER | {"id": "seven"}, "/id", "a text of format uuid", '"seven"'),
        (ORDER | {"placed": "yesterday"}, "/placed", "a text of format date-time", '"yesterday"'),
        (ORDER | {"colour": 1}, "", "no such property", "'colour'"),
        (ORDER | {"a/b~c": "x"}, "/a~1b~0c", "integer", '"x"'),
        (
            ORDER | {"parent": ORDER | {"parent": {}}},
            "/parent/parent",
            "a property 'id'",
            "an object with none",
        ),
        (ORDER | {"weight": 2**31}, "/weight", "maximum 2147483647", "2147483648"),
        (ORDER | {"weight": -(2**31) - 1}, "/weight", "minimum -2147483648", "-2147483649"),
        (ORDER | {"volume": 2**63}, "/volume", "maximum 9223372036854775807", "9223372036854775808"),
        (ORDER | {"volume": 0}, "/volume", "minimum 1", "0"),
        (ORDER | {"price": 7}, "/price", "exactly one alternative to fit", "7"),
        (ORDER | {"price": "7"}, "/price", "exactly one alternative to fit", '"7"'),
    ],
)
def test_a_body_against_its_schema_is_convicted_at_its_place(
    judge: Judge, contract: Contract, body: Any, where: str, expected: str, came: str
) -> None:
    found = judged(judge, contract, "getOrder", 200, "application/json", body)

    assert (Fault.SCHEMA, where, expected, came) in found


def test_a_discrepancy_names_the_rule_it_breaks_in_the_document(judge: Judge, contract: Contract) -> None:
    body = json.dumps(ORDER | {"state": 1}).encode()

    (found,) = judge.judge(contract.operations["getOrder"], 200, "application/json", body)

    assert found.rule == "/components/schemas/Order/properties/state/enum"
    assert str(found) == 'body against schema at /state: expected one of ["OPEN","CLOSED"], came 1'


def test_each_wrong_item_of_a_list_is_convicted(judge: Judge, contract: Contract) -> None:
    found = judged(
        judge,
        contract,
        "getOrders",
        200,
        "application/json",
        [ORDER, ORDER | {"state": 1}, ORDER | {"id": 1}],
    )

    assert sorted(where for _, where, _, _ in found) == ["/1/state", "/2/id"]


def test_a_whole_number_beyond_all_bounds_is_convicted(judge: Judge, contract: Contract) -> None:
    body = json.dumps(ORDER | {"weight": 10**40}).encode()

    found = judged(judge, contract, "getOrder", 200, "application/json", body)

    assert [(where, expected) for _, where, expected, _ in found] == [("/weight", "maximum 2147483647")]


def test_no_more_than_a_hundred_discrepancies_are_told(judge: Judge, contract: Contract) -> None:
    found = judged(judge, contract, "getOrders", 200, "application/json", [7] * 5000)

    assert len(found) == 100


def test_an_undocumented_status_is_convicted(judge: Judge, contract: Contract) -> None:
    found = judged(judge, contract, "getOrders", 500, "application/json", {})

    assert found == [(Fault.STATUS, "", "one of 200", "500")]


@pytest.mark.parametrize(
    ("status", "media_type", "body", "expected", "came"),
    [
        (200, "text/html", b"<p>", "application/json", "text/html"),
        (200, None, b"{}", "application/json", "no media type"),
        (200, None, b"", "application/json", "no body"),
        (204, "application/json", b"{}", "no body", "application/json"),
        (404, "application/json", b'{"title": ""}', "application/problem+json", "application/json"),
        (500, "application/json", b"{}", "text/*", "application/json"),
    ],
)
def test_an_undocumented_media_type_is_convicted(
    judge: Judge,
    contract: Contract,
    status: int,
    media_type: str | None,
    body: bytes,
    expected: str,
    came: str,
) -> None:
    found = judged(judge, contract, "getOrder", status, media_type, body)

    assert found == [(Fault.MEDIA_TYPE, "", expected, came)]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"NaN", b"\xff", b'"\\ud800"', b"\xef\xbb\xbf{}", b"[" * 100_000 + b"]" * 100_000]
)
def test_a_body_that_is_not_json_is_convicted(judge: Judge, contract: Contract, body: bytes) -> None:
    found = judged(judge, contract, "getOrder", 200, "application/json", body)

    assert [fault for fault, _, _, _ in found] == [Fault.NOT_JSON]


def test_a_text_against_its_pattern_is_convicted(judge: Judge, contract: Contract) -> None:
    found = judged(judge, contract, "getOrder", 502, "text/plain", b"fine")

    assert found == [(Fault.SCHEMA, "", "a text of pattern ^oops", '"fine"')]
