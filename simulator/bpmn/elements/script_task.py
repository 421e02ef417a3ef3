"""Script task: runs a script at once (BPMN 2.0.2, 10.3.3)."""

from lxml import etree

from simulator.bpmn.camunda8.tasks import bind_detail, read_script
from simulator.bpmn.element import ElementType, Enter, Problem, Reading, Way
from simulator.kernel.effects import Result
from simulator.model.process import Node


def read(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read the script; languages other than JUEL are refused."""
    script = element.findtext("{*}script")
    language = element.get("scriptFormat")
    if script is None and reading.language.attribute(element, "resource") is None:
        message = "Unable to process ScriptTask: No script source or resource was given"
        reading.problems.append(Problem(message=message, element=None))
    elif language is None or reading.language.attribute(element, "resource") is not None:
        reading.refuse("scripts from resources or without a language", element)
    elif language.lower() != "juel":
        reading.refuse(f"scripts in {language}", element)
    else:
        name = reading.language.attribute(element, "resultVariable")
        node.detail = Result(name, reading.language.expression(script or ""), null_counts=False)


def bind(node: Node) -> Enter | None:
    """Evaluate, keep the result, go on."""
    result = node.detail
    return None if result is None else lambda _node, _execution: result


ELEMENT = ElementType(
    tag="scriptTask", camunda7=Way(read=read, bind=bind), camunda8=Way(read=read_script, bind=bind_detail)
)
