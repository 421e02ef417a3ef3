"""Starting process instances: what a request leaves behind."""

from simulator.targets.protocol import RawRequest
from tests.api.v2.conftest import Simulator

INSTRUCTIONS = [{"type": "TERMINATE_PROCESS_INSTANCE", "afterElementId": "start"}]


def state(simulator: Simulator, key: str) -> str:
    return str(simulator.send("GET", f"/process-instances/{key}").body["state"])


def test_a_refused_creation_leaves_no_runtime_instruction_to_the_next_one(simulator: Simulator) -> None:
    simulator.deploy()
    refused = simulator.send(
        "POST",
        "/process-instances",
        {
            "processDefinitionId": "order",
            "runtimeInstructions": INSTRUCTIONS,
            "startInstructions": [{"elementId": "nowhere"}],
        },
    )

    key = simulator.start()

    assert refused.status == 400
    assert state(simulator, key) == "ACTIVE"


def test_a_runtime_instruction_is_for_its_own_instance(simulator: Simulator) -> None:
    simulator.deploy()
    before = simulator.start()

    stopped = simulator.start(runtimeInstructions=INSTRUCTIONS)
    after = simulator.start()

    assert [state(simulator, key) for key in (before, stopped, after)] == ["ACTIVE", "TERMINATED", "ACTIVE"]


def test_a_job_of_a_stopped_instance_is_gone(simulator: Simulator) -> None:
    simulator.deploy()
    key = simulator.start(runtimeInstructions=[{"afterElementId": "pack"}])
    (job,) = simulator.activate()

    simulator.send("POST", f"/jobs/{job['jobKey']}/completion", {})
    again = simulator.send("POST", f"/jobs/{job['jobKey']}/completion", {})

    assert state(simulator, key) == "TERMINATED"
    assert again.status == 404


def test_a_tag_that_is_given_twice_is_one(simulator: Simulator) -> None:
    simulator.deploy()

    answer = simulator.send(
        "POST", "/process-instances", {"processDefinitionId": "order", "tags": ["a", "b", "a"]}
    )

    assert answer.body["tags"] == ["a", "b"]


def test_a_boundary_that_is_empty_is_none(simulator: Simulator) -> None:
    answer = simulator.transport.send(
        RawRequest(
            method="POST",
            path="/deployments",
            headers={"content-type": "multipart/form-data; boundary=;"},
            content=b"",
        )
    )

    assert answer.status == 500
    assert b"MultipartException" in answer.content
