"""Call activities as Camunda 7 reads them."""

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.calls import CalledElement, Passing
from simulator.model.process import Evaluate, Node

VERSIONED = {"version": "calledElementVersion", "versionTag": "calledElementVersionTag"}


def read_call(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what is called, in which version, and what goes in and out."""
    language = reading.language
    key = element.get("calledElement")
    if language.attribute(element, "caseRef") is not None and key is not None:
        message = "The attributes 'calledElement' or 'caseRef' cannot be used together: "
        reading.error(f"{message}Use either 'calledElement' or 'caseRef'", element)
        return
    if language.attribute(element, "caseRef") is not None:
        reading.refuse("cases behind a call activity", element)
        return
    if language.attribute(element, "variableMappingClass") or language.attribute(
        element, "variableMappingDelegateExpression"
    ):
        reading.refuse("Java classes and delegate beans", element)
    if language.attribute(element, "calledElementTenantId") is not None:
        reading.refuse("called elements of another tenant", element)
    if key is None:
        reading.error("Missing attribute 'calledElement' or 'caseRef'", element)
        return
    binding = language.attribute(element, "calledElementBinding") or "latest"
    versioned = VERSIONED.get(binding)
    version = None if versioned is None else language.attribute(element, versioned)
    if versioned is not None and version is None:
        message = f"Missing attribute '{versioned}' when 'calledElementBinding' has value '{binding}'"
        reading.error(message, element)
        return
    ins = language.extensions(element, "in")
    business_key = next((e.get("businessKey") for e in ins if e.get("businessKey")), None)
    node.detail = CalledElement(
        element=language.expression(key),
        binding=binding,
        version=None if version is None else language.expression(version),
        inputs=tuple(_passing(e, node, reading) for e in ins if not e.get("businessKey")),
        outputs=tuple(_passing(e, node, reading) for e in language.extensions(element, "out")),
        business_key=None if business_key is None else language.expression(business_key),
    )


def _passing(element: etree._Element, node: Node, reading: Reading) -> Passing:
    local = element.get("local") == "true"
    if element.get("variables") == "all":
        return Passing(everything=True, local=local)
    _check_passing(element, node, reading)
    source: Evaluate | None = None
    name, text = element.get("source"), element.get("sourceExpression")
    if name is not None:
        source = _variable(name)
    elif text is not None:
        source = reading.language.expression(text)
    return Passing(source=source, target=element.get("target") or "", local=local)


def _check_passing(element: etree._Element, node: Node, reading: Reading) -> None:
    """A variable is passed from somewhere to somewhere (texts of live Camunda 7.24)."""
    given = next((name for name in ("source", "sourceExpression") if element.get(name) is not None), None)
    if given is None:
        message = "Missing parameter 'source' or 'sourceExpression' when passing variables"
        reading.error(message, element, owner=node.id)
    elif not element.get(given):
        reading.error(f"Empty attribute '{given}' when passing variables", element, owner=node.id)
    if not element.get("target"):
        state = "Missing" if element.get("target") is None else "Empty"
        message = f"{state} attribute 'target' when attribute 'source' or 'sourceExpression' is set"
        reading.error(message, element, owner=node.id)


def _variable(name: str) -> Evaluate:
    return lambda execution: execution.lookup(name)
