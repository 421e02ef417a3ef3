"""Small models for the tests: written out, or drawn by Hypothesis from nested blocks."""

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import strategies as st

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">'
)
SIGNAL = '<signal id="go" name="go"/>'


def definitions(content: str, head: str = HEAD) -> bytes:
    """A file with this content."""
    return f"{head}\n{content}\n</definitions>".encode()


def process(content: str, *, key: str = "p", around: str = "", head: str = HEAD) -> bytes:
    """A file with one executable process."""
    attributes = 'isExecutable="true"' + (' camunda:historyTimeToLive="1"' if "xmlns:camunda" in head else "")
    return definitions(f'{around}<process id="{key}" {attributes}>\n{content}\n</process>', head)


def flows(*ways: str) -> str:
    """Sequence flows from `a > b > c`, each with the id `a-b`."""
    written = []
    for way in ways:
        nodes = [node.strip() for node in way.split(">")]
        written += [
            f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(nodes)
        ]
    return "\n".join(written)


@dataclass
class Drawing:
    """A process while it is drawn: its elements so far and the ids given."""

    parts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    flow_ids: list[str] = field(default_factory=list)

    def node(self, kind: str, attributes: str = "", content: str = "") -> str:
        identity = f"n{len(self.ids) + 1}"
        self.ids.append(identity)
        self.parts.append(f'<{kind} id="{identity}" {attributes}>{content}</{kind}>')
        return identity

    def flow(self, source: str, target: str) -> None:
        identity = f"f{len(self.flow_ids) + 1}"
        self.flow_ids.append(identity)
        self.parts.append(f'<sequenceFlow id="{identity}" sourceRef="{source}" targetRef="{target}"/>')


BLOCKS = ("task", "userTask", "userTask", "subProcess", "fork", "race", "interruptible", "asynchronous")
IN_AN_HOUR = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
CATCH = '<signalEventDefinition signalRef="go"/>'


@dataclass(frozen=True)
class Drawn:
    """A drawn model with the ids that instructions may name."""

    content: bytes
    ids: tuple[str, ...]
    flow_ids: tuple[str, ...]


@st.composite
def models(draw: st.DrawFn) -> Drawn:
    """Nested blocks of tasks, subprocesses, forks, event-based gateways and boundary events."""
    drawing = Drawing()
    _sequence(draw, drawing, depth=2)
    content = process("\n".join(drawing.parts), around=SIGNAL)
    return Drawn(content, tuple(drawing.ids), tuple(drawing.flow_ids))


def _sequence(draw: st.DrawFn, drawing: Drawing, depth: int) -> None:
    """A start event, some blocks, and an end event or none."""
    last = drawing.node("startEvent")
    for _ in range(draw(st.integers(0, 3))):
        last = _block(draw, drawing, last, depth)
    if draw(st.booleans()):
        end = drawing.node("endEvent", "", draw(st.sampled_from(["", "", "<terminateEventDefinition/>"])))
        drawing.flow(last, end)


def _block(draw: st.DrawFn, drawing: Drawing, last: str, depth: int) -> str:
    kind = draw(st.sampled_from(BLOCKS))
    if kind == "subProcess" and depth:
        outer, drawing.parts = drawing.parts, []
        _sequence(draw, drawing, depth - 1)
        inner, drawing.parts = drawing.parts, outer
        node = drawing.node("subProcess", "", "\n".join(inner))
        drawing.flow(last, node)
        return node
    if kind == "fork" and depth:
        split = drawing.node("parallelGateway")
        drawing.flow(last, split)
        join = drawing.node("parallelGateway")
        for _ in range(2):
            drawing.flow(_block(draw, drawing, split, depth - 1), join)
        return join
    if kind == "race":
        return _race(drawing, last)
    if kind == "interruptible":
        return _interruptible(draw, drawing, last)
    attributes = 'camunda:asyncBefore="true"' if kind == "asynchronous" else ""
    node = drawing.node("task" if kind in ("task", "asynchronous") else "userTask", attributes)
    drawing.flow(last, node)
    return node


def _race(drawing: Drawing, last: str) -> str:
    gateway = drawing.node("eventBasedGateway")
    drawing.flow(last, gateway)
    merge = drawing.node("task")
    for _ in range(2):
        event = drawing.node("intermediateCatchEvent", "", IN_AN_HOUR)
        drawing.flow(gateway, event)
        drawing.flow(event, merge)
    return merge


def _interruptible(draw: st.DrawFn, drawing: Drawing, last: str) -> str:
    task = drawing.node("userTask")
    drawing.flow(last, task)
    interrupts = draw(st.booleans())
    event = drawing.node(
        "boundaryEvent", f'attachedToRef="{task}" cancelActivity="{str(interrupts).lower()}"', CATCH
    )
    drawing.flow(event, drawing.node("userTask"))
    return task
