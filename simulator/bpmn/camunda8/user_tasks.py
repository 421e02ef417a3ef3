"""User tasks of Camunda 8: the engine's own, or jobs whose headers say who is to do them."""

from typing import Any

import msgspec
from lxml import etree

from simulator.bpmn.camunda8.language import Place, compile_place, failing, feel_of, note
from simulator.bpmn.camunda8.tasks import Headers, open_job, read_headers
from simulator.bpmn.element import Reading
from simulator.expressions.feel import EvaluationFailed, Lookup, Surroundings, places
from simulator.expressions.feel.places import StaticText
from simulator.expressions.feel.temporal_text import date_time_variable_text
from simulator.kernel.effects import Open
from simulator.model.process import Evaluate, Node

USER_TASK = "user-task"
JOB_TYPE = "io.camunda.zeebe:userTask"
HEADER = "io.camunda.zeebe:"
DEFAULT_PRIORITY = 50
NO_DATE = (
    "Expected static value to be a valid DateTime String, e.g. '2023-03-02T15:35+02:00', but found '{}'."
)
NO_LIST = "Expected static value to be a list of comma-separated values, e.g. 'a,b,c', but found '{}'."


def read_user_task(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read who is to do it, until when and with which form."""
    native = reading.language.extension(element, "userTask") is not None
    facts = {
        **_read_assignment(element, reading),
        **_read_schedule(element, reading),
        **_read_form(element, reading, native=native),
    }
    headers = read_headers(element, reading)
    if native:
        _read_priority(element, facts, reading)
        node.detail = Open(USER_TASK, {**NONE, **facts, "headers": headers})
    else:
        node.detail = open_job(JOB_TYPE, 1, _as_headers(headers, facts))


NONE: dict[str, Any] = {
    "assignee": None, "candidate_groups": (), "candidate_users": (), "due": None, "follow_up": None,
    "priority": DEFAULT_PRIORITY, "form_key": None, "external_form": None,
}  # fmt: skip
HEADER_NAMES = {
    "assignee": "assignee",
    "candidate_groups": "candidateGroups",
    "candidate_users": "candidateUsers",
    "due": "dueDate",
    "follow_up": "followUpDate",
    "form_key": "formKey",
}


def _as_headers(texts: dict[str, str], facts: dict[str, Any]) -> Headers:
    evaluated = {HEADER + HEADER_NAMES[name]: _header(value) for name, value in facts.items()}
    return Headers(texts, evaluated)


def _header(value: Any) -> Evaluate:
    def header(execution: Any) -> str | None:
        found = value(execution) if callable(value) else value
        return found if found is None or isinstance(found, str) else msgspec.json.encode(found).decode()

    return header


def _read_assignment(element: etree._Element, reading: Reading) -> dict[str, Any]:
    definition = reading.language.extension(element, "assignmentDefinition")
    if definition is None:
        return {}
    facts: dict[str, Any] = {}
    assignee = definition.get("assignee")
    if assignee:
        facts["assignee"] = _assignee(assignee, definition, reading)
    for attribute, fact in (("candidateGroups", "candidate_groups"), ("candidateUsers", "candidate_users")):
        text = definition.get(attribute)
        if not text:
            continue
        if not text.strip():
            note(reading, NO_LIST.format(text), definition)
        facts[fact] = compile_place(reading, definition, places.evaluate_strings, text)
    return facts


def _assignee(text: str, definition: etree._Element, reading: Reading) -> Evaluate:
    """Static text stands in quotes as an expression; one that breaks them fails when the task is reached."""
    feel = feel_of(reading)
    if text.startswith("=") and len(text) > 1:
        return compile_place(reading, definition, _named, text)
    try:
        return feel.at(_named, places.read_assignee(text, feel.release))
    except EvaluationFailed as error:
        return failing(error.text)


def _named(source: Any, lookup: Lookup, surroundings: Surroundings | None) -> str | None:
    """An assignee; an empty one is nobody."""
    return places.evaluate_string(source, lookup, surroundings) or None


def _date(source: Any, lookup: Lookup, surroundings: Surroundings | None) -> str | None:
    found = places.evaluate_due_date(source, lookup, surroundings)
    return None if found is None else date_time_variable_text(found, java=True)


def _read_schedule(element: etree._Element, reading: Reading) -> dict[str, Any]:
    definition = reading.language.extension(element, "taskSchedule")
    if definition is None:
        return {}
    found = {}
    for attribute, fact in (("dueDate", "due"), ("followUpDate", "follow_up")):
        text = definition.get(attribute)
        if text:
            found[fact] = _checked(reading, definition, _date, text, NO_DATE)
    return found


def _checked(reading: Reading, definition: etree._Element, place: Place, text: str, problem: str) -> Evaluate:
    if not (text.startswith("=") and len(text) > 1):
        try:
            place(StaticText(text), _nowhere, None)
        except EvaluationFailed:
            note(reading, problem.format(text), definition)
    return compile_place(reading, definition, place, text)


def _nowhere(name: str) -> Any:
    raise LookupError(name)


def _read_priority(element: etree._Element, facts: dict[str, Any], reading: Reading) -> None:
    definition = reading.language.extension(element, "priorityDefinition")
    text = None if definition is None else definition.get("priority")
    if definition is None or not text:
        return
    if not (text.startswith("=") and len(text) > 1):
        try:
            facts["priority"] = places.read_priority(text)
        except ValueError as error:
            note(reading, str(error), definition)
        return
    facts["priority"] = compile_place(reading, definition, places.evaluate_priority, text)


def _read_form(element: etree._Element, reading: Reading, *, native: bool) -> dict[str, Any]:
    definition = reading.language.extension(element, "formDefinition")
    if definition is None:
        return {}
    if definition.get("formId") is not None:
        reading.refuse("linked forms", definition)
        return {}
    reference, key = definition.get("externalReference"), definition.get("formKey")
    if native and reference:
        place = places.evaluate_string
        return {"external_form": compile_place(reading, definition, place, reference, late=True)}
    return {"form_key": key} if key and not native else {}
