"""The execution section of a dialect of the Camunda 8 family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.element_instances import applying, instructions, starting, triggering, working
from simulator.kernel.element_instances.performing import EFFECTS
from simulator.kernel.element_instances.terminating import cancel_instance, finish_terminating, terminate
from simulator.kernel.run import Run
from simulator.kernel.state import Execution


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How element instances behave; each field is one question with this family's answer."""

    effects: Mapping[type, Any] = field(default_factory=lambda: EFFECTS)
    terminate: Callable[[Run, Execution, Any], None] = terminate
    finish_terminating: Callable[[Run, Execution], None] = finish_terminating
    offer_message: Callable[[Run, Execution, Any], None] = triggering.offer_message


MACHINE = Machine()
"""Camunda 8.6 to 8.8."""

__all__ = [
    "MACHINE",
    "Machine",
    "applying",
    "cancel_instance",
    "instructions",
    "starting",
    "triggering",
    "working",
]
