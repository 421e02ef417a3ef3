"""Steps that the adaptations share: names with their namespaces, extension elements, and how to refuse."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from lxml import etree

from simulator.core.errors import UserError
from simulator.model.xml import BPMN, CAMUNDA, ZEEBE, local_name
from simulator.targets.adapt_expressions import NotPortable

PREFIXES = {"camunda": CAMUNDA, "zeebe": ZEEBE}
BEFORE_EXTENSIONS = frozenset({"documentation"})
"""What the schema wants before `extensionElements` (BPMN 2.0.2, 8.3.1)."""


def bpmn(name: str) -> str:
    """A BPMN element's name with its namespace."""
    return f"{{{BPMN}}}{name}"


def camunda(name: str) -> str:
    """A name of Camunda 7's extensions with its namespace."""
    return f"{{{CAMUNDA}}}{name}"


def zeebe(name: str) -> str:
    """A name of Camunda 8's extensions with its namespace."""
    return f"{{{ZEEBE}}}{name}"


def elements(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The elements of these names, in the document's order, as they are when asked for."""
    yield from list(root.iter(*names))


def extension(element: etree._Element, name: str) -> etree._Element | None:
    """An extension of an element, if it has it."""
    holder = element.find(bpmn("extensionElements"))
    return None if holder is None else holder.find(name)


def add_extension(element: etree._Element, name: str, **attributes: str) -> etree._Element:
    """Add an extension to an element, at the place where the schema wants it."""
    holder = element.find(bpmn("extensionElements"))
    if holder is None:
        holder = etree.Element(bpmn("extensionElements"))
        place = sum(1 for child in element if local_name(child) in BEFORE_EXTENSIONS)
        element.insert(place, holder)
    return etree.SubElement(holder, name, attributes)


def refuse(element: etree._Element, file: str, why: str) -> UserError:
    """Say what of which element cannot be adapted; `element` may be inside of the one that is named."""
    named: etree._Element | None = element
    while named is not None and named.get("id") is None:
        named = named.getparent()
    owner = element if named is None else named
    identity = f"{local_name(owner)} {owner.get('id')!r}" if named is not None else local_name(owner)
    return UserError(f"{identity} is not portable: {why}", file=Path(file), line=_line(element))


def _line(element: etree._Element) -> int | None:
    return cast(int | None, element.sourceline)


def translated(translate: Callable[[str], str], text: str, element: etree._Element, file: str) -> str:
    """Translate a text; raises UserError with the element and its line where that cannot be done."""
    try:
        return translate(text)
    except NotPortable as error:
        raise refuse(element, file, f"the expression {text.strip()!r}: {error}") from error


def written(root: etree._Element) -> bytes:
    """Write a document, with the usual prefixes for extensions; the same tree is always written the same."""
    kept = [prefix for prefix in root.nsmap if prefix is not None]
    used = {each.tag.partition("}")[0][1:] for each in root.iter() if isinstance(each.tag, str)}
    used |= {
        name.partition("}")[0][1:] for each in root.iter(etree.Element) for name in map(str, each.attrib)
    }
    added = {prefix: space for prefix, space in PREFIXES.items() if space in used and prefix not in kept}
    etree.cleanup_namespaces(root, top_nsmap=added, keep_ns_prefixes=[*kept, *added])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
