"""The parts of a CMMN file: sentries, rules, human tasks, and what is refused in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lxml import etree

from simulator.cmmn.errors import CaseUnreadable
from simulator.cmmn.model import Fact, PlanItemOnPart, Rule, Sentry, VariableOnPart
from simulator.model.process import Evaluate
from simulator.model.xml import CAMUNDA_CMMN, line_of, local_name

EXTENSION = f"{{{CAMUNDA_CMMN}}}"
EXPRESSIONS = {
    "assignee": "assignee",
    "dueDate": "due",
    "followUpDate": "follow_up",
    "priority": "priority",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
    "formKey": "form_key",
}
RULES = {"manual": "manualActivationRule", "required": "requiredRule", "repetition": "repetitionRule"}
VARIABLE_EVENTS = frozenset({"create", "update", "delete"})
UNSUPPORTED = {
    "caseExecutionListener": "listeners of case executions",
    "variableListener": "listeners of variables",
    "taskListener": "task listeners",
    "formData": "forms of human tasks",
    "in": "mappings of case tasks",
    "out": "mappings of case tasks",
}


class Language(Protocol):
    """How expressions and extension attributes are written."""

    def expression(self, text: str) -> Evaluate:
        """Compile the text of an attribute; plain text is its own value."""


def attribute_of(element: etree._Element, name: str) -> str | None:
    """An extension attribute."""
    return element.get(EXTENSION + name)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a live engine would run and the simulator does not."""

    what: str
    element: str | None
    line: int


class Reading(Protocol):
    """The file being read."""

    language: Language
    elements: dict[str, etree._Element]
    refusals: list[Refusal]


def expression(text: str, element: etree._Element, file: Reading) -> Evaluate:
    """Compile an expression."""
    if "${" in text and "caseExecution" in text:
        file.refusals.append(Refusal("expressions with caseExecution", element.get("id"), line_of(element)))
    return file.language.expression(text)


def refuse_unsupported(element: etree._Element, file: Reading) -> None:
    """Note the extensions of an element that are not run."""
    holder = element.find("{*}extensionElements")
    for child in holder if holder is not None else ():
        if isinstance(child.tag, str) and child.tag.startswith(EXTENSION):
            name = local_name(child)
            if name in UNSUPPORTED:
                file.refusals.append(Refusal(UNSUPPORTED[name], element.get("id"), line_of(child)))


def facts_of(definition: etree._Element, item: etree._Element | None, file: Reading) -> Mapping[str, Fact]:
    """What a human task is opened with, by name: expressions."""
    texts: dict[str, str | None] = {
        fact: attribute_of(definition, attribute) for attribute, fact in EXPRESSIONS.items()
    }
    performer = definition.get("performerRef")
    if performer is not None:
        role = file.elements[performer]
        if local_name(role) not in ("role", "caseRoles"):
            raise CaseUnreadable()
        texts["assignee"] = role.get("name")
    own = definition if item is None else item
    texts["name"] = own.get("name") or definition.get("name")
    texts["description"] = _documentation(own) or _documentation(definition)
    if attribute_of(definition, "formRef") is not None:
        file.refusals.append(Refusal("forms by reference", definition.get("id"), line_of(definition)))
    return {
        fact: Fact(text, expression(text, definition, file))
        for fact, text in texts.items()
        if text is not None
    }


def _documentation(element: etree._Element) -> str | None:
    texts = [each.text or "" for each in element.iterfind("{*}documentation")]
    return "\n\n".join(texts) or None


def rules_of(definition: etree._Element, item: etree._Element | None, file: Reading) -> dict[str, Any]:
    """The rules of an item: each from the item's own control, else from its definition's default."""
    if item is None:
        return {}
    both = (item.find("{*}itemControl"), definition.find("{*}defaultControl"))
    controls = [control for control in both if control is not None]
    found: dict[str, Any] = {}
    for name, tag in RULES.items():
        rule = _first(control.find(f"{{*}}{tag}") for control in controls)
        if rule is None:
            continue
        found[name] = Rule(_condition(rule, file))
        events = attribute_of(rule, "repeatOnStandardEvent")
        if name == "repetition" and events:
            found["repeats_on"] = frozenset({events})
    return found


def _first(elements: Iterable[etree._Element | None]) -> etree._Element | None:
    return next((element for element in elements if element is not None), None)


def _condition(element: etree._Element, file: Reading) -> Evaluate | None:
    """A condition; where there is no text, there is none."""
    condition = element.find("{*}condition")
    if condition is None:
        return None
    if condition.get("language") not in (None, "", "juel"):
        what = "conditions in a script language"
        file.refusals.append(Refusal(what, condition.get("id"), line_of(condition)))
    body = condition.find("{*}body")
    text = ((condition.text if body is None else body.text) or "").strip()
    if not text:
        return None
    return expression(text, element, file)


def sentries_of(stage: etree._Element, file: Reading) -> tuple[Sentry, ...]:
    """The sentries of a stage; one with nothing to wait for counts for nothing."""
    read = (_sentry(element, file) for element in stage.iterfind("{*}sentry"))
    return tuple(sentry for sentry in read if sentry.parts or sentry.condition is not None)


def _sentry(element: etree._Element, file: Reading) -> Sentry:
    refuse_unsupported(element, file)
    parts: list[PlanItemOnPart | VariableOnPart] = []
    for part in element.iterfind("{*}planItemOnPart"):
        source = part.get("sourceRef")
        if source is None:
            continue
        event = part.find("{*}standardEvent")
        if event is None or local_name(file.elements[source]) != "planItem":
            raise CaseUnreadable()
        parts.append(PlanItemOnPart(source, (event.text or "").strip()))
    for extension in element.iterfind(f"{{*}}extensionElements/{EXTENSION}variableOnPart"):
        parts.append(_variable_part(extension))
    holder = element.find("{*}ifPart")
    condition = None if holder is None else _condition(holder, file)
    return Sentry(element.get("id") or "", tuple(parts), condition)


def _variable_part(element: etree._Element) -> VariableOnPart:
    name, event = element.get("variableName"), element.findtext(f"{EXTENSION}variableEvent")
    if not name or (event or "").strip() not in VARIABLE_EVENTS:
        raise CaseUnreadable()
    return VariableOnPart(name, (event or "").strip())
