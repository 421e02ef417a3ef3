"""User task: waits until a person completes it (BPMN 2.0.2, 10.3.3)."""

from lxml import etree

from simulator.bpmn.camunda7.common import documentation_of
from simulator.bpmn.camunda7.forms import read_form
from simulator.bpmn.camunda8.tasks import enter_detail
from simulator.bpmn.camunda8.user_tasks import read_user_task
from simulator.bpmn.element import ElementType, Reading, Way
from simulator.kernel.effects import Effect
from simulator.kernel.effects import Open as OpenWork
from simulator.kernel.state import Execution
from simulator.model.process import Node

EXPRESSIONS = {
    "assignee": "assignee",
    "owner": "owner",
    "dueDate": "due",
    "followUpDate": "follow_up",
    "priority": "priority",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
}


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read who is to do it, until when, and with which form."""
    language = reading.language
    facts = {}
    for attribute, fact in EXPRESSIONS.items():
        text = language.attribute(element, attribute)
        if text is not None:
            facts[fact] = language.expression(text)
    if node.name is not None:
        facts["name"] = language.expression(node.name)
    documentation = documentation_of(element)
    if documentation is not None:
        facts["description"] = language.expression(documentation)
    form = read_form(element, reading)
    if form is not None and form.key is not None:
        facts["form_key"] = form.key
    node.detail = UserTask(form, OpenWork("user-task", facts))


class UserTask:
    """What a user task's instances are opened with."""

    __slots__ = ("form", "work")

    def __init__(self, form: object, work: OpenWork) -> None:
        self.form = form
        self.work = work


def enter(node: Node, execution: Execution) -> Effect:
    """Open a task for somebody to complete."""
    work: OpenWork = node.detail.work
    return work


ELEMENT = ElementType(
    tag="userTask",
    camunda7=Way(read=read, enter=enter),
    camunda8=Way(read=read_user_task, enter=enter_detail),
)
