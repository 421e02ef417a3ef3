"""Every element type, by its tag."""

from simulator.bpmn.element import ElementType
from simulator.core.discovery import named

ELEMENTS: dict[str, ElementType] = {
    found.value.tag: found.value for found in named("simulator.bpmn.elements", "ELEMENT", ElementType)
}
