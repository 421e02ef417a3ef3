"""The Java class of each value."""

from decimal import Decimal
from typing import Any, Final

from simulator.core.java.numeric import BigInteger, Byte, Character, Float32, Long, Short
from simulator.core.java.values import Date, FileValue, HashMap, SpinJson, SpinList, SpinXml

CLASS_NAMES: Final[dict[type, str]] = {
    bool: "java.lang.Boolean",
    str: "java.lang.String",
    int: "java.lang.Integer",
    float: "java.lang.Double",
    Long: "java.lang.Long",
    Short: "java.lang.Short",
    Byte: "java.lang.Byte",
    BigInteger: "java.math.BigInteger",
    Float32: "java.lang.Float",
    Character: "java.lang.Character",
    Decimal: "java.math.BigDecimal",
    Date: "java.util.Date",
    bytes: "[B",
    list: "java.util.ArrayList",
    dict: "java.util.LinkedHashMap",
    HashMap: "java.util.HashMap",
    SpinList: "org.camunda.spin.impl.SpinListImpl",
    SpinJson: "org.camunda.spin.impl.json.jackson.JacksonJsonNode",
    SpinXml: "org.camunda.spin.impl.xml.dom.DomXmlElement",
    FileValue: "java.io.ByteArrayInputStream",
}


def class_name(value: Any) -> str:
    """Name the Java class of a value; a value of ours that has none carries its own `java_class`."""
    name = CLASS_NAMES.get(type(value))
    return name if name is not None else str(value.java_class)
