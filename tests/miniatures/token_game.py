"""The smallest engine that can be wrong: sequence flows, user tasks, parallel gateways, ends."""

from dataclasses import dataclass, field
from enum import StrEnum
from xml.etree import ElementTree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


class Fault(StrEnum):
    """One way to be a wrong engine."""

    IGNORES_VARIABLES = "ignores variables"
    LOSES_TOKEN = "loses a token at a parallel split"
    JOINS_EARLY = "fires a parallel join with its first token"
    WRONG_STATUS = "answers another status"
    WRONG_FIELD_TYPE = "answers a field of another type"
    ADDS_FIELD = "answers a field nobody expects"
    ACCEPTS_ANYTHING = "starts definitions that are not there"
    REFUSES_IN_OTHER_WORDS = "refuses with another error type"
    NEVER_ENDS = "does not end what has no token left"
    FORGETS_HISTORY = "shows nothing of what has passed"
    LEAVES_THINGS = "cannot remove what it created"
    SILENT = "does not answer"
    BLIND = "has no history to look at"


@dataclass
class Process:
    """A process as a graph of element ids."""

    key: str
    kinds: dict[str, str]
    after: dict[str, list[str]]
    before: dict[str, list[str]]

    @property
    def start(self) -> str:
        return next(element for element, kind in self.kinds.items() if kind == "startEvent")


@dataclass
class Instance:
    """An instance with the elements its tokens are at."""

    key: str
    process: Process
    variables: dict[str, object]
    business_key: str | None = None
    at: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    arrived: dict[str, int] = field(default_factory=dict)
    ended: bool = False


def read_processes(content: bytes) -> list[Process]:
    """Read the processes of a model that a test wrote."""
    return [_process(element) for element in ElementTree.fromstring(content).iter(f"{BPMN}process")]


def _process(element: ElementTree.Element) -> Process:
    kinds = {child.get("id", ""): child.tag.removeprefix(BPMN) for child in element}
    after: dict[str, list[str]] = {name: [] for name in kinds}
    before: dict[str, list[str]] = {name: [] for name in kinds}
    for flow in element.iter(f"{BPMN}sequenceFlow"):
        source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
        after[source].append(target)
        before[target].append(source)
    return Process(element.get("id", ""), kinds, after, before)


def go_on(instance: Instance, reached: list[str], faults: frozenset[Fault]) -> None:
    """Move tokens until all of them wait."""
    pending = list(reached)
    process = instance.process
    while pending:
        element = pending.pop(0)
        kind = process.kinds[element]
        if kind == "userTask":
            instance.at.append(element)
            continue
        if kind == "parallelGateway" and not _joins(instance, element, faults):
            continue
        instance.passed.append(element)
        following = process.after[element]
        pending.extend(following[:1] if Fault.LOSES_TOKEN in faults else following)
    if not instance.at and Fault.NEVER_ENDS not in faults:
        instance.ended = True


def _joins(instance: Instance, element: str, faults: frozenset[Fault]) -> bool:
    instance.arrived[element] = instance.arrived.get(element, 0) + 1
    needed = 1 if Fault.JOINS_EARLY in faults else len(instance.process.before[element])
    return instance.arrived[element] == needed


def complete(instance: Instance, element: str, faults: frozenset[Fault]) -> None:
    """Let the token at a task go on."""
    instance.at.remove(element)
    instance.passed.append(element)
    go_on(instance, instance.process.after[element], faults)
