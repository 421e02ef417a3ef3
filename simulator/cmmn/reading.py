"""A CMMN file becomes cases: every plan item one node, its definition, criteria and rules bound to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from simulator.cmmn.definitions import (
    Language,
    Refusal,
    attribute_of,
    facts_of,
    refuse_unsupported,
    rules_of,
    sentries_of,
)
from simulator.cmmn.errors import CaseUnreadable
from simulator.cmmn.model import CASE_PLAN, HUMAN_TASK, MILESTONE, STAGE, STAGES, TASK, Case, PlanItem
from simulator.cmmn.schema import CMMN_10, is_valid
from simulator.kernel.failures import ModelFailure
from simulator.model.process import Node, Process
from simulator.model.xml import line_of, local_name

RUN = frozenset({STAGE, TASK, HUMAN_TASK, MILESTONE})
DROPPED = frozenset({"eventListener", "timerEventListener", "userEventListener", "planFragment"})
"""Definitions whose plan items Camunda 7 leaves out."""
REFUSED = {"processTask": "process tasks", "caseTask": "case tasks", "decisionTask": "decision tasks"}
PLAN_ITEMS_AT_MOST = 100_000
PERIOD = re.compile(r"(\d+)|P(\d+)D")


@dataclass(slots=True)
class CaseFile:
    """A file being read: its elements by id, and what a live engine would run and the simulator does not.

    `definitions` are those of the plan items read, by their nodes' index.
    """

    language: Language
    elements: dict[str, etree._Element]
    older: bool
    refusals: list[Refusal] = field(default_factory=list)
    definitions: list[etree._Element] = field(default_factory=list)


Found = tuple[Node, etree._Element, etree._Element | None]
"""A node, its definition, and its plan item (None: the case plan model)."""


def read_cases(root: etree._Element, language: Language) -> tuple[list[Case], list[Refusal]]:
    """Read every case of a file, and what in them is refused.

    Raises `CaseUnreadable`: as `schema` where the file does not keep to that of the standard.
    """
    if not is_valid(root):
        raise CaseUnreadable(schema=True)
    elements = {
        str(each.get("id")): each for each in root.iter() if local_name(each) and each.get("id") is not None
    }
    older = etree.QName(root).namespace == CMMN_10
    file = CaseFile(language, elements, older)
    cases = [_read_case(element, file) for element in root.iterfind("{*}case")]
    return cases, file.refusals


def _read_case(element: etree._Element, file: CaseFile) -> Case:
    days = _time_to_live(attribute_of(element, "historyTimeToLive"))
    plan = element.find("{*}casePlanModel")
    if plan is None:
        raise CaseUnreadable()
    key = element.get("id") or ""
    root = Node(
        id=plan.get("id") or "",
        kind=CASE_PLAN,
        line=line_of(plan),
        index=len(file.definitions),
        parent=None,
        is_scope=True,
    )
    root.name = plan.get("name")
    file.definitions.append(plan)
    process = Process(
        key=key, name=element.get("name"), root=root, nodes={}, flows={}, history_time_to_live=days
    )
    pending: list[Found] = [(root, plan, None)]
    while pending:
        pending.extend(_read_item(*pending.pop(), file))
    return Case(key, process.name, process)


def _time_to_live(text: str | None) -> int:
    """Days, as a number or a period of days; a case without them can't be deployed (live Camunda 7.24)."""
    found = PERIOD.fullmatch(text or "")
    if found is None:
        raise CaseUnreadable()
    return int(found[1] or found[2])


def _read_item(
    node: Node, definition: etree._Element, item: etree._Element | None, file: CaseFile
) -> Iterator[Found]:
    """Bind to a node what its plan item and definition say; answers the items in it, where it is a stage."""
    refuse_unsupported(definition, file)
    own = definition if item is None else item
    if item is not None:
        refuse_unsupported(item, file)
    inside = node.kind in STAGES
    stage = node.parent.detail if node.parent is not None else None
    sentries = sentries_of(definition, file) if inside else ()
    declared = sentries if item is None else stage.sentries if stage is not None else ()
    known = frozenset(sentry.id for sentry in declared)
    node.detail = PlanItem(
        entry=tuple(s for s in _criteria(own, "entry", file) if s in known) if item is not None else (),
        exit=tuple(s for s in _criteria(own, "exit", file) if s in known) if node.kind != MILESTONE else (),
        **rules_of(definition, item, file),
        facts=facts_of(definition, item, file) if node.kind == HUMAN_TASK else {},
        sentries=sentries,
        completes_early=inside and (definition.get("autoComplete") or "").strip() in ("true", "1"),
    )
    node.is_scope = True
    return _items(node, definition, file) if inside else iter(())


def _criteria(element: etree._Element, side: str, file: CaseFile) -> Iterator[str]:
    """The ids of the sentries that an item's criteria refer to."""
    if file.older:
        referred = (element.get("entryCriteriaRefs" if side == "entry" else "exitCriteriaRefs") or "").split()
    else:
        criteria = element.iterfind(f"{{*}}{side}Criterion")
        referred = [str(each.get("sentryRef")) for each in criteria if each.get("sentryRef") is not None]
    for reference in referred:
        if local_name(file.elements[reference]) != "sentry":
            raise CaseUnreadable()
        yield reference


def _items(stage: Node, definition: etree._Element, file: CaseFile) -> Iterator[Found]:
    """The nodes of a stage's plan items; those of definitions that Camunda 7 leaves out are left out."""
    stage.children = []
    for item in definition.iterfind("{*}planItem"):
        reference = item.get("definitionRef")
        referred = None if reference is None else file.elements[reference]
        if referred is None or local_name(referred) in DROPPED or _not_blocking(referred):
            continue
        kind = local_name(referred)
        if kind in REFUSED:
            file.refusals.append(Refusal(REFUSED[kind], item.get("id"), line_of(item)))
            continue
        if kind not in RUN:
            raise CaseUnreadable()
        if kind == STAGE and _holds_itself(stage, referred, file):
            raise ModelFailure(None, "StackOverflowError")
        if len(file.definitions) > PLAN_ITEMS_AT_MOST:
            file.refusals.append(Refusal("cases with more than 100,000 plan items", stage.id, stage.line))
            return
        node = Node(
            id=item.get("id") or "", kind=kind, line=line_of(item), index=len(file.definitions), parent=stage,
            name=item.get("name") or referred.get("name"),
        )  # fmt: skip
        file.definitions.append(referred)
        stage.children.append(node)
        yield node, referred, item


def _not_blocking(definition: etree._Element) -> bool:
    """A human task that nobody waits for does not exist at all (live Camunda 7.24)."""
    return local_name(definition) == HUMAN_TASK and (definition.get("isBlocking") or "").strip() in (
        "false",
        "0",
    )


def _holds_itself(stage: Node, definition: etree._Element, file: CaseFile) -> bool:
    place: Node | None = stage
    while place is not None:
        if file.definitions[place.index] is definition:
            return True
        place = place.parent
    return False
