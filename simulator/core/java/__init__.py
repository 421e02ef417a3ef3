"""Java values as Camunda 7 stores and computes them: numbers, dates, collections, texts, equality."""

from simulator.core.java.classes import class_name
from simulator.core.java.equality import java_equals, java_hash
from simulator.core.java.floating import double_text
from simulator.core.java.json_text import MalformedJsonError, read_json, write_json
from simulator.core.java.numeric import (
    BigInteger,
    Byte,
    Character,
    Float32,
    Long,
    Short,
    whole_number,
    wrap,
)
from simulator.core.java.text import date_text, java_text
from simulator.core.java.values import (
    Date,
    EnumConstant,
    FileValue,
    HashMap,
    JavaArray,
    JavaSet,
    SpinJson,
    SpinList,
    SpinXml,
    TypedNull,
)

__all__ = [
    "BigInteger",
    "Byte",
    "Character",
    "Date",
    "EnumConstant",
    "FileValue",
    "Float32",
    "HashMap",
    "JavaArray",
    "JavaSet",
    "Long",
    "MalformedJsonError",
    "Short",
    "SpinJson",
    "SpinList",
    "SpinXml",
    "TypedNull",
    "class_name",
    "date_text",
    "double_text",
    "java_equals",
    "java_hash",
    "java_text",
    "read_json",
    "whole_number",
    "wrap",
    "write_json",
]
