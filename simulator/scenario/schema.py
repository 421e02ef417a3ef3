"""The published JSON Schema of scenario files, made from the structs and the steps that read them."""

import json
from pathlib import Path
from typing import Any

import msgspec

from simulator.scenario.case import Departure, Document, RowFields
from simulator.scenario.matchers import ARGUED, NAMED
from simulator.scenario.step_types import Common, step_types

PUBLISHED = Path(__file__).with_name("scenario.schema.json")
REFERENCE = "#/$defs/"
FILLED = {"type": "string", "pattern": r"\$\{"}
"""A text that is filled from a row or from what a step saved may stand for any value."""

ANY = "Any value."
EXPECTATIONS = ("AnswerExpectation", "InstanceExpectation", "Refusal")

Schema = dict[str, Any]


def write_schema() -> str:
    """Write the schema as JSON text; `scenario.schema.json` is this text, a test sees to it."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"


def scenario_schema() -> Schema:
    """The schema of a scenario file (JSON Schema 2020-12)."""
    bodies = {name: kind.body for name, kind in step_types().items()}
    _, definitions = msgspec.json.schema_components(
        [Document, RowFields, Departure, Common, *bodies.values()],
        schema_hook=_any_value,
        ref_template=REFERENCE + "{name}",
    )
    common = definitions.pop("Common")["properties"]
    for body in bodies.values():
        step = definitions[body.__name__]
        step["properties"] |= common
    for name, definition in definitions.items():
        definition["description"] = " ".join(definition["description"].split())
        if name not in ("Document", "RowFields", "Departure"):
            definition["properties"] = {
                key: _or_filled(inner) for key, inner in definition["properties"].items()
            }
    document = definitions.pop("Document")
    row = definitions.pop("RowFields")
    document["properties"]["steps"]["items"] = {"$ref": f"{REFERENCE}Step"}
    document["properties"]["steps"]["minItems"] = 1
    document["properties"]["rows"]["items"] = {"$ref": f"{REFERENCE}Row"}
    definitions["Row"] = row | {"additionalProperties": True}
    definitions["Step"] = {"anyOf": [{"$ref": f"{REFERENCE}{body.__name__}"} for body in bodies.values()]}
    definitions["Expected"] = _expected()
    for name in EXPECTATIONS:
        properties = definitions[name]["properties"]
        expected = [key for key, inner in properties.items() if inner.get("description") == ANY]
        properties |= {key: {"$ref": f"{REFERENCE}Expected"} for key in expected}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **document,
        "title": "A scenario of bpmn-tck",
        "$defs": dict(sorted(definitions.items())),
    }


def _or_filled(schema: Schema) -> Schema:
    """Allow a text to be filled wherever another type is wanted."""
    if "type" not in schema and "anyOf" not in schema and "$ref" not in schema:
        return schema
    if schema.get("type") == "string" and "enum" not in schema:
        return schema
    default = {"default": schema["default"]} if "default" in schema else {}
    wanted = {key: value for key, value in schema.items() if key != "default"}
    return {"anyOf": [wanted, FILLED], **default}


def _expected() -> Schema:
    """An expectation: a literal, or a matcher in its place at any depth."""
    again = {"$ref": f"{REFERENCE}Expected"}
    arguments: Schema = dict.fromkeys(ARGUED, again) | {"$is": {}, "$matches": {"type": "string"}}
    return {
        "description": "What is expected: a literal, or a matcher in its place at any depth.",
        "anyOf": [
            {"type": ["null", "boolean", "number"]},
            {"type": "string", "not": {"pattern": r"^\$[a-z][A-Za-z]*$"}},
            {"enum": list(NAMED)},
            {"type": "array", "items": again},
            {"type": "object", "propertyNames": {"pattern": r"^(?!\$)"}, "additionalProperties": again},
            {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": arguments},
        ],
    }


def _any_value(kind: type) -> Schema:
    if kind is object:
        return {"description": ANY}
    raise NotImplementedError(kind)
