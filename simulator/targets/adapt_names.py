"""Makes what a model defines and calls the run's own: keys, messages, signals, topics and job types."""

from lxml import etree

from simulator.model.xml import BPMNDI, local_name
from simulator.targets.adapt_texts import is_feel
from simulator.targets.adapt_xml import bpmn, camunda, elements, zeebe
from simulator.targets.naming import Names

CAMUNDA_CMMN_NAMES = ("caseRef", "processRef")


def rename_bpmn(root: etree._Element, names: Names) -> None:
    """Rename in place; with names that are not the run's own nothing changes."""
    if not names.are_foreign:
        return
    _rename_processes(root, names)
    for element in elements(root, bpmn("message"), bpmn("signal")):
        _rename(element, "name", names)
    for element in elements(root, bpmn("callActivity")):
        _rename(element, "calledElement", names)
        _rename(element, camunda("caseRef"), names)
    for element in elements(root, zeebe("calledElement")):
        _rename(element, "processId", names)
    for element in elements(root, zeebe("taskDefinition"), zeebe("executionListener")):
        _rename(element, "type", names)
    for element in root.iter(etree.Element):
        _rename(element, camunda("topic"), names)


def rename_cmmn(root: etree._Element, names: Names) -> None:
    """Rename cases, and the cases and processes that their tasks call."""
    if not names.are_foreign:
        return
    for element in root.iter(etree.Element):
        match local_name(element):
            case "case":
                _rename(element, "id", names)
            case "caseTask" | "processTask":
                for reference in CAMUNDA_CMMN_NAMES:
                    _rename(element, reference, names)
            case "caseRefExpression" | "processRefExpression" if element.text:
                element.text = own_text(element.text, names)


def own_text(text: str, names: Names) -> str:
    """A name, or an expression for one, as the run's own."""
    if is_feel(text):
        return text if names.is_own(text) else f'= ({text.strip()[1:].strip()}) + "{names.suffix}"'
    return names.own(text)


def _rename(element: etree._Element, attribute: str, names: Names) -> None:
    text = element.get(attribute)
    if text:
        element.set(attribute, own_text(text, names))


def _rename_processes(root: etree._Element, names: Names) -> None:
    own: dict[str, str] = {}
    for process in elements(root, bpmn("process")):
        key = process.get("id")
        if key:
            own[key] = names.own(key)
            process.set("id", own[key])
    references = [(bpmn("participant"), "processRef"), (f"{{{BPMNDI}}}BPMNPlane", "bpmnElement")]
    for tag, attribute in references:
        for element in elements(root, tag):
            prefix, colon, name = (element.get(attribute) or "").rpartition(":")
            if name in own:
                element.set(attribute, prefix + colon + own[name])
