"""The ASGI application: REST roots side by side, each with its engine, and the clock outside of them."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

import msgspec

from simulator.api.frame import Later, Reply

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLL_SECONDS = 0.02
ENCODE = msgspec.json.Encoder().encode
NO_CONTENT = (204, 304)


class Mounted(Protocol):
    """One REST API under a root path."""

    root: str

    def answer(
        self, method: str, path: str, query: str, headers: dict[str, str], body: bytes, base: str
    ) -> Reply | Later:
        """Answer a request; `path` is raw, without the root."""

    def advance(self, milliseconds: int) -> None:
        """Let time pass, and do what is due then."""

    def work_off(self) -> None:
        """Do what is due now in the background."""


class Application:
    """Several APIs as one ASGI 3 application; `body_limit` bounds a request's body in bytes."""

    def __init__(self, *mounted: Mounted, body_limit: int = 64 * 1024 * 1024) -> None:
        self.mounted = mounted
        self.body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection event of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if scope["type"] != "http":
            return
        body = await self._body(receive)
        if body is None:
            await _write(send, Reply(413, {"message": f"a body may have {self.body_limit:,} bytes at most"}))
            return
        reply = self._answer(scope, body)
        if isinstance(reply, Later):
            reply = await _wait(reply)
        await _write(send, reply)

    def _answer(self, scope: Scope, body: bytes) -> Reply | Later:
        raw: str = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        for api in self.mounted:
            if raw.startswith(api.root) and raw[len(api.root) : len(api.root) + 1] in ("/", ""):
                base = f"{scope.get('scheme', 'http')}://{headers.get('host', 'localhost')}{api.root}"
                query = scope.get("query_string", b"").decode("latin-1")
                return api.answer(scope["method"], raw[len(api.root) :] or "/", query, headers, body, base)
        if raw == "/clock/advance" and scope["method"] == "POST":
            return self._advance(body)
        roots = ", ".join(api.root for api in self.mounted)
        return Reply(404, {"message": f"nothing is served here; the REST APIs are under {roots}"})

    def _advance(self, body: bytes) -> Reply:
        try:
            seconds = msgspec.json.decode(body or b"{}", type=dict[str, float]).get("seconds", 0.0)
        except msgspec.DecodeError as error:
            return Reply(400, {"message": f"expected {{'seconds': number}}: {error}"})
        for api in self.mounted:
            api.advance(round(seconds * 1000))
        return Reply(204)

    async def _body(self, receive: Receive) -> bytes | None:
        message = await receive()
        body: bytes = message.get("body", b"")
        if not message.get("more_body"):
            return body if len(body) <= self.body_limit else None
        parts, size = [body], len(body)
        while message.get("more_body"):
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > self.body_limit:
                return None
        return b"".join(parts)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start and stop with the server, doing background work in between."""
        background: asyncio.Task[None] | None = None
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                background = asyncio.ensure_future(self._work())
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if background is not None:
                    background.cancel()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _work(self) -> None:
        while True:
            for api in self.mounted:
                api.work_off()
            await asyncio.sleep(POLL_SECONDS)


async def _wait(later: Later) -> Reply:
    """Poll until the answer is there or its time is over."""
    waited = 0.0
    while waited < later.seconds:
        reply = later.poll()
        if reply is not None:
            return reply
        await asyncio.sleep(POLL_SECONDS)
        waited += POLL_SECONDS
    return later.poll() or later.expired()


async def _write(send: Send, reply: Reply) -> None:
    body = reply.body
    content = b"" if body is None else body if isinstance(body, bytes) else ENCODE(body)
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
    if content or reply.status not in NO_CONTENT:
        if content:
            headers.append((b"content-type", reply.media_type.encode("latin-1")))
        headers.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})
