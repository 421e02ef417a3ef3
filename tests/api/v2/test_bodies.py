"""Bodies at the edge of JSON."""

import json

import pytest

from simulator.targets.protocol import RawRequest
from tests.api.v2.conftest import Make


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b'{"processDefinitionId": "\\ud800"}', "process ID '?'"),
        (b'{"processDefinitionId": "\\ud83d\\ude00"}', "process ID '\N{GRINNING FACE}'"),
        (b'\xef\xbb\xbf{"processDefinitionId": "x"}', "process ID 'x'"),
        (b'{"processDefinitionId": "x"} ]', "process ID 'x'"),
    ],
)
def test_half_characters_marks_and_tails_are_read(make: Make, text: bytes, said: str) -> None:
    request = RawRequest(
        method="POST", path="/process-instances", headers={"content-type": "application/json"}, content=text
    )

    answer = make("camunda8:8.6").transport.send(request)

    assert said in json.loads(answer.content)["detail"]


@pytest.mark.parametrize("dialect", ["camunda8:8.6", "camunda8"])
@pytest.mark.parametrize("text", [b"\xff", b'{"a": "\xff"}', b"[" * 100_000, b'{"a": 01}', b'{"a": "\t"}'])
def test_what_is_no_json_is_not_read(make: Make, dialect: str, text: bytes) -> None:
    request = RawRequest(
        method="POST", path="/process-instances", headers={"content-type": "application/json"}, content=text
    )

    answer = make(dialect).transport.send(request)

    assert (answer.status, json.loads(answer.content)["detail"]) == (400, "Failed to read request")
