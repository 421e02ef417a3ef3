"""Keys as the ids on the wire, the same that expressions see."""

from simulator.bpmn.camunda7.ids import read_id, show_activity, show_id

__all__ = ["read_id", "show_activity", "show_id"]
