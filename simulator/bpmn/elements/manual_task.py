"""Manual task: done outside any engine, so passed at once (BPMN 2.0.2, 10.3.3)."""

from simulator.bpmn.element import ElementType, Way

ELEMENT = ElementType(tag="manualTask", camunda7=Way(), camunda8=Way())
