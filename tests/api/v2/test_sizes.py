"""What is too large for a broker."""

import pytest

from tests.api.v2.conftest import Make


@pytest.mark.parametrize(
    ("dialect", "length", "status", "title"),
    [
        ("camunda8:8.6", 2_096_677, 200, None),
        ("camunda8:8.6", 2_096_872, 500, "EXCEEDED_BATCH_RECORD_SIZE"),
        ("camunda8:8.6", 4_193_779, 500, "EXCEEDED_BATCH_RECORD_SIZE"),
        ("camunda8:8.6", 4_193_920, 500, "MALFORMED_REQUEST"),
        ("camunda8", 2_096_872, 500, "INTERNAL"),
    ],
)
def test_variables_are_written_twice_and_fit_into_four_megabytes(
    make: Make, dialect: str, length: int, status: int, title: str | None
) -> None:
    simulator = make(dialect)
    simulator.deploy(process="bigp")
    body = {"processDefinitionId": "bigp", "variables": {"x": "y" * length}}

    answer = simulator.send("POST", "/process-instances", body)

    assert (answer.status, answer.body.get("title")) == (status, title)


def test_a_deployment_over_the_limit_is_answered_without_a_body(make: Make) -> None:
    answer = make("camunda8").deploy(before=f"<!-- {'x' * 4_200_000} -->")

    assert (answer.status, answer.body) == (413, None)
