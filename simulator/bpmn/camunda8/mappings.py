"""Input and output mappings: all of one side are one FEEL context (live Camunda 8.8.21)."""

import re
from collections.abc import Callable

from lxml import etree

from simulator.bpmn.camunda8.language import feel_of, note
from simulator.bpmn.element import Reading
from simulator.expressions.feel import EvaluationFailed, compile_expression
from simulator.expressions.feel.places import StaticText, expect_expression, read_expression
from simulator.kernel.element_instances.failures import StepFailed
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate, Mapping, Node
from simulator.model.xml import ZEEBE

PATTERN = r"[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*"
TARGET = re.compile(PATTERN)
RESERVED = (
    "null", "true", "false", "function", "if", "then", "else", "for", "between", "instance", "of",
)  # fmt: skip
IGNORED_AT = frozenset({"task", "manualTask"})
"""Tasks at which mappings do nothing (live Camunda 8.6.0 and 8.8.21)."""

Tree = dict[str, "str | Tree"]


def read_mappings(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what goes in and out of an element; a node has one mapping for each side, its value the whole document."""
    holder = reading.language.extension(element, "ioMapping")
    if holder is None:
        return
    inputs = _entries(holder.findall(f"{{{ZEEBE}}}input"), reading, _input_source)
    outputs = _entries(holder.findall(f"{{{ZEEBE}}}output"), reading, _output_source)
    if node.kind in IGNORED_AT:
        return
    if inputs:
        node.inputs = (_document(literal(inputs), reading),)
    if outputs:
        node.outputs = (_document(merging(outputs), reading),)


def _entries(
    elements: list[etree._Element], reading: Reading, read: Callable[[str | None, Reading], str]
) -> Tree:
    """Targets as a tree of their paths; of two that touch the same place the later one stands."""
    tree: Tree = {}
    for element in elements:
        target = element.get("target") or ""
        problem = _target_problem(target)
        if problem is not None:
            note(reading, problem, element)
        try:
            source = read(element.get("source"), reading)
        except ValueError as error:
            note(reading, str(error), element)
            continue
        if problem is None:
            _plant(tree, target.split("."), source)
    return tree


def _plant(tree: Tree, path: list[str], source: str) -> None:
    for name in path[:-1]:
        below = tree.get(name)
        if not isinstance(below, dict):
            below = tree[name] = {}
        tree = below
    tree[path[-1]] = source


def _target_problem(target: str) -> str | None:
    if not target:
        return "Expected path expression but not found."
    if TARGET.fullmatch(target) is None:
        return f"Expected path expression '{target}' but doesn't match the pattern '{PATTERN}'."
    if target in RESERVED:
        words = ", ".join(RESERVED)
        return f"Expected path expression '{target}' but is one of the reserved words ({words})."
    return None


def _input_source(text: str | None, reading: Reading) -> str:
    if not text:
        return "null"
    source = read_expression(text, feel_of(reading).release)
    if isinstance(source, StaticText):
        escaped = source.text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return source.text


def _output_source(text: str | None, reading: Reading) -> str:
    return expect_expression(text, feel_of(reading).release).text


def literal(tree: Tree) -> str:
    """A tree of targets as a FEEL context: `{a:x,b:{c:y}}`."""
    entries = (f"{name}:{literal(at) if isinstance(at, dict) else at}" for name, at in tree.items())
    return "{" + ",".join(entries) + "}"


def merging(tree: Tree, path: tuple[str, ...] = ()) -> str:
    """The same for outputs, where a nested target goes into the context there is."""
    entries = []
    for name, at in tree.items():
        if not isinstance(at, dict):
            entries.append(f"{name}:{at}")
            continue
        place = ".".join((*path, name))
        inner = merging(at, (*path, name))
        entries.append(f"{name}:if ({place} != null) then context merge({place},{inner}) else {inner}")
    return "{" + ",".join(entries) + "}"


def _document(text: str, reading: Reading) -> Mapping:
    return Mapping("", _evaluating(text, reading), text)


def _evaluating(text: str, reading: Reading) -> Evaluate:
    feel = feel_of(reading)
    compiled = compile_expression(text, feel.release)

    def document(execution: Execution) -> object:
        try:
            return compiled.result(feel.looking(execution), feel.surroundings)
        except EvaluationFailed as failed:
            raise StepFailed("IO_MAPPING_ERROR", failed.text) from failed

    return document
