"""Abstract task: passed at once; nothing says what it does (BPMN 2.0.2, 10.3.3)."""

from simulator.bpmn.element import ElementType, Way

ELEMENT = ElementType(tag="task", camunda7=Way(), camunda8=Way())
