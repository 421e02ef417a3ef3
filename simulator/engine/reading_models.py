"""Reading a BPMN file at deployment: what it holds, or everything that is wrong with it and where."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain

from lxml import etree

from simulator.bpmn.camunda7.schema import END, NAME, check_root, check_schema
from simulator.bpmn.camunda7.xml_wording import worded
from simulator.bpmn.element import Problem, Reading
from simulator.bpmn.reading import DUPLICATE, read_definitions
from simulator.dialects.dialect import Dialect
from simulator.engine.rejections import DeploymentRefused
from simulator.expressions.juel import ExpressionSyntaxError
from simulator.model.errors import ModelError
from simulator.model.places import start_tag_ends
from simulator.model.process import Process
from simulator.model.xml import parse


def read_model(dialect: Dialect, resource: str, content: bytes) -> tuple[str | None, list[Process]]:
    """Read a file into its target namespace and its executable processes; raises `DeploymentRefused`."""
    content = content.strip()
    try:
        root = parse(content, resource, dialect.limits)
    except ModelError as error:
        raise DeploymentRefused("xml", resource, (), worded(error.message, content)) from error
    reading = Reading(dialect.language)
    problems = list(check_root(root))
    try:
        processes = read_definitions(root, reading, dialect.family)
    except ExpressionSyntaxError as error:
        raise DeploymentRefused("syntax", resource, (), error.deployment_message) from error
    if any(not problem.warning for problem in reading.problems) or _suspicious(processes, reading):
        problems += [*check_schema(root), *(each for each in reading.problems if each.path != DUPLICATE)]
    if problems:
        raise DeploymentRefused("parse", resource, tuple(_placed(problems, root, content)))
    return root.get("targetNamespace"), processes


def _suspicious(processes: list[Process], reading: Reading) -> bool:
    """Whether an id is used by two things of different kinds, or a process's is no name."""
    if not all(NAME.fullmatch(process.key) for process in processes):
        return True
    groups = [reading.declarations.keys(), {process.key for process in processes}]
    groups += chain.from_iterable((process.nodes.keys(), process.flows.keys()) for process in processes)
    return len(set().union(*groups)) != sum(map(len, groups))


def _found(by_id: Mapping[str | None, etree._Element], at: str) -> etree._Element | None:
    """The element of an id, or (`id/name`) its child of a name."""
    identity, _, child = at.partition("/")
    element = by_id.get(identity)
    return element if element is None or not child else element.find(f"{{*}}{child}")


def _placed(problems: Iterable[Problem], root: etree._Element, content: bytes) -> Iterable[Problem]:
    """The problems with line and column of what they were found at."""
    behind, end = start_tag_ends(content)
    elements = list(root.iter("*"))
    by_element = dict(zip(elements, behind, strict=True))
    by_id = {each.get("id"): each for each in reversed(elements)}
    for problem in problems:
        at = problem.at
        if at is None and problem.line:
            at = problem.element
        if at == END:
            yield replace(problem, line=end[0], column=end[1])
            continue
        element = _found(by_id, at) if isinstance(at, str) else at
        line, column = (0, 0) if element is None else by_element[element]
        yield replace(problem, line=line, column=column)
