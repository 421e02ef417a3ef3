"""Forms of start events and user tasks: a key, or fields of which the engine makes variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.process import Evaluate

TYPES = frozenset({"string", "long", "boolean", "date", "enum"})
CONSTRAINTS = frozenset({"required", "readonly", "min", "max", "minlength", "maxlength"})
DATE_PATTERN = "dd/MM/yyyy"
BINDINGS = ("deployment", "latest", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """One field of a generated form; `type` is string, long, boolean, date or enum."""

    id: str
    type: str
    label: str | None = None
    default: Evaluate | None = None
    constraints: Mapping[str, str | None] = field(default_factory=dict)
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: where it is (`key`), or what it is made of."""

    key: Evaluate | None = None
    fields: tuple[FormField, ...] = ()


def read_form(element: etree._Element, reading: Reading) -> Form | None:
    """Read the form of a start event or a user task, None where there is none."""
    language = reading.language
    key = language.attribute(element, "formKey")
    if language.attribute(element, "formRef") is not None:
        _read_reference(element, reading, key)
    holder = language.extension(element, "formData")
    fields = (
        () if holder is None else tuple(_read_field(child, reading) for child in holder if _is_field(child))
    )
    if key is None and not fields:
        return None
    return Form(key=None if key is None else language.expression(key), fields=fields)


def _read_reference(element: etree._Element, reading: Reading, key: str | None) -> None:
    """A form by reference is not run; one that is not well referred to the engine itself refuses."""
    binding = reading.language.attribute(element, "formRefBinding")
    if key is not None:
        message = "only one of the attributes formKey and formRef is allowed."
        reading.error(f"Invalid element definition: {message}", element)
    if binding not in BINDINGS:
        message = "value for formRefBinding attribute has to be one of [deployment, latest, version] but was "
        reading.error(f"Invalid element definition: {message}{binding or 'null'}", element)
    elif key is None:
        reading.refuse("forms by reference", element)


def _is_field(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}formField")


def _check_field(element: etree._Element, reading: Reading) -> None:
    """What the engine demands of a field (texts of live Camunda 7.24)."""
    identity, kind = element.get("id"), element.get("type")
    if not identity:
        message = "attribute id must be set for FormFieldGroup and must have a non-empty value"
        reading.error(message, element)
    if kind is None:
        reading.error("form field must have a 'type' attribute", element)
    elif kind not in TYPES:
        reading.error(f"unknown type '{kind}'", element)
    if element.get("datePattern") not in (None, DATE_PATTERN):
        reading.refuse("date patterns of one's own", element)
    for constraint in element.iterfind("{*}validation/{*}constraint"):
        name = constraint.get("name")
        if name == "validator" and constraint.get("config"):
            reading.refuse("validators of one's own", constraint)
        elif name == "validator":
            message = (
                "validator configuration needs to provide either a fully qualified classname or an expression "
                "resolving to a custom FormFieldValidator implementation."
            )
            reading.error(message, constraint)
        elif name not in CONSTRAINTS:
            message = f"Cannot find validator implementation for name '{'null' if name is None else name}'."
            reading.error(message, constraint)


def _read_field(element: etree._Element, reading: Reading) -> FormField:
    _check_field(element, reading)
    default = element.get("defaultValue")
    constraints = {
        c.get("name") or "": c.get("config") for c in element.iterfind("{*}validation/{*}constraint")
    }
    return FormField(
        id=element.get("id") or "",
        type=element.get("type") or "string",
        label=element.get("label"),
        default=None if default is None else reading.language.expression(default),
        constraints=constraints,
        values=tuple(value.get("id") or "" for value in element.iterfind("{*}value")),
    )
