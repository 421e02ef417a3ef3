from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.contract.forms import Form, Upload, encode_multipart
from simulator.contract.loading import load_file
from simulator.contract.model import Contract
from simulator.contract.requests import (
    MissingParameter,
    UnknownOperation,
    UnknownParameter,
    UnsuitableBody,
    build,
)
from simulator.contract.router import Match, Router

DOCUMENT = """
openapi: 3.1.0
info: {title: Orders, version: "1.0"}
paths:
  /orders/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
    get:
      operationId: getOrder
      parameters:
        - {name: deep, in: query, schema: {type: boolean}}
        - {name: tag, in: query, schema: {type: array, items: {type: string}}}
        - {name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: X-Tenant, in: header, schema: {type: string}}
      responses:
        200: {description: One, content: {text/xml: {}, application/json: {}}}
    delete:
      operationId: deleteOrder
      parameters:
        - {name: reason, in: query, required: true, schema: {type: string}}
      responses: {204: {description: Gone}}
  /orders:
    post:
      operationId: placeOrder
      requestBody:
        required: true
        content: {application/json: {}, application/x-www-form-urlencoded: {}, text/plain: {}}
      responses: {201: {description: Placed, content: {application/order+json: {}}}}
  /orders/files:
    post:
      operationId: uploadOrders
      requestBody: {content: {multipart/form-data: {}}}
      responses: {204: {description: Taken}}
"""
ALPHABET = "abz09 %/?#[]@!$&'()*+,;=:.-_~{}\"\\<>^`|\0\n\x7fäß€\u200b\ufeff𝄞"


def read_contract(folder: Path) -> Contract:
    file = folder / "orders.yaml"
    file.write_text(DOCUMENT)
    return load_file(file, None, None)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Contract:
    return read_contract(tmp_path_factory.mktemp("specs"))


def parts(content_type: str, content: bytes) -> list[Message]:
    whole = BytesParser().parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + content)
    payload = whole.get_payload()
    assert isinstance(payload, list)
    return [part for part in payload if isinstance(part, Message)]


def test_a_request_without_body_is_its_method_path_and_query(contract: Contract) -> None:
    request = build(contract, "getOrder", {"id": "a/b c"}, {"deep": True, "tag": ["x&y", "z"], "ids": [1, 2]})

    assert request.method == "GET"
    assert request.path_with_query == "/orders/a%2Fb%20c?deep=true&tag=x%26y&tag=z&ids=1%2C2"
    assert request.headers == {"Accept": "application/json, */*;q=0.5"}
    assert request.content is None


def test_a_parameter_that_is_none_is_left_out(contract: Contract) -> None:
    request = build(contract, "getOrder", {"id": 7}, {"deep": None})

    assert request.path_with_query == "/orders/7"


def test_header_parameters_are_sent(contract: Contract) -> None:
    request = build(contract, "getOrder", {"id": 7}, headers={"X-Tenant": "north"})

    assert request.headers["X-Tenant"] == "north"


@given(id=st.text(ALPHABET, min_size=1), reason=st.text(ALPHABET))
def test_what_a_built_request_says_is_what_the_router_and_the_query_give_back(
    contract: Contract, id: str, reason: str
) -> None:
    request = build(contract, "deleteOrder", {"id": id}, {"reason": reason})

    target = urlsplit(request.path_with_query)
    found = Router(contract.operations.values()).match(request.method, target.path)
    assert isinstance(found, Match)
    assert (found.operation.id, found.path_parameters) == ("deleteOrder", {"id": id})
    assert parse_qsl(target.query, keep_blank_values=True) == [("reason", reason)]


@pytest.mark.parametrize("dots", [".", ".."])
def test_dots_as_a_path_parameter_are_encoded(contract: Contract, dots: str) -> None:
    request = build(contract, "getOrder", {"id": dots})

    assert request.path_with_query == "/orders/" + "%2E" * len(dots)


@pytest.mark.parametrize(
    ("body", "media_type", "content_type", "content"),
    [
        ({"a": [1, None]}, None, "application/json", b'{"a":[1,null]}'),
        (b"null", None, "application/json", b"null"),
        ("a text", None, "application/json", b'"a text"'),
        ("a text", "text/plain", "text/plain", b"a text"),
        (b"{", "application/json; charset=utf-8", "application/json; charset=utf-8", b"{"),
        ({"a": "b c"}, "application/x-www-form-urlencoded", "application/x-www-form-urlencoded", b"a=b+c"),
    ],
)
def test_a_body_is_encoded_by_its_media_type(
    contract: Contract, body: Any, media_type: str | None, content_type: str, content: bytes
) -> None:
    request = build(contract, "placeOrder", body=body, media_type=media_type)

    assert request.headers == {"Accept": "application/order+json, */*;q=0.5", "Content-Type": content_type}
    assert request.content == content


def test_a_multipart_form_carries_fields_files_and_repeated_names(contract: Contract) -> None:
    form: Form = {
        "deployment-name": "Orders",
        "enabled": True,
        "file": [Upload("a.bpmn", b"<a/>\r\n", "text/xml"), Upload('b".bpmn', b"\x00\xff")],
    }

    request = build(contract, "uploadOrders", body=form)

    name, enabled, first, second = parts(request.headers["Content-Type"], request.content or b"")
    assert name.get_param("name", header="content-disposition") == "deployment-name"
    assert name.get_payload(decode=True) == b"Orders"
    assert enabled.get_payload(decode=True) == b"true"
    assert (first.get_filename(), first.get_content_type()) == ("a.bpmn", "text/xml")
    assert first.get_payload(decode=True) == b"<a/>\r\n"
    assert second.get_filename() == "b%22.bpmn"


def test_a_boundary_never_stands_in_the_content() -> None:
    content_type, _ = encode_multipart({"a": "x"})
    boundary = content_type.partition("boundary=")[2]

    changed, content = encode_multipart({"a": "x", "b": boundary})

    taken = changed.partition("boundary=")[2]
    assert content.count(taken.encode()) == 3


def test_the_same_form_is_always_encoded_the_same() -> None:
    form: Form = {"a": "x", "b": Upload("f", b"1")}

    assert encode_multipart(form) == encode_multipart(form)


@pytest.mark.parametrize(
    ("operation", "path", "query", "problem"),
    [
        ("getOrder", {}, {}, "the path parameter 'id' is required"),
        ("getOrder", {"id": ""}, {}, "the path parameter 'id' is required"),
        ("getOrder", {"id": None}, {}, "the path parameter 'id' is required"),
        ("deleteOrder", {"id": "1"}, {"reason": None}, "the query parameter 'reason' is required"),
    ],
)
def test_a_missing_parameter_is_named(
    contract: Contract, operation: str, path: dict[str, Any], query: dict[str, Any], problem: str
) -> None:
    with pytest.raises(MissingParameter, match=f"{operation}: {problem}"):
        build(contract, operation, path, query)


def test_an_unknown_parameter_is_named(contract: Contract) -> None:
    with pytest.raises(UnknownParameter, match="getOrder: there is no query parameter 'depth'"):
        build(contract, "getOrder", {"id": "1"}, {"depth": 1})
    with pytest.raises(UnknownParameter, match="getOrder: there is no path parameter 'key'"):
        build(contract, "getOrder", {"id": "1", "key": "2"})


def test_an_unknown_operation_is_named(contract: Contract) -> None:
    with pytest.raises(UnknownOperation, match=r"eatOrder: orders 1\.0 has no such operation"):
        build(contract, "eatOrder")


@pytest.mark.parametrize(
    ("operation", "body", "media_type", "problem"),
    [
        ("placeOrder", None, None, "a body is required: application/json or"),
        ("placeOrder", b"<a/>", "text/xml", "expected application/json or .* came text/xml"),
        ("uploadOrders", 7, None, "a int cannot be written as multipart/form-data"),
        ("getOrder", b"{}", None, "expected no body, came a body"),
    ],
)
def test_an_unsuitable_body_is_refused(
    contract: Contract, operation: str, body: Any, media_type: str | None, problem: str
) -> None:
    path = {"id": "1"} if operation == "getOrder" else {}

    with pytest.raises(UnsuitableBody, match=problem):
        build(contract, operation, path, body=body, media_type=media_type)
