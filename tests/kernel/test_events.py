"""Events and the functions that apply them."""

from typing import get_args

from simulator.kernel import plan_items
from simulator.kernel.apply import APPLY
from simulator.kernel.element_instances import applying
from simulator.kernel.events import Event

BEYOND = (applying, plan_items)
"""Modules that enter functions of their own into the table."""


def test_the_table_knows_every_kind_of_event_and_no_other() -> None:
    assert set(APPLY) == set(get_args(Event))
