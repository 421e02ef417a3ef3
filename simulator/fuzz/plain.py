"""A plain generator: a schema compiled once to a function of a random source, for many requests at little cost.

It knows which names stand for what a target has, and puts tokens there. Nothing here shrinks; a finding is
shrunk by asking the target again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

from simulator.fuzz.tokens import NOTHING, token

Draw: TypeAlias = Callable[[Random, int], Any]
Role: TypeAlias = Callable[[str], str | None]

DEEPEST = 4
PLACES = 4
KNOWN, UNKNOWN = 0.7, 0.85
"""Up to the first share of draws a name is one that the target has, up to the second one that nothing has."""

TEXTS = (
    "",
    "a",
    "Order",
    "ä€𝄞",
    "  ",
    "null",
    "a,b",
    "%",
    "a_eq_b",
    "${x}",
    "2026-11-24",
    "-1",
    "0",
    "true",
    "x" * 300,
)
TIMES = (
    "2026-11-24T10:40:48.082+0000",
    "1970-01-01T00:00:00.000+0000",
    "2038-01-19T03:14:07.000+0100",
    "2026-11-24T10:40:48",
    "2026-11-24T10:40:48Z",
    "soon",
)
INTEGERS = (0, 1, 2, -1, 10, 2**31 - 1, -(2**31), 2**31, 2**53, 2**63 - 1, 2**63)
NUMBERS = (0.0, 1.5, -0.5, 1e10, 1e300)
ANYTHING: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -3,
    1.5,
    "",
    "text",
    [],
    {},
    [1, "a", None],
    {"a": {"b": [1]}},
)
VARIABLES = (
    {"value": 1, "type": "Integer"},
    {"value": "a", "type": "String"},
    {"value": 7},
    {"value": True, "type": "Boolean"},
    {"value": None, "type": "Null"},
    {"value": "{}", "type": "Json"},
    {"value": "x", "type": "Integer"},
    {"value": "2026-11-24T10:40:48.082+0000", "type": "Date"},
    {"value": 1, "type": "Unheard"},
    {"value": "YQ==", "type": "Bytes"},
    {
        "value": "[1]",
        "type": "Object",
        "valueInfo": {"objectTypeName": "java.util.ArrayList", "serializationDataFormat": "application/json"},
    },
)


@dataclass(slots=True)
class Compiler:
    """Compiles the schemas of one document, for one operation, whose names it gives to `role`."""

    document: dict[str, Any]
    role: Role
    _referred: dict[tuple[str, str], Draw] = field(default_factory=dict)

    def compile(self, schema: Any, name: str) -> Draw:
        """Make the function that draws a value of a schema that stands under a name."""
        if not isinstance(schema, dict) or not schema:
            return lambda rng, _depth: rng.choice(ANYTHING)
        if "$ref" in schema:
            return self._reference(schema["$ref"], name)
        if "const" in schema:
            return lambda _rng, _depth: schema["const"]
        if isinstance(schema.get("enum"), list):
            return _of(schema["enum"])
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                return _either([self.compile(each, name) for each in schema[keyword]])
        if "allOf" in schema:
            return _merged([self.compile(each, name) for each in schema["allOf"]])
        kinds = schema.get("type", "object" if "properties" in schema else None)
        if isinstance(kinds, list):
            return _either([self._kind(schema, kind, name) for kind in kinds])
        return self._kind(schema, kinds, name)

    def _reference(self, reference: str, name: str) -> Draw:
        """Compile where it is first drawn, as schemas may hold themselves."""

        def draw(rng: Random, depth: int) -> Any:
            compiled = self._referred.get((reference, name))
            if compiled is None:
                node: Any = self.document
                for step in reference[2:].split("/"):
                    node = node[step.replace("~1", "/").replace("~0", "~")]
                compiled = self._referred[reference, name] = self.compile(node, name)
            return compiled(rng, depth)

        return draw

    def _kind(self, schema: dict[str, Any], kind: str | None, name: str) -> Draw:
        match kind:
            case "null":
                return lambda _rng, _depth: None
            case "boolean":
                return lambda rng, _depth: rng.random() < 0.5
            case "integer":
                return self._integer(schema, name)
            case "number":
                return _of([*NUMBERS, *INTEGERS])
            case "string":
                return self._text(schema, name)
            case "array":
                return self._list(schema, name)
            case "object":
                return self._object(schema)
            case _:
                return lambda rng, _depth: rng.choice(ANYTHING)

    def _integer(self, schema: dict[str, Any], name: str) -> Draw:
        low, high = schema.get("minimum", -(2**70)), schema.get("maximum", 2**70)
        fitting = [number for number in INTEGERS if low <= number <= high] or [low]
        role = self.role(name)
        plain = _of(fitting)
        return plain if role is None else _named(role, plain, is_number=True)

    def _text(self, schema: dict[str, Any], name: str) -> Draw:
        role = self.role(name)
        plain = (
            _of(TIMES) if schema.get("format") in ("date-time", "date") else _of([*TEXTS, *_examples(schema)])
        )
        if role is None and "pattern" in schema and "T" in str(schema["pattern"]):
            plain = _of(TIMES)
        return plain if role is None else _named(role, plain)

    def _list(self, schema: dict[str, Any], name: str) -> Draw:
        item = self.compile(schema.get("items"), name)

        def draw(rng: Random, depth: int) -> list[Any]:
            return [item(rng, depth + 1) for _ in range(rng.choice((0, 1, 1, 2)) if depth < DEEPEST else 0)]

        return draw

    def _object(self, schema: dict[str, Any]) -> Draw:
        properties = [
            (key, self.compile(each, key)) for key, each in (schema.get("properties") or {}).items()
        ]
        required = frozenset(schema.get("required") or ())
        further = schema.get("additionalProperties")
        value = self.compile(further, "value") if isinstance(further, dict) and further else None
        is_typed = value is not None and "Variable" in str(further)  # a map of Camunda 7's typed values
        if not properties:
            return _map(_of(VARIABLES) if is_typed else value or _of(ANYTHING))

        def draw(rng: Random, depth: int) -> dict[str, Any]:
            share = 0.0 if depth >= DEEPEST else min(1.0, rng.choice((0.0, 1.5, 3.0, 6.0)) / len(properties))
            return {
                key: each(rng, depth + 1)
                for key, each in properties
                if rng.random() < (0.95 if key in required else share)
            }

        return draw


def _of(values: Sequence[Any]) -> Draw:
    return lambda rng, _depth: rng.choice(values)


def _either(draws: Sequence[Draw]) -> Draw:
    return lambda rng, depth: rng.choice(draws)(rng, depth)


def _merged(draws: Sequence[Draw]) -> Draw:
    def draw(rng: Random, depth: int) -> Any:
        merged: dict[str, Any] = {}
        for each in draws:
            value = each(rng, depth)
            if not isinstance(value, dict):
                return value
            merged.update(value)
        return merged

    return draw


def _map(value: Draw) -> Draw:
    def draw(rng: Random, depth: int) -> dict[str, Any]:
        count = rng.choice((0, 1, 1, 2)) if depth < DEEPEST else 0
        return {
            rng.choice(("amount", "customer", "new", "ä b", "")): value(rng, depth + 1) for _ in range(count)
        }

    return draw


def _named(role: str, plain: Draw, *, is_number: bool = False) -> Draw:
    def draw(rng: Random, depth: int) -> Any:
        chance = rng.random()
        if chance < KNOWN:
            return token(role, rng.randrange(PLACES), is_number=is_number)
        if chance < UNKNOWN:
            return token(NOTHING, rng.randrange(PLACES), is_number=is_number)
        return plain(rng, depth)

    return draw


def _examples(schema: dict[str, Any]) -> list[str]:
    told = [*(schema.get("examples") or ()), schema.get("example"), schema.get("default")]
    return [text for text in told if isinstance(text, str)]
