"""Spin's XML element: attributes, children, XPath."""

from typing import Any, ClassVar, Final

from lxml.etree import LxmlError, QName, XPathError, _Element

from simulator.core.java import SpinList, SpinXml
from simulator.core.java.stored import UndeserializableError, parse_xml
from simulator.core.java.text import xml_text
from simulator.expressions.juel.errors import thrown
from simulator.expressions.juel.java_class import JavaClass, java_class
from simulator.expressions.juel.java_object import OBJECT

_SPIN: Final = "org.camunda.spin.xml."


class XmlAttribute:
    """An attribute of an element."""

    java_class: ClassVar[str] = "org.camunda.spin.impl.xml.dom.DomXmlAttribute"
    __slots__ = ("name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def __str__(self) -> str:
        return self.text


class XPathQuery:
    """An XPath bound to an element."""

    java_class: ClassVar[str] = "org.camunda.spin.impl.xml.dom.query.DomXPathQuery"
    __slots__ = ("element", "path")

    def __init__(self, element: _Element, path: str) -> None:
        self.element = element
        self.path = path

    def run(self, function: str = "") -> Any:
        """Evaluate the path, converted by an XPath function if one is named."""
        path = f"{function}({self.path})" if function else self.path
        try:
            return self.element.getroottree().xpath(path)
        except (XPathError, LxmlError):
            message = f"SPIN/DOM-XML-01010 Unable to evaluate XPath expression '{self.path}'"
            raise thrown(_SPIN + "SpinXPathException", message) from None


def xml_of(text: str) -> SpinXml:
    """Parse a text, a failure being Spin's own."""
    try:
        return parse_xml(text)
    except UndeserializableError as malformed:
        raise thrown(malformed.java_class, malformed.reason) from None


def _attribute(xml: SpinXml, name: str) -> XmlAttribute:
    text = dict(xml.element.attrib.items()).get(name)
    if text is None:
        message = f"SPIN/DOM-XML-01006 Unable to find attribute with namespace 'null' and name '{name}'"
        raise thrown(_SPIN + "SpinXmlAttributeException", message)
    return XmlAttribute(name, str(text))


def _children(xml: SpinXml, name: str | None = None) -> SpinList:
    found = SpinList(
        SpinXml(each)
        for each in xml.element
        if isinstance(each.tag, str) and (name is None or QName(each).localname == name)
    )
    if not found and name is not None:
        message = f"SPIN/DOM-XML-01007 Unable to find child element with namespace 'null' and name '{name}'"
        raise thrown(_SPIN + "SpinXmlElementException", message)
    return found


def _elements(query: XPathQuery) -> SpinList:
    found = query.run()
    elements = [each for each in found if isinstance(each, _Element)] if isinstance(found, list) else []
    if not elements:
        message = f"SPIN/DOM-XML-01035 Unable to find XPath expression '{query.path}'"
        raise thrown(_SPIN + "SpinXPathException", message)
    return SpinList(map(SpinXml, elements))


XML_ELEMENT: Final[JavaClass] = java_class(
    "org.camunda.spin.impl.xml.dom.DomXmlElement",
    {
        "name()": lambda xml: QName(xml.element).localname,
        "namespace()": lambda xml: QName(xml.element).namespace,
        "textContent()": lambda xml: "".join(xml.element.itertext()),
        "attr(String)": _attribute,
        "hasAttr(String)": lambda xml, name: name in list(xml.element.attrib),
        "attrNames()": lambda xml: list(map(str, xml.element.attrib)),
        "attrs()": lambda xml: SpinList(XmlAttribute(str(k), str(v)) for k, v in xml.element.attrib.items()),
        "childElement(String)": lambda xml, name: _children(xml, name)[0],
        "childElements()": _children,
        "childElements(String)": _children,
        "xPath(String)": lambda xml, path: XPathQuery(xml.element, path),
        "getDataFormatName()": lambda _: "application/xml",
        "toString()": xml_text,
    },
    parent=OBJECT,
    not_modelled="attrNs hasAttrNs append appendBefore appendAfter remove replace replaceChild removeAttr "
    "prefix hasPrefix hasNamespace attrsNs attrNamesNs mapTo writeToWriter unwrap",
)
ATTRIBUTE: Final[JavaClass] = java_class(
    XmlAttribute.java_class,
    {
        "value()": lambda attribute: attribute.text,
        "name()": lambda attribute: attribute.name,
        "toString()": str,
    },
    parent=OBJECT,
    not_modelled="namespace hasNamespace remove prefix unwrap",
)
XPATH: Final[JavaClass] = java_class(
    XPathQuery.java_class,
    {
        "element()": lambda query: _elements(query)[0],
        "elementList()": _elements,
        "string()": lambda query: str(query.run("string")),
        "number()": lambda query: float(query.run("number")),
        "bool()": lambda query: bool(query.run("boolean")),
    },
    parent=OBJECT,
    not_modelled="attribute attributeList ns",
)
