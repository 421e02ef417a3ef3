"""Form fields and variables: what a form shows, and what becomes of what is submitted."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from simulator.bpmn.camunda7.forms import Form, FormField
from simulator.core.java import Date, Long, TypedNull, class_name, java_text
from simulator.kernel.failures import ModelFailure


class FormScope(Protocol):
    """Where the expressions of a form are evaluated: an execution, or the place before there is one."""

    root: Any

    def lookup(self, name: str, missing: Any = None) -> Any:
        """The nearest variable of a name."""

    def visible(self) -> dict[str, Any]:
        """All variables."""


Known = Callable[[], Any]
"""Gives the variable of a field's name."""
Constraint = Callable[[str | None, Any, Known], bool]
"""Takes the configuration and the value submitted (None: nothing); raises `ModelFailure` where it can't tell."""

PATTERN = "dd/MM/yyyy"
DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{1,4})")
TYPES = {"string": "String", "enum": "String", "long": "Long", "boolean": "Boolean", "date": "Date"}


def form_variables(form: Form | None, scope: FormScope) -> dict[str, Any]:
    """The values that the fields show, then all other variables seen from a scope."""
    shown = {}
    for field in form.fields if form is not None else ():
        value = scope.lookup(field.id)
        if value is None and field.default is not None:
            value = to_model(field, field.default(scope))
        shown[field.id] = _to_form(field, value)
    return {**scope.visible(), **shown}


def _to_form(field: FormField, value: Any) -> Any:
    """A value as the form's field shows it: dates as text."""
    if field.type == "date":
        if not isinstance(value, Date):
            return ""
        return f"{datetime.fromtimestamp(value.milliseconds / 1000, UTC):%d/%m/%Y}"
    return TypedNull(TYPES.get(field.type, "String")) if value is None else value


def submitted(form: Form | None, values: Mapping[str, Any], scope: FormScope) -> dict[str, Any]:
    """The variables that a submitted form gives.

    Raises `ModelFailure` for a value that breaks a constraint or is none of its field's type.
    """
    rest = dict(values)
    read: dict[str, Any] = {}
    seen = Seen(scope, read)
    for field in form.fields if form is not None else ():
        given = field.id in rest
        value = _plain(rest.pop(field.id, None))
        for name, config in field.constraints.items():
            _ensure(field, name, config, value, seen)
        if given:
            read[field.id] = to_model(field, value)
        elif field.default is not None:
            read[field.id] = to_model(field, field.default(seen))
    return {**read, **rest}


class Seen:
    """What a field's expressions see: the fields before it, then the variables of the scope."""

    __slots__ = ("fields", "root", "scope")

    def __init__(self, scope: Any, fields: Mapping[str, Any]) -> None:
        self.scope = scope
        self.fields = fields
        self.root = scope.root

    def lookup(self, name: str, missing: Any = None) -> Any:
        """A field's value, else the nearest variable."""
        return self.fields[name] if name in self.fields else self.scope.lookup(name, missing)


def _plain(value: Any) -> Any:
    return None if isinstance(value, TypedNull) else value


def _ensure(field: FormField, name: str, config: str | None, value: Any, scope: Seen) -> None:
    holds = CONSTRAINTS.get(name)
    if holds is not None and not holds(config, value, lambda: scope.lookup(field.id)):
        shown = name if config is None else f"{name}({config})"
        message = f"Invalid value submitted for form field '{field.id}': validation of {shown} failed."
        raise ModelFailure(message)


def _required(_config: str | None, value: Any, known: Known) -> bool:
    return bool(value != "") if value is not None else _plain(known()) is not None


def _number(fits: Callable[[Any, Any], bool]) -> Constraint:
    def holds(config: str | None, value: Any, _known: Known) -> bool:
        if value is None:
            return True
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        kind = class_name(value).rpartition(".")[2]
        try:
            limit = float(config or "") if isinstance(value, float) else int(config or "")
        except ValueError:
            shown = "null" if config is None else config
            message = f"Cannot validate {kind} value {java_text(value)}: configuration {shown} "
            raise ModelFailure(f"{message}cannot be parsed as {kind}.") from None
        return fits(value, limit)

    return holds


def _length(name: str, validator: str, fits: Callable[[int, int], bool]) -> Constraint:
    def holds(config: str | None, value: Any, _known: Known) -> bool:
        if value is None:
            return True
        if not isinstance(value, str):
            message = f"String validator {validator} cannot be used on non-string value of type class "
            raise ModelFailure(f"{message}{class_name(value)}")
        try:
            limit = int(config or "")
        except ValueError:
            shown = "null" if config is None else config
            message = f'Cannot validate "{name}": configuration {shown} cannot be interpreted as Integer'
            raise ModelFailure(message) from None
        return fits(len(value), limit)

    return holds


CONSTRAINTS: Mapping[str, Constraint] = {
    "required": _required,
    "readonly": lambda _config, value, _known: value is None,
    "min": _number(lambda value, least: bool(value >= least)),
    "max": _number(lambda value, most: bool(value < most)),
    "minlength": _length("minlength", "MinLengthValidator", lambda length, least: length >= least),
    "maxlength": _length("maxlength", "MaxLengthValidator", lambda length, most: length <= most),
}
"""What each constraint demands; `max` itself is too much (live Camunda 7.24)."""


def to_model(field: FormField, value: Any) -> Any:
    """A value as the variable of a field's type; raises `ModelFailure` where it can't be one."""
    if value is None:
        return TypedNull(TYPES.get(field.type, "String"))
    convert: Callable[[FormField, Any], Any] = MODELS.get(field.type, _text)
    return convert(field, value)


def _text(_field: FormField, value: Any) -> str:
    return value if isinstance(value, str) else java_text(value)


def _long(_field: FormField, value: Any) -> Long:
    if isinstance(value, str):
        if not re.fullmatch(r"[+-]?\d+", value):
            raise ModelFailure(f'For input string: "{value}"', "NumberFormatException")
        return Long(int(value))
    if isinstance(value, float):
        raise ModelFailure(f'For input string: "{java_text(value)}"', "NumberFormatException")
    if isinstance(value, int) and not isinstance(value, bool):
        return Long(int(value))
    raise ModelFailure(f"Value '{java_text(value)}' is not of type Long.")


def _boolean(_field: FormField, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.lower() == "true"
    raise ModelFailure(f"Value '{java_text(value)}' is not of type Boolean.")


def _date(_field: FormField, value: Any) -> Any:
    if isinstance(value, Date):
        return value
    if not isinstance(value, str):
        raise ModelFailure(f"Value '{java_text(value)}' cannot be transformed into a Date.")
    if not value.strip():
        return TypedNull("Date")
    found = DATE.match(value.strip())
    try:
        if found is None:
            raise ValueError(value)
        years, months = divmod(int(found[2]) - 1, 12)
        month = datetime(int(found[3]) + years, months + 1, 1, tzinfo=UTC)
        moment = month + timedelta(days=int(found[1]) - 1)
    except (ValueError, OverflowError):
        message = f"Could not parse value '{value}' as date using date format '{PATTERN}'."
        raise ModelFailure(message) from None
    return Date(int(moment.timestamp()) * 1000)


def _enum(field: FormField, value: Any) -> str:
    if not isinstance(value, str):
        raise ModelFailure(f"Value '{java_text(value)}' is not of type String.")
    if value not in field.values:
        raise ModelFailure(f"Invalid value for enum form property: {java_text(value)}")
    return value


MODELS: Mapping[str, Callable[[FormField, Any], Any]] = {
    "string": _text,
    "long": _long,
    "boolean": _boolean,
    "date": _date,
    "enum": _enum,
}
