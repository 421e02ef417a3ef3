"""What the schema of BPMN refuses in a file, in the words of the validator of live Camunda 7.24.

Not the whole schema: the root, ids that are there and unique, references by id, attributes that have to be there.
"""

import re
from collections.abc import Iterator

from lxml import etree

from simulator.bpmn.element import Problem
from simulator.model.xml import BPMN

PREFIX = f"{{{BPMN}}}"
NAME = re.compile(r"[^\W\d][\w.\-]*")
REFERENCES = {"sequenceFlow": ("sourceRef", "targetRef")}
DEFAULTS = ("exclusiveGateway", "inclusiveGateway", "complexGateway")
NEEDED = {"sequenceFlow": ("sourceRef", "targetRef"), "boundaryEvent": ("attachedToRef",)}
END = "#end"
"""The place of a problem that shows when the file has been read to its end."""


def check_root(root: etree._Element) -> Iterator[Problem]:
    """A file is BPMN, and says whose names it holds."""
    if root.tag != f"{PREFIX}definitions":
        name = (
            etree.QName(root).localname
            if root.prefix is None
            else f"{root.prefix}:{etree.QName(root).localname}"
        )
        yield _problem(f"cvc-elt.1.a: Cannot find the declaration of element '{name}'.", root)
    elif root.get("targetNamespace") is None:
        yield _missing("targetNamespace", "definitions", root)


def check_schema(root: etree._Element) -> Iterator[Problem]:
    """Check every BPMN element, in the order of the file."""
    ids: set[str] = set()
    referred: list[str] = []
    for element in root.iter(f"{PREFIX}*"):
        name = element.tag[len(PREFIX) :]
        identity = element.get("id")
        if identity is not None:
            yield from _check_id(identity, name, ids, element)
        for attribute in NEEDED.get(name, ()):
            if element.get(attribute) is None:
                yield _missing(attribute, name, element)
        for attribute in REFERENCES.get(name, ("default",) if name in DEFAULTS else ()):
            reference = element.get(attribute)
            if reference is not None:
                referred.append(reference)
    for reference in dict.fromkeys(referred):
        if reference not in ids:
            message = f"cvc-id.1: There is no ID/IDREF binding for IDREF '{reference}'."
            yield Problem(message=message, element=None, at=END)


def _check_id(identity: str, name: str, ids: set[str], element: etree._Element) -> Iterator[Problem]:
    if not NAME.fullmatch(identity):
        yield _problem(f"cvc-datatype-valid.1.2.1: '{identity}' is not a valid value for 'NCName'.", element)
    elif identity in ids:
        yield _problem(f"cvc-id.2: There are multiple occurrences of ID value '{identity}'.", element)
    else:
        ids.add(identity)
        return
    message = (
        f"cvc-attribute.3: The value '{identity}' of attribute 'id' on element '{name}' is not valid with "
    )
    yield _problem(f"{message}respect to its type, 'ID'.", element)


def _missing(attribute: str, name: str, element: etree._Element) -> Problem:
    message = f"cvc-complex-type.4: Attribute '{attribute}' must appear on element '{name}'."
    return _problem(message, element)


def _problem(message: str, element: etree._Element) -> Problem:
    return Problem(message=message, element=None, at=element)
