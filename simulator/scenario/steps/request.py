"""`request:` sends a raw request, where the wire itself is the point."""

import re
from urllib.parse import quote, urlencode

import msgspec

from simulator.contract.forms import show_scalar
from simulator.scenario.answers import (
    AnswerExpectation,
    judge_answer,
    judge_by_contract,
    operation_of,
    save,
    send,
)
from simulator.scenario.nodes import Node
from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.wire import encode, ensure_one_body
from simulator.targets.protocol import RawRequest

_LINE = re.compile(r"(?P<method>[A-Z]+) (?P<path>/\S*)")


class RequestStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Send a request such as `GET /process-definition`, relative to the REST root of the target.

    The body is one of `body` (sent as JSON), `text` (sent as it is) and `multipart`. `operation` names the
    operation of the contract that the answer has to keep to.
    """

    request: str
    query: dict[str, object] = {}
    headers: dict[str, str] = {}
    body: object = msgspec.UNSET
    text: str | None = None
    multipart: dict[str, object] | None = None
    operation: str | None = None
    answer: AnswerExpectation | None = None
    save: dict[str, str] = {}


def perform(step: RequestStep, play: Play) -> None:
    """Send, compare, save."""
    line = _LINE.fullmatch(step.request)
    if line is None:
        raise play.wrong(f"expected a method and a path such as GET /task, came {step.request!r}")
    media_type, content = encode(step.body, step.text, step.multipart, play)
    headers = dict(step.headers)
    if media_type and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = media_type
    path = line["path"] + query_text(step.query)
    answer = send(play, RawRequest(method=line["method"], path=path, headers=headers, content=content))
    judge_answer(play, step.answer, answer)
    if step.operation is not None:
        operation = operation_of(play.target, step.operation)
        if operation is None:
            raise play.wrong(f"expected an operation of {play.target.product}, came {step.operation!r}")
        judge_by_contract(play, operation, answer, "operation")
    save(play, step.save, answer)


def query_text(query: dict[str, object]) -> str:
    """The query with its question mark; a list repeats its name."""
    pairs = [
        (name, show_scalar(item))
        for name, value in query.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    return f"?{urlencode(pairs, quote_via=quote)}" if pairs else ""


def check(node: Node) -> None:
    """See that there is a method, a path and at most one body."""
    entries = node.mapping()
    line = entries["request"]
    if "${" not in line.text() and not _LINE.fullmatch(line.text()):
        raise line.wrong(f"expected a method and a path such as GET /task, came {line.text()!r}")
    ensure_one_body(entries)


STEP = StepType(
    name="request",
    body=RequestStep,
    perform=perform,
    refusable=False,
    expectations=("answer",),
    saves=lambda step: list(step.save),
    check=check,
)
