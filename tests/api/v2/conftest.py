"""A simulator of Camunda 8 in this process, called by method, path and body."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from simulator.api.building import build_application
from simulator.contract.forms import Upload, encode_multipart
from simulator.dialects.finding import find_dialect
from simulator.engine.clock import VirtualClock
from simulator.targets.in_process import InProcess
from simulator.targets.protocol import RawRequest

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">{before}
  <process id="{process}" isExecutable="true">{inside}</process>
</definitions>"""
SERVICE = """<startEvent id="start"/><sequenceFlow id="f" sourceRef="start" targetRef="pack"/>
  <serviceTask id="pack"><extensionElements><zeebe:taskDefinition type="pack"/></extensionElements></serviceTask>
  <sequenceFlow id="g" sourceRef="pack" targetRef="end"/><endEvent id="end"/>"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a decoded body, None where there is none."""

    status: int
    body: Any


class Simulator:
    """One fresh simulator; `send` answers decoded, `deploy` and `activate` are what most tests begin with."""

    def __init__(self, dialect: str) -> None:
        self.app = build_application([find_dialect(dialect)], VirtualClock(1_800_000_000_000))
        self.transport = InProcess(self.app, "/v2")
        self.outside = InProcess(self.app)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        content = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            named = {"content-type": "application/json", **named}
        answer = self.transport.send(RawRequest(method=method, path=path, headers=named, content=content))
        return Answer(answer.status, json.loads(answer.content) if answer.content else None)

    def deploy(
        self, inside: str = SERVICE, *, process: str = "order", before: str = "", tenant: str = ""
    ) -> Answer:
        content = MODEL.format(inside=inside, process=process, before=before).encode()
        form: dict[str, Any] = {"resources": Upload(f"{process}.bpmn", content)}
        if tenant:
            form["tenantId"] = tenant
        media_type, body = encode_multipart(form)
        request = RawRequest(
            method="POST", path="/deployments", headers={"content-type": media_type}, content=body
        )
        answer = self.transport.send(request)
        return Answer(answer.status, json.loads(answer.content) if answer.content else None)

    def start(self, **fields: Any) -> str:
        answer = self.send("POST", "/process-instances", {"processDefinitionId": "order", **fields})
        assert answer.status == 200, answer
        return str(answer.body["processInstanceKey"])

    def activate(self, kind: str = "pack", **fields: Any) -> list[dict[str, Any]]:
        body = {
            "type": kind,
            "timeout": 60_000,
            "maxJobsToActivate": 50,
            "requestTimeout": -1,
            **fields,
        }
        answer = self.send("POST", "/jobs/activation", body)
        assert answer.status == 200, answer
        jobs: list[dict[str, Any]] = answer.body["jobs"]
        return jobs

    def advance(self, seconds: float) -> None:
        content = json.dumps({"seconds": seconds}).encode()
        self.outside.send(RawRequest(method="POST", path="/clock/advance", content=content))


Make = Callable[[str], Simulator]


@pytest.fixture
def simulator() -> Simulator:
    return Simulator("camunda8")


@pytest.fixture
def make() -> Make:
    return Simulator
