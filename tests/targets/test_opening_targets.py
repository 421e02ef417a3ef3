"""What users write for a target is understood, or answered with what could be written."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest

from simulator.core.errors import UserError
from simulator.targets import opening
from simulator.targets.builtin import BuiltIn
from simulator.targets.opening import TargetOptions, open_target, read_options
from simulator.targets.protocol import RawRequest, Unusable
from tests.targets.fakes import FakeServer

ANSWERS: dict[str, Any] = {
    "/engine-rest/version": {"version": "7.24.0"},
    "/v2/topology": {"gatewayVersion": "8.6.0"},
    "/old/engine": [{"name": "default"}],
    "/odd/version": ["no", "version"],
}


class _Engines(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path in ANSWERS
        status = 200 if found else 401 if self.path.startswith("/closed") else 404
        content = msgspec.json.encode(ANSWERS.get(self.path, {}))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Engines)
    server.daemon_threads = False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "text",
    ["", "camunda7", "camunda7:", "camunda7:localhost:8080", "camunda9:http://x", "simulator:", "engine:"],
)
def test_a_text_of_no_known_form_is_answered_with_the_forms(text: str) -> None:
    with pytest.raises(UserError, match="simulator:DIALECT") as raised:
        open_target(text, TargetOptions())

    assert "engine:NAME" in str(raised.value)


def test_options_after_commas_override_those_given() -> None:
    text = "camunda7:http://h/a,b,user=demo:a,b,timeout=5,header=X-A: 1,cacert=ca.pem,release=7.9,destructive"

    plain, options = read_options(text, TargetOptions())

    assert plain == "camunda7:http://h/a,b"
    assert (options.access.user, options.access.timeout, options.access.cacert) == (
        "demo:a,b",
        5.0,
        Path("ca.pem"),
    )
    assert (dict(options.access.headers), options.release, options.destructive) == ({"X-A": "1"}, "7.9", True)


@pytest.mark.parametrize("option", ["timeout=soon", "header=nothing", "timeout=-1"])
def test_options_that_cannot_be_read_are_refused(option: str) -> None:
    with pytest.raises(UserError, match="expected"):
        read_options(f"camunda7:http://h,{option}", TargetOptions())


@pytest.mark.parametrize(
    ("text", "product", "release"),
    [
        ("camunda7:{}/engine-rest", "camunda7", "7.24.0"),
        ("operaton:{}/engine-rest/", "operaton", "7.24.0"),
        ("camunda8:{}/v2", "camunda8", "8.6.0"),
        ("camunda8:{}/v2,release=8.8.1", "camunda8", "8.8.1"),
        ("camunda7:{}/old,release=7.9", "camunda7", "7.9"),
    ],
)
def test_a_urls_release_is_asked_of_it_and_a_flag_overrides(
    host: str, text: str, product: str, release: str
) -> None:
    target = open_target(text.format(host), TargetOptions(run="r1"))

    assert (target.product, target.release, target.own("order")) == (product, release, "order_tckr1")
    target.close()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("camunda7:{}/closed", "login"),
        ("camunda7:{}/nowhere", "/engine-rest"),
        ("camunda8:{}/nowhere", "/v2"),
        ("camunda7:{}/odd", "none of camunda7"),
        ("camunda7:{}/old", "does not tell its release"),
    ],
)
def test_a_url_that_is_no_such_engine_says_what_to_look_at(host: str, text: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as raised:
        open_target(text.format(host), TargetOptions())

    assert host in str(raised.value)


def test_a_url_that_nobody_serves_is_unusable() -> None:
    with pytest.raises(Unusable, match="no connection"):
        open_target("camunda8:http://127.0.0.1:9/v2", TargetOptions())


def test_a_runs_id_has_to_fit_into_names(host: str) -> None:
    with pytest.raises(UserError, match="run's id"):
        open_target(f"camunda8:{host}/v2", TargetOptions(run="a b"))


def test_the_simulator_keeps_names_and_is_fresh_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    servers: list[FakeServer] = []

    def fresh(dialect: str) -> BuiltIn:
        servers.append(FakeServer({"GET /engine-rest/version": {"version": dialect}}))
        return BuiltIn(app=servers[-1].app, product="camunda7", release="7.24", api="camunda7")

    monkeypatch.setattr(opening, "simulator_app", fresh)
    target = open_target("simulator:camunda7", TargetOptions())

    target.request(RawRequest(method="GET", path="/version"))
    target.close()
    open_target("simulator:camunda7", TargetOptions()).close()

    assert (target.name, target.own("order")) == ("simulator:camunda7", "order")
    assert [len(server.asked) for server in servers] == [1, 0]
