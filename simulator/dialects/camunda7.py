"""Camunda 7.24, and its relatives as departures from it."""

from typing import Any

from simulator.bpmn.camunda7.beans import BEANS
from simulator.bpmn.camunda7.language import Juel
from simulator.bpmn.camunda7.process import FAMILY
from simulator.bpmn.camunda7.timers import following, schedule
from simulator.bpmn.camunda7.work import complete_facts
from simulator.core.java import java_text
from simulator.dialects.dialect import Dialect
from simulator.kernel.executions.machine import Machine
from simulator.model.xml import LIMITS


def text(value: Any) -> str:
    """A value as the text that names and keys are."""
    return value if isinstance(value, str) else java_text(value)


CAMUNDA_7 = Dialect(
    name="Camunda 7",
    product="camunda7",
    api="camunda7",
    release="7.24.0",
    language=Juel(BEANS),
    family=FAMILY,
    limits=LIMITS,
    execution=Machine(schedule=schedule, following=following, text=text, complete_facts=complete_facts),
)
