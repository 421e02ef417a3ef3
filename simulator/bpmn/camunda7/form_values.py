"""Form fields and variables: what a form shows, and what becomes of what is submitted."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.bpmn.camunda7.forms import Form, FormField
from simulator.core.java import Date, Long, TypedNull, java_text
from simulator.kernel.failures import ModelFailure
from simulator.kernel.state import Execution

PATTERN = "dd/MM/yyyy"
DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{1,4})")
TYPES = {"string": "String", "enum": "String", "long": "Long", "boolean": "Boolean", "date": "Date"}


def form_variables(form: Form | None, scope: Execution) -> dict[str, Any]:
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


def submitted(form: Form | None, values: Mapping[str, Any], scope: Execution) -> dict[str, Any]:
    """The variables that a submitted form gives.

    Raises `ModelFailure` for a value that breaks a constraint or is none of its field's type.
    """
    rest = dict(values)
    read: dict[str, Any] = {}
    for field in form.fields if form is not None else ():
        given = field.id in rest
        value = _plain(rest.pop(field.id, None))
        for name, config in field.constraints.items():
            _ensure(field, name, config, value, scope)
        if given:
            read[field.id] = to_model(field, value)
        elif field.default is not None:
            read[field.id] = to_model(field, field.default(scope))
    return {**read, **rest}


def _plain(value: Any) -> Any:
    return None if isinstance(value, TypedNull) else value


def _ensure(field: FormField, name: str, config: str | None, value: Any, scope: Execution) -> None:
    holds = CONSTRAINTS.get(name)
    if holds is not None and not holds(field, config or "", value, scope):
        shown = name if config is None else f"{name}({config})"
        message = f"Invalid value submitted for form field '{field.id}': validation of {shown} failed."
        raise ModelFailure(message)


def _required(field: FormField, _config: str, value: Any, scope: Execution) -> bool:
    return bool(value != "") if value is not None else _plain(scope.lookup(field.id)) is not None


def _number(fits: Callable[[Any, Any], bool]) -> Callable[[FormField, str, Any, Execution], bool]:
    def holds(_field: FormField, config: str, value: Any, _scope: Execution) -> bool:
        if value is None:
            return True
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and fits(value, float(config))

    return holds


def _length(fits: Callable[[int, int], bool]) -> Callable[[FormField, str, Any, Execution], bool]:
    def holds(_field: FormField, config: str, value: Any, _scope: Execution) -> bool:
        return value is None or (isinstance(value, str) and fits(len(value), int(config)))

    return holds


CONSTRAINTS: Mapping[str, Callable[[FormField, str, Any, Execution], bool]] = {
    "required": _required,
    "readonly": lambda _field, _config, value, _scope: value is None,
    "min": _number(lambda value, least: bool(value >= least)),
    "max": _number(lambda value, most: bool(value <= most)),
    "minlength": _length(lambda length, least: length >= least),
    "maxlength": _length(lambda length, most: length <= most),
}


def to_model(field: FormField, value: Any) -> Any:
    """A value as the variable of a field's type; raises `ModelFailure` where it can't be one."""
    if value is None:
        return TypedNull(TYPES.get(field.type, "String"))
    return MODELS.get(field.type, _text)(field, value)


def _text(_field: FormField, value: Any) -> str:
    return value if isinstance(value, str) else java_text(value)


def _long(_field: FormField, value: Any) -> Long:
    if isinstance(value, str):
        if not re.fullmatch(r"[+-]?\d+", value):
            raise ModelFailure(f'For input string: "{value}"', "NumberFormatException")
        return Long(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
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
        moment = datetime(int(found[3]), int(found[2]), int(found[1]), tzinfo=UTC)
    except ValueError:
        message = f"Could not parse value '{value}' as date using date format '{PATTERN}'."
        raise ModelFailure(message) from None
    return Date(int(moment.timestamp()) * 1000)


def _enum(field: FormField, value: Any) -> str:
    if not isinstance(value, str) or value not in field.values:
        raise ModelFailure(f"Invalid value for enum form property: {java_text(value)}")
    return value


MODELS: Mapping[str, Callable[[FormField, Any], Any]] = {
    "string": _text,
    "long": _long,
    "boolean": _boolean,
    "date": _date,
    "enum": _enum,
}
