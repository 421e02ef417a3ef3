"""The published JSON Schema of the stream of run events, made from the events themselves."""

import json
from pathlib import Path

import msgspec

from simulator.results.events import Event

PUBLISHED = Path(__file__).with_name("run-events.schema.json")


def write_schema() -> str:
    """Write the schema as JSON text; `run-events.schema.json` is this text, a test sees to it."""
    (union,), definitions = msgspec.json.schema_components(
        (Event,), schema_hook=_any_value, ref_template="#/$defs/{name}"
    )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A run event of bpmn-tck: one line of the NDJSON stream",
        **union,
        "$defs": definitions,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _any_value(kind: type) -> dict[str, object]:
    if kind is object:
        return {"description": "Any JSON value."}
    raise NotImplementedError(kind)
