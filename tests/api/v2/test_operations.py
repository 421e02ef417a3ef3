"""A handler and its operation live and die together."""

import pytest

from simulator.api.v1 import server as v1
from simulator.api.v2 import server as v2
from simulator.api.v2.further import FURTHER
from simulator.contract.loading import load

RELEASES = ("8.6", "8.7", "8.8")


@pytest.mark.parametrize("release", RELEASES)
def test_every_operation_of_a_release_of_camunda_8_has_a_handler(release: str) -> None:
    contract = load("camunda8", release)

    assert set(contract.operations) <= set(v2.handlers())


def test_every_handler_of_camunda_8_has_an_operation_of_some_release_or_one_beyond_the_contract() -> None:
    known = {name for release in RELEASES for name in load("camunda8", release).operations}

    assert set(v2.handlers()) == known | {each.id for each in FURTHER}


def test_handlers_and_operations_of_camunda_7_are_the_same() -> None:
    contract = load("camunda7", "7.24.0")

    assert set(v1.handlers()) == set(contract.operations)


def test_nothing_beyond_the_contract_is_in_it() -> None:
    known = {name for release in RELEASES for name in load("camunda8", release).operations}

    assert not known & {each.id for each in FURTHER}
