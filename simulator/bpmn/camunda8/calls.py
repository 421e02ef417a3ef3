"""Call activities as Camunda 8 reads them."""

from lxml import etree

from simulator.bpmn.camunda8.language import NOT_FOUND, compile_text, note
from simulator.bpmn.element import Reading
from simulator.expressions.feel.places import evaluate_string
from simulator.model.calls import CalledElement, Passing
from simulator.model.process import Evaluate, Node

BINDINGS = ("latest", "deployment", "versionTag")
EVERYTHING = (Passing(everything=True),)
LOCAL = (Passing(everything=True, local=True),)


def read_call(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what is called, in which version, and whether all variables go in and out."""
    found = reading.language.extensions(element, "calledElement")
    if len(found) != 1:
        note(reading, "Must have exactly one 'zeebe:calledElement' extension element", element)
        return
    called = found[0]
    process = called.get("processId")
    if not process:
        note(reading, NOT_FOUND, called)
        return
    node.process.detail.called[node.id] = process
    binding = called.get("bindingType") or "latest"
    tag = called.get("versionTag")
    version: Evaluate | None = None
    if binding == "versionTag" and tag:
        version = compile_text(reading, called, evaluate_string, tag)
    node.detail = CalledElement(
        element=compile_text(reading, called, evaluate_string, process),
        binding=binding if binding in BINDINGS else "latest",
        version=version,
        inputs=EVERYTHING if called.get("propagateAllParentVariables") != "false" else LOCAL,
        outputs=EVERYTHING if called.get("propagateAllChildVariables") != "false" else (),
    )
