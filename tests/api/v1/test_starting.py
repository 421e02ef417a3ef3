"""What a start leaves behind, and what only a file too long for a scenario shows."""

from typing import Any

import msgspec
import pytest

from simulator.api.building import build_application
from simulator.dialects.camunda7 import CAMUNDA_7
from simulator.engine.clock import RealClock
from simulator.targets.in_process import InProcess
from simulator.targets.protocol import RawRequest

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="http://example.org">
  <process id="order" isExecutable="true" camunda:historyTimeToLive="5">
    <startEvent id="placed"/>
    <sequenceFlow id="toCheck" sourceRef="placed" targetRef="check"/>
    <userTask id="check"/>
  </process>
</definitions>"""
FORM = (
    b'--x\r\nContent-Disposition: form-data; name="data"; filename="order.bpmn"\r\n\r\n%s\r\n--x--\r\n'
    % MODEL
)
TEXT = "An exception occurred in the persistence layer."


class Client:
    """Requests to a fresh simulator."""

    def __init__(self) -> None:
        self.transport = InProcess(build_application([CAMUNDA_7], RealClock()), "/engine-rest")

    def send(self, method: str, path: str, content: bytes = b"", media_type: str = "application/json") -> Any:
        headers = {"Content-Type": media_type}
        answer = self.transport.send(RawRequest(method=method, path=path, headers=headers, content=content))
        return answer.status, msgspec.json.decode(answer.content) if answer.content else None

    def start(self, **body: object) -> Any:
        return self.send("POST", "/process-definition/key/order/start", msgspec.json.encode(body))

    def deploy(self) -> Any:
        return self.send("POST", "/deployment/create", FORM, "multipart/form-data; boundary=x")


@pytest.fixture
def client() -> Client:
    client = Client()
    client.deploy()
    return client


@pytest.mark.parametrize(
    "body",
    [
        {"variables": {"a": {"value": "x" * 4001}}},
        {"variables": {"n" * 256: {"value": 1}}},
        {"businessKey": "k" * 256},
        {"startInstructions": [
            {"type": "startBeforeActivity", "activityId": "check", "variables": {"a": {"value": "x" * 4001}}}
        ]},
    ],
)  # fmt: skip
def test_a_text_longer_than_its_column_takes_the_start_back(client: Client, body: dict[str, object]) -> None:
    status, answer = client.start(**body)

    assert (status, answer["type"], answer["code"]) == (500, "RestException", 10002)
    assert TEXT in answer["message"]
    assert client.send("GET", "/process-instance/count") == (200, {"count": 0})
    assert client.send("GET", "/history/process-instance/count") == (200, {"count": 0})


def test_a_text_as_long_as_its_column_is_kept(client: Client) -> None:
    status, _ = client.start(variables={"a": {"value": "x" * 4000}}, businessKey="k" * 255)

    assert status == 200


def test_a_transient_text_has_no_column(client: Client) -> None:
    text = {"value": "x" * 4001, "type": "String", "valueInfo": {"transient": True}}

    status, instance = client.start(variables={"a": text})

    assert status == 200
    assert client.send("GET", f"/process-instance/{instance['id']}/variables") == (200, {})


def test_the_history_of_a_running_version_outlives_its_deployment_without_cascade(client: Client) -> None:
    _, instance = client.start()
    client.send("DELETE", f"/process-instance/{instance['id']}")
    _, deployments = client.send("GET", "/deployment")

    status, _ = client.send("DELETE", f"/deployment/{deployments[0]['id']}")

    assert status == 204
    assert client.send("GET", "/history/process-instance/count") == (200, {"count": 1})
    assert client.start()[0] == 404
