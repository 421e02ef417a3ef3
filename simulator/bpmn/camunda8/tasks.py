"""Work of Camunda 8: jobs for workers, user tasks, scripts in FEEL."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from simulator.bpmn.camunda8.language import NOT_FOUND, compile_formula, compile_place, compile_text, note
from simulator.bpmn.element import Enter, Reading
from simulator.expressions.feel import Expression, Lookup, Surroundings
from simulator.expressions.feel.places import evaluate_job_type, evaluate_retries
from simulator.kernel.effects import Effect, Open, Result
from simulator.kernel.state import Execution
from simulator.model.process import Evaluate, Node
from simulator.model.xml import ZEEBE

JOB = "job"
DEFAULT_RETRIES = 3
EITHER = "Must have either one 'zeebe:{}' or one 'zeebe:taskDefinition' extension element"


@dataclass(frozen=True, slots=True)
class Headers:
    """What a job says beside its type: texts as they stand, and values that are evaluated."""

    texts: dict[str, str]
    evaluated: dict[str, Evaluate] = field(default_factory=dict)

    def __call__(self, execution: Execution) -> dict[str, str]:
        """All headers at an element instance; evaluated ones without a value are left out."""
        if not self.evaluated:
            return self.texts
        found = {name: value(execution) for name, value in self.evaluated.items()}
        return {**self.texts, **{name: value for name, value in found.items() if value is not None}}


def read_job(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read the task definition of an element that a worker does; it must have exactly one."""
    definitions = reading.language.extensions(element, "taskDefinition")
    if len(definitions) != 1:
        note(reading, "Must have exactly one 'zeebe:taskDefinition' extension element", element)
        return
    node.detail = job_of(definitions[0], element, reading)


def read_either(element: etree._Element, node: Node, reading: Reading, other: str) -> bool:
    """Read a task definition or leave it to what may stand there instead; answers whether that is there."""
    others = reading.language.extensions(element, other)
    definitions = reading.language.extensions(element, "taskDefinition")
    if len(others) + len(definitions) != 1:
        note(reading, EITHER.format(other), element)
        return False
    if definitions:
        node.detail = job_of(definitions[0], element, reading)
    return bool(others)


def job_of(definition: etree._Element, element: etree._Element, reading: Reading) -> Open:
    """What a job is opened with."""
    kind = definition.get("type")
    if not kind:
        note(reading, NOT_FOUND, definition)
    retries = definition.get("retries")
    return open_job(
        compile_text(reading, definition, evaluate_job_type, kind or ""),
        _retries(retries, definition, reading),
        Headers(read_headers(element, reading)),
    )


def open_job(kind: Any, retries: Any, headers: Headers) -> Open:
    """A job for a worker; each part a constant or an expression."""
    return Open(
        JOB,
        {
            "type": kind,
            "retries": retries,
            "headers": headers.texts if not headers.evaluated else headers,
            "state": "ACTIVATABLE",
            "message": None,
        },
    )


def _retries(text: str | None, definition: etree._Element, reading: Reading) -> Any:
    if not text:
        return DEFAULT_RETRIES
    return compile_place(reading, definition, evaluate_retries, text)


def read_headers(element: etree._Element, reading: Reading) -> dict[str, str]:
    """The task headers of an element, never evaluated."""
    holder = reading.language.extension(element, "taskHeaders")
    if holder is None:
        return {}
    return {
        header.get("key") or "": header.get("value") or ""
        for header in holder.findall(f"{{{ZEEBE}}}header")
        if header.get("key")
    }


def enter_detail(node: Node, execution: Execution) -> Effect:
    """Do what was read for it: open a job, a user task, give a result."""
    effect: Effect = node.detail
    return effect


def bind_detail(node: Node) -> Enter | None:
    """Bind what was read; an element for which nothing was is passed."""
    return None if node.detail is None else enter_detail


def read_script(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read a script in FEEL, or the job that runs it."""
    if not read_either(element, node, reading, "script"):
        return
    script = reading.language.extensions(element, "script")[0]
    name = script.get("resultVariable")
    if not name and script.get("expression") is not None:
        note(reading, "Attribute 'resultVariable' must be present and not empty", script)
    value = compile_formula(reading, script, evaluate_anything, script.get("expression"))
    node.detail = Result(name, value)


def evaluate_anything(source: Expression, lookup: Lookup, surroundings: Surroundings | None) -> Any:
    """A script's place: every value is accepted, as the JSON of a variable."""
    return source.result(lookup, surroundings)
