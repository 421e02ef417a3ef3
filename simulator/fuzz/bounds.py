"""Keeps requests from costing the run its time: what waits for something waits for milliseconds only."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from simulator.contract.model import Contract
from simulator.contract.releases import read_release
from simulator.fuzz.example import Example

BRIEF = 20
"""Milliseconds that a request may wait for work."""

NO_WAIT = -1
PINNED = (1_767_225_600_000, 1_924_991_999_999)
"""The instants a clock may be pinned to: an engine whose clock stands elsewhere is of no use to the next request."""

FIRST_THAT_TIMES_OUT = (8, 7)
Body = dict[str, Any]
Bound = Callable[[Contract, Body], Body]


def bounded(contract: Contract, example: Example) -> Example:
    """The request with its waiting times cut; one that waits for nothing is returned as it is."""
    bound = BOUNDS.get((contract.product, example.operation))
    content = example.content
    if bound is None or content is None or not isinstance(content.value, dict):
        return example
    body = bound(contract, dict(content.value))
    if body == content.value:
        return example
    return msgspec.structs.replace(example, content=msgspec.structs.replace(content, value=body))


def _number(value: Any) -> float | None:
    """A number of the body; a truth value is none."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _fetch(_contract: Contract, body: Body) -> Body:
    waits = body.get("asyncResponseTimeout")
    if isinstance(waits, str) or (_number(waits) or 0) > BRIEF:
        body["asyncResponseTimeout"] = BRIEF
    return body


def _activate(_contract: Contract, body: Body) -> Body:
    """No time told, or 0, is the engine's own, which is seconds long."""
    waits = body.get("requestTimeout")
    if waits is None or isinstance(waits, str) or (_number(waits) or NO_WAIT) >= 0 or waits == 0:
        body["requestTimeout"] = NO_WAIT
    return body


def _create(contract: Contract, body: Body) -> Body:
    """Release 8.6 waits for its own time, whatever the request says (live Camunda 8.6)."""
    if body.get("awaitCompletion") in (True, "true"):
        if read_release(contract.release) < FIRST_THAT_TIMES_OUT:
            body["awaitCompletion"] = False
        else:
            body["requestTimeout"] = BRIEF
    return body


def _pin(_contract: Contract, body: Body) -> Body:
    instant = _number(body.get("timestamp"))
    if instant is not None and instant >= 0:
        body["timestamp"] = min(max(int(instant), PINNED[0]), PINNED[1])
    return body


BOUNDS: Mapping[tuple[str, str], Bound] = {
    ("camunda7", "fetchAndLockExternalTasks"): _fetch,
    ("camunda8", "activateJobs"): _activate,
    ("camunda8", "createProcessInstance"): _create,
    ("camunda8", "pinClock"): _pin,
}
