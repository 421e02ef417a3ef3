"""Forms of start events and user tasks: a key, or fields of which the engine makes variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from simulator.bpmn.element import Reading
from simulator.model.process import Evaluate


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
    key_text: str | None = None
    fields: tuple[FormField, ...] = ()


def read_form(element: etree._Element, reading: Reading) -> Form | None:
    """Read the form of a start event or a user task, None where there is none."""
    language = reading.language
    key = language.attribute(element, "formKey")
    if language.attribute(element, "formRef") is not None:
        reading.refuse("forms by reference", element)
    holder = language.extension(element, "formData")
    fields = (
        () if holder is None else tuple(_read_field(child, reading) for child in holder if _is_field(child))
    )
    if key is None and not fields:
        return None
    return Form(key=None if key is None else language.expression(key), key_text=key, fields=fields)


def _is_field(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}formField")


def _read_field(element: etree._Element, reading: Reading) -> FormField:
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
