"""The transport to an ASGI application in this process, stepped by hand."""

import asyncio
import weakref
from asyncio.events import _get_running_loop, _set_running_loop
from collections.abc import Awaitable, Callable, Generator, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from simulator.targets.protocol import RawAnswer, RawRequest, Unusable

Scope: TypeAlias = MutableMapping[str, Any]
AsgiMessage: TypeAlias = MutableMapping[str, Any]
App: TypeAlias = Callable[
    [Scope, Callable[[], Awaitable[AsgiMessage]], Callable[[AsgiMessage], Awaitable[None]]], Awaitable[None]
]

HOST = "simulator.invalid"
"""The name under which an application in this process sees itself (RFC 6761, 6.4: never a real host)."""


class InProcess:
    """Calls an ASGI 3 application without server or socket, and without event loop while it never waits."""

    def __init__(self, app: App, root: str = "", *, dialect: str = "") -> None:
        self.url = f"simulator:{dialect or root}"
        self._app = app
        self._root = root
        self._loop: asyncio.AbstractEventLoop | None = None

    def send(self, request: RawRequest) -> RawAnswer:
        """Run the application for one request; an exception of the application flies."""
        exchange = _Exchange(request.content)
        call = self._app(self._scope(request), exchange.receive, exchange.send)
        self._drive(call)
        return exchange.answer(self.url)

    def close(self) -> None:
        """Close the event loop, if one was needed."""
        if self._loop is not None:
            self._loop.close()
            self._loop = None

    def _scope(self, request: RawRequest) -> Scope:
        path, _, query = request.path.partition("?")
        raw = self._root + path
        headers = [
            (name.lower().encode("latin-1"), text.encode("latin-1")) for name, text in request.headers.items()
        ]
        headers.append((b"host", HOST.encode()))
        headers.append((b"content-length", str(len(request.content)).encode()))
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote(raw) if "%" in raw else raw,
            "raw_path": raw.encode("latin-1"),
            "query_string": query.encode("latin-1"),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 0),
            "server": (HOST, 80),
        }

    def _drive(self, call: Awaitable[None]) -> None:
        """Step the call; where it waits for something outside, an event loop carries on from there."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            weakref.finalize(self, self._loop.close)
        steps = call.__await__()
        outer = _get_running_loop()
        _set_running_loop(self._loop)
        try:
            awaited = next(steps)
        except StopIteration:
            return
        finally:
            _set_running_loop(outer)
        self._loop.run_until_complete(_carry_on(_Pending(_Started(steps, awaited))))


class _Exchange:
    """One request and the answer as it comes, without waiting in between."""

    def __init__(self, content: bytes) -> None:
        self._incoming: list[AsgiMessage] = [{"type": "http.request", "body": content, "more_body": False}]
        self._status: int | None = None
        self._headers: dict[str, str] = {}
        self._content: list[bytes] = []

    async def receive(self) -> AsgiMessage:
        return self._incoming.pop() if self._incoming else {"type": "http.disconnect"}

    async def send(self, message: AsgiMessage) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = {
                name.decode("latin-1").lower(): text.decode("latin-1") for name, text in message["headers"]
            }
        elif message["type"] == "http.response.body":
            self._content.append(message.get("body", b""))

    def answer(self, url: str) -> RawAnswer:
        if self._status is None:
            raise Unusable("the application ended without an answer", url=url)
        return RawAnswer(self._status, self._headers, b"".join(self._content))


class _Started(Generator[Any, Any, None]):
    """A call that has begun already: hands over what it first waited for, then goes on."""

    def __init__(self, steps: Generator[Any, Any, None], awaited: Any) -> None:
        self._steps = steps
        self._awaited = [awaited]

    def send(self, value: Any) -> Any:
        return self._awaited.pop() if self._awaited else self._steps.send(value)

    def throw(self, *raised: Any) -> Any:
        return self._steps.throw(*raised)


class _Pending:
    """Makes a call that has begun something to be awaited."""

    def __init__(self, started: _Started) -> None:
        self._started = started

    def __await__(self) -> Generator[Any, Any, None]:
        return self._started


async def _carry_on(pending: _Pending) -> None:
    await pending
