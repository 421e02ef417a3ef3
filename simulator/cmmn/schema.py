"""Which elements and attributes a CMMN file may hold, in which order, as far as a case is read (CMMN 1.1, 1.0).

What a case never runs (case files, planning tables, artifacts, diagrams) is not looked into.
"""

import re
from collections.abc import Mapping

from lxml import etree

from simulator.model.xml import local_name

CMMN_11 = "http://www.omg.org/spec/CMMN/20151109/MODEL"
CMMN_10 = "http://www.omg.org/spec/CMMN/20131201/MODEL"
NAME = re.compile(r"[^\W\d][\w.\-·]*")
BOOLEAN = frozenset({"true", "false", "1", "0"})
EVENTS = frozenset(
    {
        "close", "complete", "create", "disable", "enable", "exit", "fault", "manualStart", "occur", "parentResume",
        "parentSuspend", "reactivate", "reenable", "resume", "start", "suspend", "terminate",
    }
)  # fmt: skip
"""The standard events of plan items that a file may name (CMMN 1.1, 5.4.6.1)."""

Order = tuple[str, ...]
"""The children of an element in their order, each as `name`, or `name|name` where they may mix, with `?` for at most
one."""

BASE: Order = ("documentation", "extensionElements?")
DEFINITION: Order = (*BASE, "defaultControl?")
TASK: Order = (*DEFINITION, "input", "output")
DEFINITIONS = (
    "stage|humanTask|processTask|caseTask|decisionTask|task|milestone|eventListener|timerEventListener|"
    "userEventListener|planFragment"
)
STAGE: Order = (*DEFINITION, "planItem", "sentry", "planningTable?", DEFINITIONS, "exitCriterion")
CHILDREN: Mapping[str, Order] = {
    "definitions": (
        "documentation", "import", "caseFileItemDefinition", "case", "process", "decision", "extensionElements?",
        "relationship", "artifact|association|textAnnotation", "CMMNDI?",
    ),
    "case": (*BASE, "caseFileModel?", "casePlanModel?", "caseRoles?", "input", "output"),
    "casePlanModel": STAGE,
    "stage": STAGE,
    "humanTask": (*TASK, "planningTable?"),
    "task": TASK,
    "processTask": (*TASK, "parameterMapping", "processRefExpression?"),
    "caseTask": (*TASK, "parameterMapping", "caseRefExpression?"),
    "decisionTask": (*TASK, "parameterMapping", "decisionRefExpression?"),
    "milestone": DEFINITION,
    "eventListener": DEFINITION,
    "userEventListener": DEFINITION,
    "timerEventListener": (*DEFINITION, "timerExpression?", "caseFileItemStartTrigger|planItemStartTrigger"),
    "planItem": (*BASE, "itemControl?", "entryCriterion", "exitCriterion"),
    "entryCriterion": BASE,
    "exitCriterion": BASE,
    "itemControl": (*BASE, "repetitionRule?", "requiredRule?", "manualActivationRule?"),
    "defaultControl": (*BASE, "repetitionRule?", "requiredRule?", "manualActivationRule?"),
    "repetitionRule": (*BASE, "condition?"),
    "requiredRule": (*BASE, "condition?"),
    "manualActivationRule": (*BASE, "condition?"),
    "sentry": (*BASE, "caseFileItemOnPart|planItemOnPart", "ifPart?"),
    "planItemOnPart": (*BASE, "standardEvent?"),
    "caseFileItemOnPart": (*BASE, "standardEvent?"),
    "ifPart": (*BASE, "condition?"),
    "caseRoles": (*BASE, "role"),
    "role": BASE,
}  # fmt: skip
OLDER: Mapping[str, Order] = {
    **CHILDREN,
    "case": (*BASE, "caseFileModel?", "casePlanModel?", "caseRoles", "input", "output"),
    "caseRoles": BASE,
    "planItem": (*BASE, "itemControl?"),
    "casePlanModel": STAGE[:-1],
    "stage": STAGE[:-1],
    "humanTask": (*DEFINITION, "inputs", "outputs", "planningTable"),
    "task": (*DEFINITION, "inputs", "outputs"),
    "planItemOnPart": (*BASE, "standardEvent?", "sentryRef?"),
}
"""What CMMN 1.0 has otherwise."""

OWN: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "definitions": "targetNamespace expressionLanguage exporter exporterVersion author creationDate",
        "casePlanModel": "autoComplete exitCriteriaRefs",
        "stage": "autoComplete exitCriteriaRefs",
        "humanTask": "isBlocking performerRef",
        "task": "isBlocking",
        "processTask": "isBlocking processRef",
        "caseTask": "isBlocking caseRef",
        "decisionTask": "isBlocking decisionRef",
        "userEventListener": "authorizedRoleRefs",
        "planItem": "definitionRef entryCriteriaRefs exitCriteriaRefs",
        "entryCriterion": "sentryRef",
        "exitCriterion": "sentryRef",
        "repetitionRule": "contextRef",
        "requiredRule": "contextRef",
        "manualActivationRule": "contextRef",
        "planItemOnPart": "sourceRef exitCriterionRef",
        "caseFileItemOnPart": "sourceRef",
        "ifPart": "contextRef",
    }.items()
}
FREE = frozenset({"documentation", "extensionElements"})
"""Elements that may hold anything."""
REFERENCES = ("definitionRef", "sentryRef", "sourceRef", "performerRef", "contextRef", "exitCriterionRef")
ONLY_OLDER = ("entryCriteriaRefs", "exitCriteriaRefs")
REFERENCE_LISTS = (*ONLY_OLDER, "authorizedRoleRefs")
BOOLEANS = ("autoComplete", "isBlocking")


def is_valid(root: etree._Element) -> bool:
    """Whether a file keeps to the schema of its release of CMMN, as far as a case is read."""
    namespace = etree.QName(root).namespace
    named = local_name(root) == "definitions" and root.get("targetNamespace") is not None
    if namespace not in (CMMN_11, CMMN_10) or not named:
        return False
    orders = CHILDREN if namespace == CMMN_11 else OLDER
    identities: set[str] = set()
    references: set[str] = set()
    pending = [root]
    while pending:
        element = pending.pop()
        tag = local_name(element)
        if tag not in orders:
            identities.update(str(inner.get("id")) for inner in element.iter() if inner.get("id") is not None)
            continue
        if not _attributes_fit(element, tag, identities, references):
            return False
        if namespace == CMMN_11 and any(element.get(name) is not None for name in ONLY_OLDER):
            return False
        if tag == "planItemOnPart" and element.findtext("{*}standardEvent", "create") not in EVENTS:
            return False
        if not _children_fit(element, orders[tag], namespace):
            return False
        pending.extend(
            child for child in element if isinstance(child.tag, str) and local_name(child) not in FREE
        )
    return references <= identities


def _attributes_fit(element: etree._Element, tag: str, identities: set[str], references: set[str]) -> bool:
    allowed = OWN.get(tag, frozenset())
    for key, value in element.items():
        name, text = str(key), str(value).strip()
        if name.startswith("{") or name == "name":
            continue
        if name == "id":
            if text in identities or NAME.fullmatch(text) is None:
                return False
            identities.add(text)
        elif name not in allowed or (name in BOOLEANS and text not in BOOLEAN):
            return False
        elif name in REFERENCES:
            references.add(text)
        elif name in REFERENCE_LISTS:
            references.update(text.split())
    return True


def _children_fit(element: etree._Element, order: Order, namespace: str) -> bool:
    """Whether all children are of the namespace and follow the order, with no text between them."""
    texts = (element.text, *(child.tail for child in element))
    if any(text is not None and text.strip() for text in texts):
        return False
    place, seen = 0, False
    for child in element:
        tag = local_name(child)
        if not tag:
            continue
        if etree.QName(child).namespace != namespace and tag != "CMMNDI":
            return False
        while place < len(order) and (
            tag not in order[place].rstrip("?").split("|") or _full(order[place], seen)
        ):
            place, seen = place + 1, False
        if place == len(order):
            return False
        seen = True
    return True


def _full(slot: str, seen: bool) -> bool:
    return seen and slot.endswith("?")
