"""Adapts a portable BPMN model for Camunda 8: job types, user tasks, FEEL, mappings, correlation keys."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from lxml import etree

from simulator.model.xml import local_name
from simulator.targets.adapt_camunda8_tasks import (
    UserTasks,
    adapt_call,
    adapt_loop,
    adapt_task,
    adapt_user_task,
)
from simulator.targets.adapt_flows import write_flow_ends
from simulator.targets.adapt_texts import feel_of, feel_or_text, is_juel
from simulator.targets.adapt_xml import (
    add_extension,
    bpmn,
    camunda,
    elements,
    extension,
    refuse,
    translated,
    zeebe,
)

CORRELATION_VARIABLE = "tckCorrelation"
"""The variable by which an instance is found where the model names no correlation key of its own."""

CONDITIONS = ("conditionExpression", "condition", "completionCondition")
TIMES = ("timeDuration", "timeDate", "timeCycle")
WORKED_ON = ("serviceTask", "sendTask", "businessRuleTask", "scriptTask")
THROWN = ("intermediateThrowEvent", "endEvent")
NOT_PORTABLE = ("executionListener", "taskListener", "connector", "properties", "field")
"""Extensions of Camunda 7 whose effect would be lost without a word."""


class Catches(StrEnum):
    """Who waits for a message."""

    START = "a start event of a process"
    INSTANCE = "something inside of an instance"


def adapt_bpmn(root: etree._Element, file: str, user_tasks: UserTasks) -> bool:
    """Adapt in place; answers whether instances are found by `CORRELATION_VARIABLE`.

    Raises UserError naming the element and the line that is not portable.
    """
    for name in NOT_PORTABLE:
        for lost in elements(root, camunda(name)):
            if name not in ("properties", "field"):
                raise refuse(lost, file, f"Camunda 8 has no camunda:{name}")
    for process in elements(root, bpmn("process")):
        if process.get("isExecutable") is None:
            process.set("isExecutable", "true")
    for mapping in elements(root, camunda("inputOutput")):
        _mapping(mapping, file)
    for task in elements(root, *map(bpmn, WORKED_ON)):
        adapt_task(task, file)
    for task in elements(root, bpmn("userTask")):
        adapt_user_task(task, file, user_tasks)
    for activity in elements(root, bpmn("callActivity")):
        adapt_call(activity, file)
    for loop in elements(root, bpmn("multiInstanceLoopCharacteristics")):
        adapt_loop(loop, file)
    _translate_all(root, file, CONDITIONS, feel_of)
    _translate_all(root, file, TIMES, feel_or_text)
    _number_event_definitions(root)
    _throw_messages(root)
    write_flow_ends(root)
    return _subscribe(root)


def _translate_all(
    root: etree._Element, file: str, names: tuple[str, ...], translate: Callable[[str], str]
) -> None:
    for element in elements(root, *map(bpmn, names)):
        if element.text and is_juel(element.text):
            element.text = translated(translate, element.text, element, file)


def _mapping(mapping: etree._Element, file: str) -> None:
    holder = mapping.getparent()
    activity = None if holder is None else holder.getparent()
    if activity is None or not len(mapping):
        return
    written = extension(activity, zeebe("ioMapping"))
    if written is None:
        written = add_extension(activity, zeebe("ioMapping"))
    for parameter in mapping:
        kind = {"inputParameter": "input", "outputParameter": "output"}.get(local_name(parameter))
        if kind is None:
            continue
        if len(parameter):
            inner = local_name(parameter[0])
            raise refuse(parameter, file, f"a mapping of a {inner} has no counterpart in Camunda 8")
        source = translated(feel_of, parameter.text or "", parameter, file)
        etree.SubElement(written, zeebe(kind), {"source": source, "target": parameter.get("name") or ""})
    _order_mappings(written)


def _order_mappings(mapping: etree._Element) -> None:
    """Put inputs before outputs, each in their order."""
    mapping[:] = sorted(mapping, key=lambda child: local_name(child) != "input")


def _number_event_definitions(root: etree._Element) -> None:
    """Give event definitions the ids without which Camunda 8 cannot deploy some of them (live 8.8.21)."""
    taken = {element.get("id") for element in root.iter(etree.Element)}
    for element in list(root.iter(etree.Element)):
        if not local_name(element).endswith("EventDefinition") or element.get("id") is not None:
            continue
        owner = element.getparent()
        base = f"{'' if owner is None else owner.get('id') or ''}_{local_name(element)}"
        number, name = 1, base
        while name in taken:
            number, name = number + 1, f"{base}{number + 1}"
        taken.add(name)
        element.set("id", name)


def _throw_messages(root: etree._Element) -> None:
    """A thrown message is somebody's work: a job of the type that is its topic or the event's id."""
    for event in elements(root, *map(bpmn, THROWN)):
        definition = event.find(bpmn("messageEventDefinition"))
        if definition is None or extension(event, zeebe("taskDefinition")) is not None:
            continue
        kind = definition.get(camunda("topic")) or event.get("id") or "message"
        add_extension(event, zeebe("taskDefinition"), type=kind)


def _subscribe(root: etree._Element) -> bool:
    """Give messages that an instance waits for a correlation key where they have none."""
    waits = _who_waits(root)
    is_used = False
    for message in elements(root, bpmn("message")):
        subscription = extension(message, zeebe("subscription"))
        if subscription is None and waits.get(message.get("id") or "") == Catches.INSTANCE:
            add_extension(message, zeebe("subscription"), correlationKey=f"= {CORRELATION_VARIABLE}")
            is_used = True
    return is_used


def _who_waits(root: etree._Element) -> Mapping[str, Catches]:
    waits: dict[str, Catches] = {}
    for element in root.iter(bpmn("messageEventDefinition"), bpmn("receiveTask")):
        reference = (element.get("messageRef") or "").rpartition(":")[2]
        event = element if element.tag == bpmn("receiveTask") else element.getparent()
        if event is None or local_name(event) in THROWN:
            continue
        if not _starts_process(event):
            waits[reference] = Catches.INSTANCE
        else:
            waits.setdefault(reference, Catches.START)
    return waits


def _starts_process(event: etree._Element) -> bool:
    scope = event.getparent()
    return local_name(event) == "startEvent" and scope is not None and local_name(scope) == "process"
