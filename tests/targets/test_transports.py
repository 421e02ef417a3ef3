"""A target that does not answer says why, and where it was looked for."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from simulator.core.errors import UserError
from simulator.targets.http_transport import Access, HttpTransport
from simulator.targets.in_process import InProcess
from simulator.targets.protocol import RawRequest, Refused, Unusable
from simulator.targets.rest import Rest

CERTIFICATE = Path(__file__).parent / "certificate"
ASK = RawRequest(method="GET", path="/version")


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/json":
            return self._send(200, "application/json", b'{"login": "%s"}' % self._login())
        if self.path == "/broken":
            return self._send(200, "application/json", b'{"version": ')
        if self.path == "/refused":
            return self._send(500, "text/plain", b"no")
        return self._send(502, "text/html; charset=utf-8", b"<html>Bad gateway</html>")

    def log_message(self, *args: Any) -> None:
        return

    def _login(self) -> bytes:
        return str(self.headers.get("Authorization")).encode()

    def _send(self, status: int, media_type: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def _serving(context: ssl.SSLContext | None = None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = False
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def _reached(url: str, access: Access | None = None) -> Iterator[Rest]:
    transport = HttpTransport(url, access or Access(timeout=5))
    try:
        yield Rest(transport)
    finally:
        transport.close()


def test_a_refused_connection_is_explained_with_the_url() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    url = f"http://127.0.0.1:{port}/engine-rest"

    with _reached(url) as rest, pytest.raises(Unusable, match="no connection") as raised:
        rest.transport.send(ASK)

    assert url in str(raised.value)


def test_a_server_that_hangs_is_given_up_after_the_time_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"

        with (
            _reached(url, Access(timeout=0.05)) as rest,
            pytest.raises(Unusable, match=r"within 0\.05 s") as raised,
        ):
            rest.transport.send(ASK)

    assert url in str(raised.value)


def test_an_answer_in_html_is_no_rest_answer() -> None:
    with _serving() as url, _reached(url) as rest, pytest.raises(Unusable, match="an HTML page") as raised:
        rest.get("getVersion", "/version")

    assert "status 502" in str(raised.value)
    assert url in str(raised.value)


def test_an_answer_that_is_cut_short_is_no_rest_answer() -> None:
    with _serving() as url, _reached(url) as rest, pytest.raises(Unusable, match="no JSON"):
        rest.get("getVersion", "/broken")


def test_a_refusal_in_plain_text_stays_a_refusal() -> None:
    with _serving() as url, _reached(url) as rest, pytest.raises(Refused) as raised:
        rest.get("getVersion", "/refused")

    assert (raised.value.answer.status, raised.value.body) == (500, "no")


def test_a_certificate_of_an_unknown_authority_is_explained_and_one_that_is_named_is_trusted() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE / "server.pem", CERTIFICATE / "server.key")

    with _serving(context) as url:
        with _reached(url) as rest, pytest.raises(Unusable, match="certificate is not trusted"):
            rest.get("getVersion", "/json")
        with _reached(url, Access(cacert=CERTIFICATE / "server.pem")) as rest:
            answer = rest.get("getVersion", "/json")

    assert answer == {"login": "None"}


@pytest.mark.parametrize(
    ("access", "login"),
    [(Access(user="demo:secret"), "Basic ZGVtbzpzZWNyZXQ="), (Access(bearer="token"), "Bearer token")],
)
def test_a_login_travels_with_every_request(access: Access, login: str) -> None:
    with _serving() as url, _reached(url, access) as rest:
        answer = rest.get("getVersion", "/json")

    assert answer == {"login": login}


@pytest.mark.parametrize(
    "wrong", [{"user": "demo"}, {"user": "a:b", "bearer": "c"}, {"timeout": 0.0}], ids=["user", "two", "time"]
)
def test_access_that_cannot_be_meant_is_refused(wrong: Any) -> None:
    with pytest.raises(UserError):
        Access(**wrong)


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "no.pem"
    file.write_text("nothing")

    with pytest.raises(UserError, match="PEM"):
        HttpTransport("https://127.0.0.1", Access(cacert=file))


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    message = await receive()
    if scope["path"] == "/root/waiting":
        await asyncio.sleep(0.001)
        assert asyncio.current_task() is not None
    if scope["path"] == "/root/failing":
        raise ZeroDivisionError
    if scope["path"] == "/root/silent":
        return
    headers = [(b"X-Query", scope["query_string"]), (b"X-Path", scope["raw_path"])]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": message["body"][:2], "more_body": True})
    await send({"type": "http.response.body", "body": message["body"][2:]})


@pytest.fixture
def in_process() -> Iterator[InProcess]:
    transport = InProcess(_echo, "/root")
    yield transport
    transport.close()


@pytest.mark.parametrize("where", ["/at-once", "/waiting"])
def test_an_application_in_process_answers_whether_it_waits_or_not(in_process: InProcess, where: str) -> None:
    request = RawRequest(method="POST", path=f"{where}?a=1&b=%20", content=b"body")

    first, second = in_process.send(request), in_process.send(request)

    assert (first.status, first.content) == (201, b"body")
    assert first.headers == {"x-query": "a=1&b=%20", "x-path": f"/root{where}"}
    assert second == first


def test_what_an_application_raises_is_not_hidden(in_process: InProcess) -> None:
    with pytest.raises(ZeroDivisionError):
        in_process.send(RawRequest(method="GET", path="/failing"))


def test_an_application_that_says_nothing_is_unusable(in_process: InProcess) -> None:
    with pytest.raises(Unusable, match="without an answer"):
        in_process.send(RawRequest(method="GET", path="/silent"))
