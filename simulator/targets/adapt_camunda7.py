"""Adapts a portable BPMN or CMMN model for Camunda 7: what it always asks for, and Camunda 8's extensions."""

from lxml import etree

from simulator.model.xml import CAMUNDA_CMMN, CMMN
from simulator.targets.adapt_texts import is_feel, juel_of
from simulator.targets.adapt_xml import add_extension, bpmn, camunda, elements, extension, translated, zeebe

TIME_TO_LIVE = "P180D"
"""Any will do: since 7.20 a definition without one is refused (live Camunda 7.24, ENGINE-12018)."""

IMPLEMENTATIONS = ("class", "delegateExpression", "expression", "type", "decisionRef")
WORKED_ON = ("serviceTask", "sendTask", "businessRuleTask")
EXPRESSIONS = (
    "conditionExpression",
    "condition",
    "timeDuration",
    "timeDate",
    "timeCycle",
    "completionCondition",
)


def adapt_bpmn(root: etree._Element, file: str) -> None:
    """Adapt in place; raises UserError naming the element and the line that is not portable."""
    for process in elements(root, bpmn("process")):
        if process.get("isExecutable") is None:
            process.set("isExecutable", "true")
        if process.get(camunda("historyTimeToLive")) is None:
            process.set(camunda("historyTimeToLive"), TIME_TO_LIVE)
    for task in elements(root, *map(bpmn, WORKED_ON)):
        _work_outside(task)
    for task in elements(root, bpmn("scriptTask")):
        _script(task, file)
    for task in elements(root, bpmn("userTask")):
        _assignment(task, file)
    for loop in elements(root, bpmn("multiInstanceLoopCharacteristics")):
        _loop(loop, file)
    for activity in elements(root, bpmn("callActivity")):
        _call(activity, file)
    for mapping in elements(root, zeebe("ioMapping")):
        _mapping(mapping, file)
    for element in elements(root, *map(bpmn, EXPRESSIONS)):
        if element.text and is_feel(element.text):
            element.text = translated(juel_of, element.text, element, file)


def adapt_cmmn(root: etree._Element) -> None:
    """Give every case a time to live."""
    for case in elements(root, f"{{{CMMN}}}case"):
        if case.get(f"{{{CAMUNDA_CMMN}}}historyTimeToLive") is None:
            case.set(f"{{{CAMUNDA_CMMN}}}historyTimeToLive", TIME_TO_LIVE)


def _work_outside(task: etree._Element) -> None:
    """A task without an implementation is external; its topic is Camunda 8's job type or its id."""
    has_own = any(task.get(camunda(name)) is not None for name in IMPLEMENTATIONS)
    if has_own or extension(task, camunda("connector")) is not None:
        return
    definition = extension(task, zeebe("taskDefinition"))
    topic = None if definition is None else definition.get("type")
    task.set(camunda("type"), "external")
    if task.get(camunda("topic")) is None:
        task.set(camunda("topic"), topic or task.get("id") or "work")


def _script(task: etree._Element, file: str) -> None:
    script = extension(task, zeebe("script"))
    if script is None or task.find(bpmn("script")) is not None:
        return
    task.set("scriptFormat", "juel")
    task.set(camunda("resultVariable"), script.get("resultVariable") or "result")
    written = etree.SubElement(task, bpmn("script"))
    written.text = translated(juel_of, script.get("expression") or "", script, file)


def _assignment(task: etree._Element, file: str) -> None:
    definition = extension(task, zeebe("assignmentDefinition"))
    if definition is None:
        return
    for name in ("assignee", "candidateUsers", "candidateGroups"):
        text = definition.get(name)
        if text is not None and task.get(camunda(name)) is None:
            task.set(camunda(name), translated(juel_of, text, definition, file))


def _loop(loop: etree._Element, file: str) -> None:
    characteristics = extension(loop, zeebe("loopCharacteristics"))
    if characteristics is None or loop.get(camunda("collection")) is not None:
        return
    collection = characteristics.get("inputCollection") or ""
    loop.set(camunda("collection"), translated(juel_of, collection, characteristics, file))
    element = characteristics.get("inputElement")
    if element is not None:
        loop.set(camunda("elementVariable"), element)


def _call(activity: etree._Element, file: str) -> None:
    """Passing everything on is Camunda 8's default, and has to be said in Camunda 7."""
    called = extension(activity, zeebe("calledElement"))
    if called is None:
        return
    if activity.get("calledElement") is None:
        activity.set("calledElement", translated(juel_of, called.get("processId") or "", called, file))
    mapping = extension(activity, zeebe("ioMapping"))
    if called.get("propagateAllParentVariables", "true") == "true":
        add_extension(activity, camunda("in"), variables="all")
    has_outputs = mapping is not None and mapping.find(zeebe("output")) is not None
    if called.get("propagateAllChildVariables", "true") == "true" and not has_outputs:
        add_extension(activity, camunda("out"), variables="all")
    for kind, name in (("input", "in"), ("output", "out")):
        for each in [] if mapping is None else mapping.iterfind(zeebe(kind)):
            source = translated(juel_of, each.get("source") or "", each, file)
            add_extension(activity, camunda(name), sourceExpression=source, target=each.get("target") or "")


def _mapping(mapping: etree._Element, file: str) -> None:
    holder = mapping.getparent()
    activity = None if holder is None else holder.getparent()
    if activity is None or activity.tag == bpmn("callActivity"):
        return
    written = extension(activity, camunda("inputOutput"))
    if written is None:
        written = add_extension(activity, camunda("inputOutput"))
    for kind, name in (("input", "inputParameter"), ("output", "outputParameter")):
        for each in mapping.iterfind(zeebe(kind)):
            parameter = etree.SubElement(written, camunda(name), {"name": each.get("target") or ""})
            parameter.text = translated(juel_of, each.get("source") or "", each, file)
