"""Call activities as Camunda 7 reads them."""

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.calls import CalledElement, Passing
from simulator.model.process import Evaluate, Node


def read_call(element: etree._Element, node: Node, reading: Reading) -> None:
    """Read what is called, in which version, and what goes in and out."""
    language = reading.language
    key = element.get("calledElement")
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
    version = language.attribute(
        element, "calledElementVersion" if binding == "version" else "calledElementVersionTag"
    )
    if binding in ("version", "versionTag") and version is None:
        reading.error(
            f"Missing attribute 'calledElement{binding[0].upper()}{binding[1:]}' when 'calledElementBinding' has value '{binding}'",
            element,
        )
        return
    ins = language.extensions(element, "in")
    business_key = next((e.get("businessKey") for e in ins if e.get("businessKey") is not None), None)
    node.detail = CalledElement(
        element=language.expression(key),
        binding=binding,
        version=None if version is None else language.expression(version),
        inputs=tuple(_passing(e, reading) for e in ins if e.get("businessKey") is None),
        outputs=tuple(_passing(e, reading) for e in language.extensions(element, "out")),
        business_key=None if business_key is None else language.expression(business_key),
    )


def _passing(element: etree._Element, reading: Reading) -> Passing:
    local = element.get("local") == "true"
    if element.get("variables") == "all":
        return Passing(everything=True, local=local)
    source: Evaluate | None = None
    name, text = element.get("source"), element.get("sourceExpression")
    if name is not None:
        source = _variable(name)
    elif text is not None:
        source = reading.language.expression(text)
    return Passing(source=source, target=element.get("target") or "", local=local)


def _variable(name: str) -> Evaluate:
    return lambda execution: execution.lookup(name)
