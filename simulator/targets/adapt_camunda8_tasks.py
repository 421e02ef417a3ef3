"""Tasks, call activities and loops of a portable model in Camunda 8's extensions."""

from enum import StrEnum

from lxml import etree

from simulator.model.xml import local_name
from simulator.targets.adapt_texts import feel_of, feel_or_text, is_feel, is_juel
from simulator.targets.adapt_xml import (
    add_extension,
    bpmn,
    camunda,
    extension,
    refuse,
    translated,
    zeebe,
)


class UserTasks(StrEnum):
    """What a user task becomes.

    `NATIVE`: a Camunda user task, found by searching. `JOBS`: a job of the type that all share. `SERVICE`: a
    service task with a type of its own, where jobs of the shared type could be somebody else's.
    """

    NATIVE = "native"
    JOBS = "jobs"
    SERVICE = "service"


USER_TASK_TYPE = "io.camunda.zeebe:userTask"
"""The job type of user tasks that are not Camunda user tasks."""

USER_TASK_HEADER = "bpmn-tck-user-task"
"""Marks the job of a service task that stands for a user task."""

CALLED_IN_PROCESS = ("class", "delegateExpression", "expression")
ASSIGNMENT = ("assignee", "candidateGroups", "candidateUsers")
OF_USER_TASKS = ("userTask", "assignmentDefinition", "taskSchedule", "priorityDefinition", "formDefinition")
HAS_WORK = ("taskDefinition", "script", "calledDecision")


def adapt_task(task: etree._Element, file: str) -> None:
    """A service, send, business rule or script task becomes a job, a FEEL script or a decision."""
    if any(extension(task, zeebe(name)) is not None for name in HAS_WORK):
        return
    for name in CALLED_IN_PROCESS:
        if task.get(camunda(name)) is not None:
            raise refuse(task, file, f"Camunda 8 calls no Java, so it has nothing for camunda:{name}")
    decision = task.get(camunda("decisionRef"))
    if decision is not None:
        text = translated(feel_or_text, decision, task, file)
        result = task.get(camunda("resultVariable")) or "result"
        add_extension(task, zeebe("calledDecision"), decisionId=text, resultVariable=result)
        return
    script = task.find(bpmn("script"))
    if script is not None and _is_expression(task, script):
        text = translated(feel_of, script.text or "", script, file)
        result = task.get(camunda("resultVariable")) or "result"
        add_extension(task, zeebe("script"), expression=text, resultVariable=result)
        return
    kind = task.get(camunda("topic")) or task.get("id") or "work"
    add_extension(task, zeebe("taskDefinition"), type=translated(feel_or_text, kind, task, file))


def adapt_user_task(task: etree._Element, file: str, user_tasks: UserTasks) -> None:
    """A user task becomes what the release can show."""
    if user_tasks is UserTasks.SERVICE:
        _make_service_task(task)
        return
    if user_tasks is UserTasks.NATIVE and extension(task, zeebe("userTask")) is None:
        add_extension(task, zeebe("userTask"))
    if user_tasks is UserTasks.JOBS:
        _drop_extensions(task, ("userTask", "priorityDefinition"))
    _assignment(task, file)
    schedule = {"dueDate": task.get(camunda("dueDate")), "followUpDate": task.get(camunda("followUpDate"))}
    told = {name: translated(feel_or_text, text, task, file) for name, text in schedule.items() if text}
    if told and extension(task, zeebe("taskSchedule")) is None:
        add_extension(task, zeebe("taskSchedule"), **told)
    priority = task.get(camunda("priority"))
    if priority and user_tasks is UserTasks.NATIVE and extension(task, zeebe("priorityDefinition")) is None:
        text = translated(feel_or_text, priority, task, file)
        add_extension(task, zeebe("priorityDefinition"), priority=text)


def adapt_call(activity: etree._Element, file: str) -> None:
    """A call activity names what it calls in an extension; mappings of Camunda 7 say what is passed on."""
    mappings = list(activity.iter(camunda("in"), camunda("out")))
    called = extension(activity, zeebe("calledElement"))
    if called is None:
        key = translated(feel_or_text, activity.get("calledElement") or "", activity, file)
        called = add_extension(activity, zeebe("calledElement"), processId=key)
    for each in mappings:
        if each.get("variables") not in (None, "all"):
            raise refuse(each, file, f"camunda:{local_name(each)} with variables={each.get('variables')!r}")
    if mappings:
        called.set("propagateAllParentVariables", _passes_all(mappings, "in"))
        called.set("propagateAllChildVariables", _passes_all(mappings, "out"))
    for each in mappings:
        source = _source(each, file)
        if source is not None:
            kind = "input" if local_name(each) == "in" else "output"
            _io_mapping(activity, kind, source, each.get("target") or "")


def adapt_loop(loop: etree._Element, file: str) -> None:
    """A loop runs over a collection; a number of times is a collection of numbers."""
    if extension(loop, zeebe("loopCharacteristics")) is not None:
        return
    cardinality = loop.find(bpmn("loopCardinality"))
    collection = loop.get(camunda("collection"))
    if collection is not None:
        named = collection if is_juel(collection) or is_feel(collection) else f"${{{collection}}}"
        told = {"inputCollection": translated(feel_of, named, loop, file)}
    elif cardinality is not None:
        text = (cardinality.text or "").strip()
        times = translated(feel_of, text, cardinality, file)[1:].strip() if is_juel(text) else text
        told = {"inputCollection": f"= if ({times}) < 1 then [] else for i in 1..({times}) return i"}
    else:
        return
    if cardinality is not None:
        loop.remove(cardinality)
    element = loop.get(camunda("elementVariable"))
    if element is not None:
        told["inputElement"] = element
    add_extension(loop, zeebe("loopCharacteristics"), **told)


def _is_expression(task: etree._Element, script: etree._Element) -> bool:
    return (task.get("scriptFormat") or "").lower() in ("juel", "feel") and bool(script.text)


def _make_service_task(task: etree._Element) -> None:
    task.tag = bpmn("serviceTask")
    _drop_extensions(task, OF_USER_TASKS)
    for name in [name for name in task.attrib if name == "implementation"]:
        del task.attrib[name]
    for rendering in list(task.iterchildren(bpmn("rendering"))):
        task.remove(rendering)
    add_extension(task, zeebe("taskDefinition"), type=task.get("id") or "work")
    headers = add_extension(task, zeebe("taskHeaders"))
    etree.SubElement(headers, zeebe("header"), {"key": USER_TASK_HEADER, "value": "true"})


def _drop_extensions(task: etree._Element, names: tuple[str, ...]) -> None:
    for name in names:
        found = extension(task, zeebe(name))
        holder = None if found is None else found.getparent()
        if found is not None and holder is not None:
            holder.remove(found)


def _assignment(task: etree._Element, file: str) -> None:
    given = {name: task.get(camunda(name)) for name in ASSIGNMENT}
    told = {name: translated(feel_or_text, text, task, file) for name, text in given.items() if text}
    if told and extension(task, zeebe("assignmentDefinition")) is None:
        add_extension(task, zeebe("assignmentDefinition"), **told)


def _passes_all(mappings: list[etree._Element], name: str) -> str:
    passes = any(each.get("variables") == "all" for each in mappings if local_name(each) == name)
    return "true" if passes else "false"


def _source(mapping: etree._Element, file: str) -> str | None:
    """What a mapping of a call activity passes on; None where it is all variables or the business key."""
    if mapping.get("source") is not None:
        return f"= {mapping.get('source')}"
    expression = mapping.get("sourceExpression")
    return None if expression is None else translated(feel_of, expression, mapping, file)


def _io_mapping(activity: etree._Element, kind: str, source: str, target: str) -> None:
    mapping = extension(activity, zeebe("ioMapping"))
    if mapping is None:
        mapping = add_extension(activity, zeebe("ioMapping"))
    written = etree.Element(zeebe(kind), {"source": source, "target": target})
    inputs = sum(1 for _ in mapping.iterchildren(zeebe("input")))
    mapping.insert(inputs if kind == "input" else len(mapping), written)
