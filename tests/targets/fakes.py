"""A REST application that answers as it was told and remembers what it was asked."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from simulator.targets.adapt import adapter_for
from simulator.targets.adapt_camunda8_tasks import UserTasks
from simulator.targets.connection import Connection
from simulator.targets.in_process import InProcess
from simulator.targets.naming import Names
from simulator.targets.ownership import Created, Everything
from simulator.targets.rest import Rest

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' targetNamespace="t">'
)


def bpmn_of(content: str) -> bytes:
    return f"{HEAD}{content}</definitions>".encode()


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    query: str
    content: bytes

    @property
    def body(self) -> Any:
        return msgspec.json.decode(self.content)


@dataclass(slots=True)
class FakeServer:
    """Answers by method and path; a path that it was not told about is 404. Several answers come in turn."""

    answers: Mapping[str, Any]
    asked: list[Asked] = field(default_factory=list)
    _turns: dict[str, int] = field(default_factory=dict)

    def requests(self, method_and_path: str) -> list[Asked]:
        return [each for each in self.asked if f"{each.method} {each.path}" == method_and_path]

    async def app(
        self,
        scope: Any,
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        message = await receive()
        asked = Asked(scope["method"], scope["path"], scope["query_string"].decode(), message["body"])
        self.asked.append(asked)
        status, body = self._answer(f"{asked.method} {asked.path}")
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        content = b"" if body is None else msgspec.json.encode(body)
        await send({"type": "http.response.body", "body": content})

    def _answer(self, key: str) -> tuple[int, Any]:
        answer = self.answers.get(key, (404, {"type": "Unknown", "message": key}))
        if isinstance(answer, Turns):
            turn = self._turns.get(key, 0)
            self._turns[key] = turn + 1
            answer = answer.answers[min(turn, len(answer.answers) - 1)]
        return answer if isinstance(answer, tuple) else (200, answer)


class Turns:
    """Several answers to the same request, the last of them again and again."""

    def __init__(self, *answers: Any) -> None:
        self.answers = answers


def connection(server: FakeServer, product: str, release: str, *, run: str | None = None) -> Connection:
    """A connection to a fake server: everybody's where a run's id is given, the test's own where not."""
    transport = InProcess(server.app)
    names = Names() if run is None else Names.of_run(run)
    return Connection(
        name=f"fake:{product}",
        product=product,
        release=release,
        rest=Rest(transport),
        names=names,
        adapter=adapter_for(product, names, UserTasks.NATIVE if release >= "8.8" else UserTasks.SERVICE),
        ownership=Everything() if run is None else Created(names, product),
        at_close=transport.close,
    )
