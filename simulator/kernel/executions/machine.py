"""The execution section of a dialect of the Camunda 7 family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.executions import errors
from simulator.kernel.executions.calling import propagate_outputs, resume
from simulator.kernel.executions.gateways import choose_flows
from simulator.kernel.executions.performing import EFFECTS, keep_result
from simulator.kernel.executions.scopes import subscribe
from simulator.kernel.executions.triggering import start_triggered
from simulator.kernel.executions.variables import give_up_variable
from simulator.kernel.failures import ModelFailure
from simulator.kernel.run import Run
from simulator.kernel.state import Execution
from simulator.model.process import Node, Timer

Schedule = Callable[[Timer, Execution, int, str], tuple[int, Any]]
"""When a timer (of the event with this id) fires: due (milliseconds since 1970, UTC), and what its repetitions need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """How executions behave; each field is one question with this family's answer."""

    schedule: Schedule
    following: Callable[[Mapping[str, Any], int], dict[str, Any] | None]
    text: Callable[[Any], str]
    complete_facts: Callable[[Run, Execution, str, dict[str, Any]], dict[str, Any]]
    effects: Mapping[type, Any] = field(default_factory=lambda: EFFECTS)
    subscribe: Callable[[Run, Execution, Node], None] = subscribe
    choose_flows: Callable[[Node, Execution], Any] = choose_flows
    throw_failure: Callable[[Run, Execution, ModelFailure], None] = errors.throw_failure
    end_instance: Callable[[Run, Execution, Any], None] = errors.ended
    propagate_outputs: Callable[..., None] = propagate_outputs
    resume_caller: Callable[[Run, Execution], None] = resume
    remove_variable: Callable[[Run, Execution, str], None] = give_up_variable
    keep_result: Callable[[Run, Execution, Any], bool] = keep_result
    begin_triggered: Callable[[Run, Execution, Node], None] = start_triggered
    default_retries: int = 3
