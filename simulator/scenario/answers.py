"""Judges an answer on the wire: by the scenario's expectation, and by the product's contract."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from simulator.contract.judge import Judge
from simulator.contract.loading import load
from simulator.contract.model import Contract, Operation
from simulator.scenario.matching import ABSENT, Mismatch, Spot
from simulator.scenario.play import Play
from simulator.scenario.selectors import FORKS
from simulator.targets.protocol import RawAnswer, RawRequest, Target

MOST_SHOWN = 20_000


class AnswerExpectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an answer is to be: status, headers (any case), JSON body or its text; matchers allowed."""

    status: object = msgspec.UNSET
    headers: dict[str, object] = {}
    body: object = msgspec.UNSET
    text: object = msgspec.UNSET


@cache
def contract_of(product: str, release: str) -> Contract:
    """The contract that a product's release promises; a fork's is that of the product it comes from."""
    if product in FORKS:
        return load(FORKS[product])
    return load(product, ".".join(release.split(".")[:2]))


@cache
def _judge_of(product: str, release: str) -> Judge:
    return Judge(contract_of(product, release))


def send(play: Play, request: RawRequest) -> RawAnswer:
    """Send a request and keep what was sent and what came."""
    answer = play.target.request(request)
    play.found.notes.append(f"{request.method} {request.path}")
    play.found.came = {"status": answer.status, "headers": dict(answer.headers), **_shown_body(answer)}
    return answer


def judge_answer(play: Play, expected: AnswerExpectation | None, answer: RawAnswer) -> None:
    """Compare an answer with the scenario's expectation, which is any 2xx where there is none."""
    if expected is None:
        if not 200 <= answer.status < 300:
            play.found.mismatches.append(Mismatch(Spot(), "a 2xx status", _summary(answer)))
        return
    play.found.expected = msgspec.to_builtins(expected)
    if expected.status is not msgspec.UNSET:
        _judge_status(play, expected.status, answer)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    for name, value in expected.headers.items():
        spot = Spot(("answer", "headers", name), ("headers", name))
        play.compare(value, headers.get(name.lower(), ABSENT), spot)
    if expected.body is not msgspec.UNSET:
        play.compare(expected.body, body_of(answer), Spot(("answer", "body"), ("body",)))
    if expected.text is not msgspec.UNSET:
        text = answer.content.decode(errors="replace")
        play.compare(expected.text, text, Spot(("answer", "text"), ("text",)))


def _judge_status(play: Play, expected: object, answer: RawAnswer) -> None:
    before = len(play.found.mismatches)
    play.compare(expected, answer.status, Spot(("answer", "status"), ("status",)))
    for index in range(before, len(play.found.mismatches)):
        mismatch = play.found.mismatches[index]
        play.found.mismatches[index] = Mismatch(mismatch.spot, mismatch.expected, _summary(answer))


def judge_by_contract(play: Play, operation: Operation, answer: RawAnswer, key: str) -> None:
    """See that the answer keeps to the contract; `key` is the step's field that names the operation."""
    content_type = next(
        (value for name, value in answer.headers.items() if name.lower() == "content-type"), None
    )
    judge = _judge_of(play.target.product, play.target.release)
    for found in judge.judge(operation, answer.status, content_type, answer.content):
        expected = f"by the contract of {operation.id}: {found.expected} ({found.fault})"
        where = tuple(part for part in found.where.split("/") if part)
        play.found.mismatches.append(Mismatch(Spot((key,), ("body", *where)), expected, found.came))


def save(play: Play, pointers: Mapping[str, str], answer: RawAnswer) -> None:
    """Save parts of a JSON answer by their pointers (RFC 6901); one that leads nowhere is a mismatch."""
    for name, written in pointers.items():
        value = follow(body_of(answer), written)
        if value is ABSENT:
            spot = Spot(("save", name), ("body",))
            play.found.mismatches.append(
                Mismatch(spot, f"a value at {written or 'the root'}", _summary(answer))
            )
        else:
            play.saved[name] = value


def follow(value: object, written: str) -> object:
    """The value at a JSON pointer, or ABSENT."""
    for token in written.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        match value:
            case dict() if key in value:
                value = value[key]
            case list() if key.isascii() and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            case _:
                return ABSENT
    return value


def body_of(answer: RawAnswer) -> object:
    """The JSON value of a body; nothing for an empty one, its text for one that is no JSON."""
    if not answer.content:
        return ABSENT
    try:
        return msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return answer.content.decode(errors="replace")


def operation_of(target: Target, operation: str) -> Operation | None:
    """The operation of the target's contract by its operationId."""
    return contract_of(target.product, target.release).operations.get(operation)


def _shown_body(answer: RawAnswer) -> Mapping[str, object]:
    if len(answer.content) > MOST_SHOWN:
        return {"text": answer.content[:MOST_SHOWN].decode(errors="replace") + "…"}
    body = body_of(answer)
    return {} if body is ABSENT else {"body": body}


def _summary(answer: RawAnswer) -> str:
    return "".join(_parts(answer))


def _parts(answer: RawAnswer) -> Iterator[str]:
    yield str(answer.status)
    if answer.content:
        text = answer.content[:400].decode(errors="replace")
        yield f" with {text}"
