"""A request in process, against the handler it ends in."""

import timeit

from benchmarks import models
from benchmarks.table import Line, seconds
from simulator.api.application import Application
from simulator.api.building import build_api
from simulator.contract.forms import Upload, encode_multipart
from simulator.dialects.finding import find_dialect
from simulator.engine.clock import RealClock
from simulator.targets.in_process import InProcess
from simulator.targets.protocol import RawRequest

COUNT, ROUNDS = 3_000, 5


def measure(live: str | None) -> list[Line]:
    """Time a start through the application, and by calling the API's own answer function."""
    api = build_api(find_dialect("camunda7"), RealClock())
    carrier = InProcess(Application(api))
    form = {"data": Upload("m.bpmn", models.linear(1, "userTask", key="user").encode(), "text/xml")}
    media_type, content = encode_multipart(form)
    headers = {"content-type": "application/json"}
    path, body = "/process-definition/key/user/start", b'{"variables":{"amount":{"value":1}}}'
    create = "/engine-rest/deployment/create"
    carrier.send(
        RawRequest(method="POST", path=create, headers={"content-type": media_type}, content=content)
    )
    request = RawRequest(method="POST", path="/engine-rest" + path, headers=headers, content=body)
    whole = min(timeit.repeat(lambda: carrier.send(request), number=COUNT, repeat=ROUNDS)) / COUNT
    call = lambda: api.answer("POST", path, "", headers, body, "")  # noqa: E731 - timed as it is
    handler = min(timeit.repeat(call, number=COUNT, repeat=ROUNDS)) / COUNT
    figures = {"ours": seconds(whole), "handler": seconds(handler), "ratio": f"{whole / handler:.2f}×"}
    return [Line("start in process", figures, "≤ 2× the handler", whole <= 2 * handler)]
