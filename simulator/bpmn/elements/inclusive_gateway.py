"""Inclusive gateway: takes every flow whose condition holds, joins all tokens that can still come (13.4.3)."""

from simulator.bpmn.camunda8.gateways import bind_inclusive
from simulator.bpmn.element import ElementType, Way
from simulator.kernel.effects import JOIN, Join
from simulator.kernel.state import Execution
from simulator.model.process import Node


def enter(node: Node, execution: Execution) -> Join:
    """Every arrival may be the last one needed."""
    return JOIN


ELEMENT = ElementType(tag="inclusiveGateway", camunda7=Way(enter=enter), camunda8=Way(bind=bind_inclusive))
