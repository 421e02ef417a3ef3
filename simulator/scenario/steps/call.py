"""`call:` sends an operation's request by its name in the contract, and the answer has to keep to it."""

import msgspec

from simulator.contract.model import Contract
from simulator.contract.requests import RequestError, build
from simulator.scenario.answers import (
    AnswerExpectation,
    contract_of,
    judge_answer,
    judge_by_contract,
    save,
    send,
)
from simulator.scenario.nodes import Node
from simulator.scenario.play import Play
from simulator.scenario.step_types import StepType
from simulator.scenario.wire import ensure_one_body, form
from simulator.targets.protocol import RawRequest


class CallStep(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Call an operation by its operationId.

    The body is one of `body` (any JSON value), `text` (sent as it is) and `multipart`; `type` is its media
    type where it is not the operation's first one.
    """

    call: str
    path: dict[str, object] = {}
    query: dict[str, object] = {}
    headers: dict[str, object] = {}
    body: object = msgspec.UNSET
    text: str | None = None
    multipart: dict[str, object] | None = None
    type: str | None = None
    answer: AnswerExpectation | None = None
    save: dict[str, str] = {}


def perform(step: CallStep, play: Play) -> None:
    """Call, compare, judge by the contract, save."""
    contract = contract_of(play.target.product, play.target.release)
    try:
        request = _request(step, contract, play)
    except RequestError as error:
        raise play.wrong(f"expected a request that the contract allows, came: {error}") from error
    answer = send(play, request)
    judge_answer(play, step.answer, answer)
    judge_by_contract(play, contract.operations[step.call], answer, "call")
    save(play, step.save, answer)


def _request(step: CallStep, contract: Contract, play: Play) -> RawRequest:
    request = build(
        contract, step.call, step.path, step.query, _body(step, play), step.type, headers=step.headers
    )
    return RawRequest(
        method=request.method,
        path=request.path_with_query,
        headers=request.headers,
        content=request.content or b"",
    )


def _body(step: CallStep, play: Play) -> object:
    if step.multipart is not None:
        return form(step.multipart, play)
    if step.text is not None:
        return step.text.encode()
    if step.body is msgspec.UNSET:
        return None
    return msgspec.json.encode(step.body)


def check(node: Node) -> None:
    """See that there is at most one body."""
    ensure_one_body(node.mapping())


STEP = StepType(
    name="call",
    body=CallStep,
    perform=perform,
    refusable=False,
    expectations=("answer",),
    saves=lambda step: list(step.save),
    check=check,
)
