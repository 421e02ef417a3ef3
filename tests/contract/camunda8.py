"""The contract of the Camunda 8 REST API in its releases, for the tests that hold it to account."""

from functools import cache
from pathlib import Path
from typing import Any

from simulator.contract.judge import Discrepancy, Judge
from simulator.contract.loading import load
from simulator.contract.model import Contract
from tests.contract.document import (
    Node,
    document_of_release,
    validator,
)

DOCUMENT = Path(__file__).parents[2] / "specs" / "openapi" / "camunda8.yaml"
JSON = "application/json"
NUMBER_KEYS = "application/vnd.camunda.api.keys.number+json"
TEXT_KEYS = "application/vnd.camunda.api.keys.string+json"
PROBLEM = "application/problem+json"
DEFINITION_KEY = 2251799813685250
RELEASES = ("8.6", "8.7", "8.8")


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
