"""XML read safely: no entities, no network, bounded size and depth, and lines kept."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from simulator.model.errors import NotWellFormed, TooLarge

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CMMN = "http://www.omg.org/spec/CMMN/20151109/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
CAMUNDA_CMMN = "http://camunda.org/schema/1.0/cmmn"
ACTIVITI = "http://activiti.org/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold at most: bytes, and levels of nesting."""

    size: int = 10 * 1024 * 1024
    depth: int = 256


LIMITS = Limits()


def parse(content: bytes, name: str, limits: Limits = LIMITS) -> etree._Element:
    """Parse `content` and answer its root element.

    Raises `TooLarge` over a limit and `NotWellFormed` with the parser's line; document type declarations are
    refused, since every entity attack needs one (XML 1.0, 4.2).
    """
    if len(content) > limits.size:
        raise TooLarge(
            f"the file has {len(content):,} bytes, at most {limits.size:,} are read", file=Path(name)
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=limits.depth > 256,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _worded(error, name, limits) from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack the attribute
        raise NotWellFormed("a document type declaration is not allowed in a model", file=Path(name), line=1)
    return root


def _worded(error: etree.XMLSyntaxError, name: str, limits: Limits) -> NotWellFormed | TooLarge:
    message = error.msg or "no XML"
    if "depth" in message:
        return TooLarge(
            f"elements are nested deeper than {limits.depth} levels", file=Path(name), line=error.lineno
        )
    if "ntity" in message and "detected" in message:
        return TooLarge("its entities expand without end", file=Path(name), line=error.lineno)
    return NotWellFormed(f"not well-formed XML: {message}", file=Path(name), line=error.lineno)


def local_name(element: etree._Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int:
    """The line an element starts at; 0 where it is not known."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs say Ellipsis
    return line or 0


def attributes_of(element: etree._Element) -> dict[str, str]:
    """An element's attributes by name, `{namespace}name` where they have a namespace."""
    return dict(element.items())  # type: ignore[arg-type]  # a parsed document holds texts only
