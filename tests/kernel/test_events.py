"""Events and the functions that apply them."""

from typing import get_args

from simulator.kernel.apply import APPLY
from simulator.kernel.events import Event


def test_the_table_knows_every_kind_of_event_and_no_other() -> None:
    assert set(APPLY) == set(get_args(Event))
