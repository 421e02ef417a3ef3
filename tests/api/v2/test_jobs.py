"""Jobs on the wire, where time matters."""

import json
import threading
import time

import pytest

from simulator.targets.protocol import RawRequest
from tests.api.v2.conftest import Simulator


def test_a_job_comes_back_when_its_worker_has_let_the_time_pass(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    (first,) = simulator.activate(worker="slow")

    simulator.advance(61)
    (second,) = simulator.activate(worker="quick")

    assert second["jobKey"] == first["jobKey"]
    assert second["worker"] == "quick"
    assert simulator.activate() == []


LONGEST = 2**63 - 1


@pytest.mark.parametrize("wait", [-1, 2_000])
def test_a_time_out_beyond_all_times_fails_where_there_is_a_job(simulator: Simulator, wait: int) -> None:
    simulator.deploy()
    body = {"type": "pack", "timeout": LONGEST, "maxJobsToActivate": 1, "requestTimeout": wait}
    none = simulator.activate(timeout=LONGEST)
    simulator.start()

    answer = simulator.send("POST", "/jobs/activation", body)

    assert none == []
    assert (answer.status, answer.body["title"]) == (500, "INTERNAL")
    assert "'ACTIVATE' rejected with code 'PROCESSING_ERROR'" in answer.body["detail"]
    assert len(simulator.activate()) == 1


def test_a_time_out_beyond_all_times_fails_too_when_a_job_comes_later(simulator: Simulator) -> None:
    simulator.deploy()
    later = threading.Timer(0.1, simulator.start)
    later.start()

    answer = simulator.send(
        "POST",
        "/jobs/activation",
        {"type": "pack", "timeout": LONGEST, "maxJobsToActivate": 1, "requestTimeout": 5_000},
    )
    later.join()

    assert answer.status == 500


def test_a_deadline_in_a_far_year_is_shown(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    (job,) = simulator.activate()

    simulator.send("PATCH", f"/jobs/{job['jobKey']}", {"changeset": {"timeout": 2**62}})

    (found,) = simulator.send("POST", "/jobs/search").body["items"]
    assert found["deadline"].endswith("Z")
    assert simulator.activate() == []


def test_the_job_of_an_uncaught_error_is_handed_out_no_more(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    (job,) = simulator.activate()
    simulator.send("POST", f"/jobs/{job['jobKey']}/error", {"errorCode": "nobody"})
    (incident,) = simulator.send("POST", "/incidents/search").body["items"]

    answer = simulator.send("POST", f"/incidents/{incident['incidentKey']}/resolution")

    assert answer.status == 204
    assert simulator.activate() == []


def test_a_job_whose_time_has_passed_is_shown_as_timed_out(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    simulator.activate()

    simulator.advance(61)

    assert simulator.send("POST", "/jobs/search").body["items"][0]["state"] == "TIMED_OUT"


def test_a_longer_time_out_counts_from_now(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    (job,) = simulator.activate()
    simulator.advance(50)

    simulator.send("PATCH", f"/jobs/{job['jobKey']}", {"changeset": {"timeout": 60_000}})
    simulator.advance(50)

    assert simulator.activate() == []
    simulator.advance(11)
    assert len(simulator.activate()) == 1


def test_a_failed_job_rests_for_its_back_off(simulator: Simulator) -> None:
    simulator.deploy()
    simulator.start()
    (job,) = simulator.activate()
    simulator.send("POST", f"/jobs/{job['jobKey']}/failure", {"retries": 2, "retryBackOff": 10_000})

    assert simulator.activate() == []
    simulator.advance(10)
    (again,) = simulator.activate()

    assert (again["jobKey"], again["retries"]) == (job["jobKey"], 2)


def test_a_worker_gets_no_more_jobs_than_it_asks_for_and_those_that_came_first(simulator: Simulator) -> None:
    simulator.deploy()
    instances = [simulator.start() for _ in range(5)]

    first, second = simulator.activate(maxJobsToActivate=3), simulator.activate(maxJobsToActivate=3)

    assert [job["processInstanceKey"] for job in first + second] == instances


def test_a_waiting_activation_is_answered_when_a_job_comes(simulator: Simulator) -> None:
    simulator.deploy()
    body = {"type": "pack", "timeout": 1000, "maxJobsToActivate": 1, "requestTimeout": 5000}
    later = threading.Timer(0.1, simulator.start)

    later.start()
    begun = time.perf_counter()
    answer = simulator.outside.send(
        RawRequest(
            method="POST",
            path="/v2/jobs/activation",
            headers={"content-type": "application/json"},
            content=json.dumps(body).encode(),
        )
    )
    later.join()

    assert len(json.loads(answer.content)["jobs"]) == 1
    assert 0.05 < time.perf_counter() - begun < 4


def test_a_waiting_activation_ends_empty(simulator: Simulator) -> None:
    assert simulator.activate(requestTimeout=30) == []
