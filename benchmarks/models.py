"""Models for measuring, as text; nothing but the standard library, so that peers' interpreters can import it."""

import re
from itertools import pairwise

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions" targetNamespace="https://bpmn-tck.example">\n'
)
DIAGRAM_SPACES = (
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:dd="http://www.omg.org/spec/DD/20100524/DI"'
)
NODE_ID = re.compile(r'<bpmn:(?!process|definitions|sequenceFlow)\w+ id="([^"]+)"')
FLOW_ID = re.compile(r'<bpmn:sequenceFlow id="([^"]+)"')
Node = tuple[str, str, str, str]
Flow = tuple[str, str, str | None]


def build(nodes: list[Node], flows: list[Flow], key: str = "p") -> str:
    """A process of nodes (tag, id, attributes, content) and flows (source, target, condition)."""
    incoming: dict[str, list[str]] = {}
    outgoing: dict[str, list[str]] = {}
    for place, (source, target, _) in enumerate(flows):
        outgoing.setdefault(source, []).append(f"f{place}")
        incoming.setdefault(target, []).append(f"f{place}")
    text = [HEAD, f'<bpmn:process id="{key}" isExecutable="true" camunda:historyTimeToLive="1">\n']
    for tag, identity, attributes, content in nodes:
        ins = "".join(f"<bpmn:incoming>{flow}</bpmn:incoming>" for flow in incoming.get(identity, ()))
        outs = "".join(f"<bpmn:outgoing>{flow}</bpmn:outgoing>" for flow in outgoing.get(identity, ()))
        text.append(
            f'<bpmn:{tag} id="{identity}" name="{identity}" {attributes}>{ins}{outs}{content}</bpmn:{tag}>\n'
        )
    for place, (source, target, condition) in enumerate(flows):
        inner = (
            ""
            if condition is None
            else f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
        )
        text.append(
            f'<bpmn:sequenceFlow id="f{place}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>\n'
        )
    return "".join([*text, "</bpmn:process>\n</bpmn:definitions>\n"])


def linear(count: int, tag: str = "task", attributes: str = "", key: str = "p") -> str:
    """Start, so many tasks one after another, end."""
    names = ["start", *(f"t{place}" for place in range(count)), "end"]
    nodes: list[Node] = [(tag, name, attributes, "") for name in names]
    nodes[0], nodes[-1] = ("startEvent", "start", "", ""), ("endEvent", "end", "", "")
    return build(nodes, [(a, b, None) for a, b in pairwise(names)], key)


def fork(count: int, tag: str = "task", attributes: str = "", key: str = "p") -> str:
    """A parallel split into so many tasks, and their join."""
    nodes: list[Node] = [("startEvent", "start", "", ""), ("parallelGateway", "split", "", "")]
    flows: list[Flow] = [("start", "split", None)]
    for place in range(count):
        nodes.append((tag, f"t{place}", attributes, ""))
        flows += [("split", f"t{place}", None), (f"t{place}", "join", None)]
    nodes += [("parallelGateway", "join", "", ""), ("endEvent", "end", "", "")]
    return build(nodes, [*flows, ("join", "end", None)], key)


def loop(
    times: int, tag: str, attributes: str, content: str = "", condition: str = "", key: str = "p"
) -> str:
    """A task that counts `i` up, and a gateway that goes back to it so many times."""
    nodes: list[Node] = [
        ("startEvent", "start", "", ""),
        (tag, "count", attributes, content),
        ("exclusiveGateway", "again", 'default="f3"', ""),
        ("endEvent", "end", "", ""),
    ]
    back = condition or f"${{i &lt; {times}}}"
    flows: list[Flow] = [("start", "count", None), ("count", "again", None), ("again", "count", back)]
    return build(nodes, [*flows, ("again", "end", None)], key)


def blocks(count: int) -> str:
    """About so many nodes in blocks of an exclusive and a parallel split, every fifth with a way back."""
    nodes: list[Node] = [("startEvent", "start", "", "")]
    flows: list[Flow] = []
    last, block = "start", 0
    while len(nodes) + 11 <= count:
        x, b = "exclusiveGateway", f"b{block}"
        names = [f"{b}t", f"{b}x", f"{b}l", f"{b}r", f"{b}y", f"{b}s", f"{b}u", f"{b}v", f"{b}j", f"{b}z"]
        tags = ["task", x, "task", "task", x, "parallelGateway", "task", "task", "parallelGateway", x]
        attributes = {f"{b}x": f'default="f{len(flows) + 3}"'}
        nodes += [(tag, name, attributes.get(name, ""), "") for tag, name in zip(tags, names, strict=True)]
        t, split, left, right, merge, fan, u, v, join, z = names
        flows += [(last, t, None), (t, split, None), (split, left, "${a &gt; 1}"), (split, right, None)]
        flows += [
            (left, merge, None),
            (right, merge, None),
            (merge, fan, None),
            (fan, u, None),
            (fan, v, None),
        ]
        flows += [(u, join, None), (v, join, None), (join, z, None)]
        if block % 5 == 4:
            flows.append((z, t, "${again}"))
            place = nodes.index((x, z, "", ""), len(nodes) - 1)
            nodes[place] = (x, z, f'default="f{len(flows)}"', "")
        last, block = z, block + 1
    nodes.append(("endEvent", "end", "", ""))
    return build(nodes, [*flows, (last, "end", None)])


def drawn(text: str) -> str:
    """A model with a diagram part, as every modeller writes one: a shape for each node, an edge for each flow."""
    shapes = "".join(
        f'<di:BPMNShape id="{name}-shape" bpmnElement="{name}"><dc:Bounds x="100" y="80" width="100" height="80"/>'
        "</di:BPMNShape>\n"
        for name in NODE_ID.findall(text)
    )
    edges = "".join(
        f'<di:BPMNEdge id="{name}-edge" bpmnElement="{name}"><dd:waypoint x="1" y="2"/><dd:waypoint x="3" y="4"/>'
        "</di:BPMNEdge>\n"
        for name in FLOW_ID.findall(text)
    )
    plane = f'<di:BPMNPlane bpmnElement="p">\n{shapes}{edges}</di:BPMNPlane>'
    part = f"<di:BPMNDiagram {DIAGRAM_SPACES}>{plane}</di:BPMNDiagram>"
    return text.replace("</bpmn:definitions>", part + "\n</bpmn:definitions>")
