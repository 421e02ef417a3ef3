"""Reads YAML 1.2 by its core schema: `on` and `no` are texts, all keys are texts, a key comes once."""

import re
from pathlib import Path
from typing import Any

import yaml

from simulator.core.core_schema import Scalar, line_of, resolve
from simulator.core.errors import UserError

TEXTUAL_VALUES = frozenset({"x-since", "x-until"})
"""Keys whose value is a release: 7.10 must not become the number 7.1."""

MERGE_KEY = "<<"
PLAIN = "!plain"
"""The tag that every plain scalar is given, so that the core schema has it."""

DEEPEST = 200


class CoreSchemaLoader(yaml.CSafeLoader):
    """A loader for the core schema of YAML 1.2 (10.3.2) that gives what JSON can hold."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012  # PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Take keys as they are written, and refuse one that comes twice."""
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str) or key == MERGE_KEY:
                raise _wrong(key_node, "expected a plain key, as in YAML 1.2")
            if key in mapping:
                raise _wrong(key_node, f"the key {key!r} comes twice")
            if key in TEXTUAL_VALUES and isinstance(value_node, yaml.ScalarNode):
                mapping[key] = value_node.value
            else:
                mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


def read_yaml(content: bytes, file: Path) -> Any:
    """Return the one document of a YAML 1.2 file; raises UserError with file and line."""
    try:
        _refuse_bottomless(content)
        loader = CoreSchemaLoader(content)
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        raise UserError(error.problem or "this is not YAML", file=file, line=line_of(error)) from error
    except yaml.YAMLError as error:
        raise UserError(f"this is not YAML that can be read: {error}", file=file) from error


def _refuse_bottomless(content: bytes) -> None:
    """Refuse what holds itself by an alias, or is nested too deeply for the composer in C to survive it."""
    open_anchors: list[str | None] = []
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        match event:
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                open_anchors.append(event.anchor)
                if len(open_anchors) > DEEPEST:
                    raise _wrong(event, f"this is nested deeper than {DEEPEST} levels")
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                open_anchors.pop()
            case yaml.AliasEvent() if event.anchor in open_anchors:
                raise _wrong(event, f"the alias {event.anchor!r} stands within what it names")


def _wrong(place: yaml.Node | yaml.Event, problem: str) -> yaml.MarkedYAMLError:
    mark: Any = place.start_mark  # the C parser's marks are of a class of their own
    return yaml.constructor.ConstructorError(None, None, problem, mark)


def _read_plain(_: CoreSchemaLoader, node: yaml.ScalarNode) -> Scalar:
    return resolve(node.value)


CoreSchemaLoader.add_implicit_resolver(PLAIN, re.compile(""), None)
CoreSchemaLoader.add_constructor(PLAIN, _read_plain)
