"""Writes into each flow node which sequence flows come in and go out, where a model leaves that out.

The standard allows to leave it out (BPMN 2.0.2, 8.3.13); Camunda 8 then refuses boundary events as having no
way out (live 8.6.0).
"""

from collections import defaultdict

from lxml import etree

from simulator.model.xml import local_name
from simulator.targets.adapt_xml import bpmn, elements

BEFORE_INCOMING = ("documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef")
ENDS = (("incoming", "targetRef", BEFORE_INCOMING), ("outgoing", "sourceRef", (*BEFORE_INCOMING, "incoming")))
"""What is written, from which end of a flow, and what the schema wants before it."""


def write_flow_ends(root: etree._Element) -> None:
    """Add the missing `incoming` and `outgoing`, in the order of the flows."""
    nodes = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    for tag, end, before in ENDS:
        flows: dict[str, list[str]] = defaultdict(list)
        for flow in elements(root, bpmn("sequenceFlow")):
            flows[flow.get(end) or ""].append(flow.get("id") or "")
        for name, missing in flows.items():
            node = nodes.get(name)
            if node is not None and node.find(bpmn(tag)) is None:
                _insert(node, tag, missing, before)


def _insert(node: etree._Element, tag: str, flows: list[str], before: tuple[str, ...]) -> None:
    place = sum(1 for child in node if local_name(child) in before)
    for step, flow in enumerate(flows):
        written = etree.Element(bpmn(tag))
        written.text = flow
        node.insert(place + step, written)
