"""Small BPMN models for kernel tests, put together from blocks."""

from dataclasses import dataclass, field

from hypothesis import strategies as st

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://bpmn-tck.example">'
)
TASKS = {
    "task": "<task id={id}/>",
    "user": "<userTask id={id}/>",
    "external": '<serviceTask id={id} camunda:type="external" camunda:topic="work"/>',
    "async": '<task id={id} camunda:asyncBefore="true"/>',
    "after": '<userTask id={id} camunda:asyncAfter="true"/>',
    "expression": '<serviceTask id={id} camunda:expression="${{1 + 1}}" camunda:resultVariable="two"/>',
    "mapped": (
        "<userTask id={id}><extensionElements><camunda:inputOutput>"
        '<camunda:inputParameter name="inner">${{two}}</camunda:inputParameter>'
        '<camunda:outputParameter name="outer">${{inner}}</camunda:outputParameter>'
        "</camunda:inputOutput></extensionElements></userTask>"
    ),
    "failing": '<serviceTask id={id} camunda:expression="${{nobody}}"/>',
    "guarded": "<userTask id={id}/>",
}
GATEWAYS = ("parallelGateway", "inclusiveGateway", "exclusiveGateway")


@dataclass
class Writer:
    """Collects a model's elements and numbers them."""

    parts: list[str] = field(default_factory=list)
    count: int = 0

    def name(self, kind: str) -> str:
        """A fresh id."""
        self.count += 1
        return f"{kind}{self.count}"

    def flow(self, source: str, target: str) -> None:
        """Tie two nodes."""
        self.parts.append(f'<sequenceFlow id="{self.name("f")}" sourceRef="{source}" targetRef="{target}"/>')

    def block(self, block: "Block", source: str) -> str:
        """Write a block behind a node; answers the node it ends with."""
        if isinstance(block, str):
            return self._task(block, source)
        kind, inner = block
        return self._subprocess(inner, source) if kind == "sub" else self._split(kind, inner, source)

    def _task(self, kind: str, source: str) -> str:
        identity = self.name(kind)
        self.parts.append(TASKS[kind].format(id=f'"{identity}"'))
        self.flow(source, identity)
        if kind == "guarded":
            caught, end = self.name("caught"), self.name("end")
            self.parts.append(
                f'<boundaryEvent id="{caught}" attachedToRef="{identity}"><timerEventDefinition>'
                f'<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="{end}"/>'
            )
            self.flow(caught, end)
        return identity

    def _subprocess(self, inner: "list[Block]", source: str) -> str:
        identity = self.name("sub")
        self.flow(source, identity)
        self.parts.append(f'<subProcess id="{identity}">')
        self.body(inner)
        self.parts.append("</subProcess>")
        return identity

    def _split(self, gateway: str, branches: "list[list[Block]]", source: str) -> str:
        split, join = self.name("split"), self.name("join")
        default = ""
        if gateway == "exclusiveGateway" and len(branches) > 1:
            default = f' default="{split}-default"'
        self.parts.append(f'<{gateway} id="{split}"{default}/><{gateway} id="{join}"/>')
        self.flow(source, split)
        for place, branch in enumerate(branches):
            last = self.name("branch")
            self.parts.append(f'<task id="{last}"/>')
            self._branch_flow(gateway, split, last, place, len(branches))
            for block in branch:
                last = self.block(block, last)
            self.flow(last, join)
        return join

    def _branch_flow(self, gateway: str, split: str, target: str, place: int, count: int) -> None:
        if gateway == "exclusiveGateway" and count > 1:
            identity = f"{split}-default" if place == count - 1 else self.name("f")
            condition = "" if place == count - 1 else "<conditionExpression>${choice}</conditionExpression>"
            self.parts.append(
                f'<sequenceFlow id="{identity}" sourceRef="{split}" targetRef="{target}">{condition}</sequenceFlow>'
            )
        else:
            self.flow(split, target)

    def body(self, blocks: "list[Block]") -> None:
        """Write a start event, the blocks, an end event."""
        last, end = self.name("start"), self.name("end")
        self.parts.append(f'<startEvent id="{last}"/><endEvent id="{end}"/>')
        for block in blocks:
            last = self.block(block, last)
        self.flow(last, end)


Block = str | tuple[str, list]  # type: ignore[type-arg]  # blocks hold blocks

SIMPLE = st.sampled_from(sorted(set(TASKS) - {"failing"}))
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.tuples(st.just("sub"), st.lists(inner, max_size=3)),
        st.tuples(st.sampled_from(GATEWAYS), st.lists(st.lists(inner, max_size=2), min_size=1, max_size=3)),
    ),
    max_leaves=8,
)
BODIES = st.lists(BLOCKS, min_size=1, max_size=4)


def write(blocks: list[Block], key: str = "model") -> bytes:
    """A model with these blocks one after another."""
    writer = Writer()
    writer.body(blocks)
    content = "".join(writer.parts)
    return (
        f'{HEAD}<process id="{key}" isExecutable="true" camunda:historyTimeToLive="1">{content}</process></definitions>'
    ).encode()
