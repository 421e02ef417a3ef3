"""Reads YAML 1.2 into nodes that know their lines: no tags, no duplicate keys, text keys only."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from simulator.core.core_schema import Scalar, is_beyond_json, line_of, resolve
from simulator.scenario.nodes import Node, ScenarioError, below

MOST_NODES = 500_000
MOST_DEPTH = 100

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STR = "tag:yaml.org,2002:str"


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    value: list[Node] | dict[str, Node]
    line: int
    anchor: str | None
    key: tuple[str, int] | None = None


@dataclass(slots=True)
class _Reading:
    """The state of reading one file."""

    file: Path
    open: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    root: Node | None = None
    count: int = 0

    def wrong(self, message: str, line: int) -> ScenarioError:
        return ScenarioError(message, file=self.file, line=line)

    def add(self, node: Node, anchor: str | None) -> None:
        """Put a finished node where it belongs."""
        self.count += 1
        if anchor:
            self.anchors[anchor] = node
        if not self.open:
            if self.root is not None:
                raise self.wrong("expected one YAML document, came another one", node.line)
            self.root = node
            return
        top = self.open[-1]
        if isinstance(top.value, list):
            top.value.append(node)
        elif top.key is None:
            raise self.wrong("expected a text as key, came a collection", node.line)
        else:
            key, line = top.key
            top.value[key] = Node(node.value, node.file, line)
            top.key = None

    def take(self, event: yaml.Event) -> None:
        """Take one event of the YAML parser."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self.begin(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                done = self.open.pop()
                self.add(Node(done.value, self.file, done.line), done.anchor)
            case yaml.AliasEvent():
                self.repeat(event.anchor or "", line)
            case yaml.ScalarEvent():
                self.scalar(event, line)

    def begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int) -> None:
        if event.tag is not None and event.tag != "!":
            raise self.wrong(f"expected no YAML tag, came {event.tag}", line)
        if len(self.open) >= MOST_DEPTH:
            raise self.wrong(f"expected at most {MOST_DEPTH} levels, came more", line)
        self.open.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], line, event.anchor))

    def repeat(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise self.wrong(f"expected an anchor that is set further up, came *{anchor}", line)
        again = self.anchors[anchor]
        for _ in below(again):
            self.count += 1
            if self.count > MOST_NODES:
                raise self.wrong(f"expected at most {MOST_NODES} values, came more by aliases", line)
        self.add(again, None)

    def scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            if event.value in top.value:
                raise self.wrong(f"expected each key once, came {event.value!r} again", line)
            top.key = (event.value, line)
            return
        if event.tag not in (None, "!", _STR):
            raise self.wrong(f"expected no YAML tag, came {event.tag}", line)
        is_plain = event.implicit[0] and event.tag is None
        self.add(
            Node(self.resolve(event.value, line) if is_plain else event.value, self.file, line), event.anchor
        )

    def resolve(self, text: str, line: int) -> Scalar:
        if is_beyond_json(text):
            raise self.wrong(f"expected a number that JSON can carry, came {text}", line)
        return resolve(text)


def read_yaml(file: Path, content: bytes) -> Node:
    """Read one YAML document; raises ScenarioError with file and line."""
    reading = _Reading(file)
    try:
        for event in yaml.parse(content, Loader=_Loader):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        line = line_of(error) or 1
        raise reading.wrong(f"expected YAML, came: {error.problem or error.context}", line) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise reading.wrong(f"expected YAML, came: {error}", 1) from error
    if reading.root is None:
        raise reading.wrong("expected a YAML document, came an empty file", 1)
    return reading.root
