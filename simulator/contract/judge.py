"""Judges answers by the contract: are status and media type documented, does the body fit."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any
from urllib.parse import quote

import jsonschema_rs
import msgspec

from simulator.contract.compiling import escape
from simulator.contract.model import Contract, MediaType, Operation, Response

DOCUMENT = "urn:contract"
MOST_DISCREPANCIES = 100
LONGEST_SHOWN = 200
INTEGER_BITS = {"int32": 32, "int64": 64}


class Fault(StrEnum):
    """In what an answer departs from its contract."""

    STATUS = "undocumented status"
    MEDIA_TYPE = "undocumented media type"
    NOT_JSON = "body not JSON"
    SCHEMA = "body against schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One departure of an answer from its contract, with what was expected and what came.

    `where` is a JSON pointer into the body, `rule` one into the OpenAPI document.
    """

    fault: Fault
    expected: str
    came: str
    where: str = ""
    rule: str = ""

    def __str__(self) -> str:
        place = f" at {self.where}" if self.where else ""
        return f"{self.fault}{place}: expected {self.expected}, came {self.came}"


class Judge:
    """One contract's judge; a schema is compiled when an answer first needs it."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._registry: jsonschema_rs.Registry | None = None
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def judge(
        self, operation: Operation, status: int, content_type: str | None, body: bytes
    ) -> list[Discrepancy]:
        """Return in what an answer departs from the contract, at most a hundred departures.

        `content_type` is the header as it came, None if there was none.
        """
        response = operation.response(status)
        if response is None:
            documented = ", ".join(operation.responses) or "none"
            return [Discrepancy(fault=Fault.STATUS, expected=f"one of {documented}", came=str(status))]
        if operation.method == "HEAD" or not (body or response.content):
            return []
        media_type = _media_type(response, content_type)
        if media_type is None:
            documented = " or ".join(response.content) or "no body"
            came = (content_type or "no media type") if body else "no body"
            return [Discrepancy(fault=Fault.MEDIA_TYPE, expected=documented, came=came)]
        return self._judge_body(media_type, _essence(content_type), body)

    def _judge_body(self, media_type: MediaType, essence: str, body: bytes) -> list[Discrepancy]:
        if essence == "application/json" or essence.endswith("+json"):
            try:
                value = msgspec.json.decode(body)
            except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
                return [
                    Discrepancy(fault=Fault.NOT_JSON, expected="JSON", came=f"{_show_bytes(body)} ({error})")
                ]
        elif essence == "text/plain":
            value = body.decode(errors="replace")
        else:
            return []
        if media_type.schema is None:
            return []
        errors = self._validator(media_type.pointer).iter_errors(value)
        return [_discrepancy(error) for error in islice(errors, MOST_DISCREPANCIES)]

    def _validator(self, pointer: str) -> jsonschema_rs.Draft202012Validator:
        validator = self._validators.get(pointer)
        if validator is None:
            if self._registry is None:
                document = self._contract.document()
                _bound_integers(document)
                self._registry = jsonschema_rs.Registry([(DOCUMENT, document)])
            schema = {"$ref": f"{DOCUMENT}#{quote(pointer, safe='/~')}"}
            validator = jsonschema_rs.Draft202012Validator(
                schema, registry=self._registry, validate_formats=True
            )
            self._validators[pointer] = validator
        return validator


def _bound_integers(document: dict[str, Any]) -> None:
    """Give integers of a format its bounds: JSON Schema's validators check the formats of texts alone.

    Source: the OpenAPI Format Registry, int32 and int64.
    """
    pending: list[Any] = [document]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            bits = INTEGER_BITS.get(node["format"]) if isinstance(node.get("format"), str) else None
            if bits is not None:
                node.setdefault("minimum", -(2 ** (bits - 1)))
                node.setdefault("maximum", 2 ** (bits - 1) - 1)
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def _essence(content_type: str | None) -> str:
    """Return the media type without its parameters, in small letters (RFC 9110, 8.3.1)."""
    return (content_type or "").partition(";")[0].strip().lower()


def _media_type(response: Response, content_type: str | None) -> MediaType | None:
    essence = _essence(content_type)
    if not essence:
        return None
    for name in (essence, f"{essence.partition('/')[0]}/*", "*/*"):
        if name in response.content:
            return response.content[name]
    return None


def _discrepancy(error: jsonschema_rs.ValidationError) -> Discrepancy:
    cause = _nearest_cause(error)
    return Discrepancy(
        fault=Fault.SCHEMA,
        where=_pointer(cause.instance_path),
        rule=_pointer(cause.schema_path),
        expected=_expected(cause),
        came=_came(cause),
    )


def _nearest_cause(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Follow alternatives down while one is clearly meant, such as the object in 'object or null'."""
    while error.kind.name in ("anyOf", "oneOf"):
        meant = [branch for branch in error.kind.value if branch and not _is_of_other_kind(branch, error)]
        if len(meant) != 1:
            return error
        error = meant[0][0]
    return error


def _is_of_other_kind(
    branch: list[jsonschema_rs.ValidationError], whole: jsonschema_rs.ValidationError
) -> bool:
    return any(
        error.kind.name in ("type", "const", "enum") and error.instance_path == whole.instance_path
        for error in branch
    )


def _pointer(path: list[str | int]) -> str:
    return "".join(f"/{escape(str(token))}" for token in path)


def _expected(error: jsonschema_rs.ValidationError) -> str:
    value = error.kind.value
    match error.kind.name:
        case "required":
            return f"a property {value!r}"
        case "type":
            return " or ".join(value)
        case "enum":
            return f"one of {_show(value)}"
        case "const":
            return _show(value)
        case "format" | "pattern":
            return f"a text of {error.kind.name} {value}"
        case "additionalProperties" | "unevaluatedProperties" | "falseSchema":
            return "no such property" if error.kind.name != "falseSchema" else "nothing here"
        case "anyOf" | "oneOf":
            return "exactly one alternative to fit" if error.kind.name == "oneOf" else "an alternative to fit"
        case keyword:
            return f"{keyword} {_show(value)}"


def _came(error: jsonschema_rs.ValidationError) -> str:
    match error.kind.name:
        case "required" if isinstance(error.instance, dict):
            return f"an object with {', '.join(map(repr, error.instance)) or 'none'}"[:LONGEST_SHOWN]
        case "additionalProperties" | "unevaluatedProperties":
            return ", ".join(map(repr, error.kind.value))[:LONGEST_SHOWN]
        case _:
            return _show(error.instance)


def _show(value: Any) -> str:
    """Show a value as JSON, cut where it is long."""
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _show_bytes(body: bytes) -> str:
    return repr(body[:LONGEST_SHOWN].decode(errors="replace")) if body else "no body"
