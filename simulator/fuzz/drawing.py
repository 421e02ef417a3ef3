"""Draws requests to one operation with the plain generator, from nothing or beside one that is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from simulator.contract.model import Contract, Operation
from simulator.fuzz.example import FORM, Content, Example
from simulator.fuzz.plain import Compiler, Draw
from simulator.fuzz.roles import role_of

FEW = 3.0
"""How many of an operation's optional query parameters a request has on average."""

TAKEN_OVER = 0.5
WRONG_MEDIA_TYPE, RAW_BODY, NO_BODY, NULL_BODY = 0.02, 0.04, 0.05, 0.06
NO_VALUES: Mapping[str, Any] = {}
RAW_BODIES = ("", "{", "[]", '"text"', "1", '{"a":}')


@dataclass(frozen=True, slots=True)
class Drawing:
    """The compiled draws of an operation's parameters and body."""

    operation: Operation
    path: Mapping[str, Draw]
    query: Mapping[str, tuple[Draw, bool]]
    headers: Mapping[str, Draw]
    content: Mapping[str, Draw]

    def draw(self, rng: Random, beside: Example | None = None) -> Example:
        """Draw a request; with one beside it, about half of that one's values are taken over."""
        return Example(
            operation=self.operation.id,
            path={
                name: str(_taken(rng, beside.path if beside is not None else NO_VALUES, name, draw))
                for name, draw in self.path.items()
            },
            query=self._query(rng, beside),
            headers={name: str(draw(rng, 0)) for name, draw in self.headers.items() if rng.random() < 0.5},
            content=self._content(rng, beside),
        )

    def _query(self, rng: Random, beside: Example | None) -> dict[str, Any]:
        share = FEW / max(FEW, len(self.query))
        query = {
            name: draw(rng, 0)
            for name, (draw, is_required) in self.query.items()
            if is_required or rng.random() < share
        }
        if beside is not None:
            query.update((name, value) for name, value in beside.query.items() if rng.random() < TAKEN_OVER)
        return query

    def _content(self, rng: Random, beside: Example | None) -> Content | None:
        if not self.content:
            return None
        name = rng.choice(list(self.content))
        chance = rng.random()
        kind = "form" if name == FORM else "json"
        if chance < WRONG_MEDIA_TYPE:
            return Content("text", "text", "text/plain")
        if chance < NULL_BODY and kind == "json":
            if chance < RAW_BODY:
                return Content("text", rng.choice(RAW_BODIES), name)
            return None if chance < NO_BODY else Content("json", None, name)
        value = self.content[name](rng, 0)
        other = beside.content.value if beside is not None and beside.content is not None else None
        if isinstance(value, dict) and isinstance(other, dict):
            value.update((key, inner) for key, inner in other.items() if rng.random() < TAKEN_OVER)
        return Content("form" if kind == "form" else "json", value, name)


def _taken(rng: Random, values: Mapping[str, Any], name: str, draw: Draw) -> Any:
    if name in values and rng.random() < TAKEN_OVER:
        return values[name]
    return draw(rng, 0)


def compile_drawings(contract: Contract) -> dict[str, Drawing]:
    """Compile every operation of a contract."""
    document = contract.document()
    return {
        operation.id: _compiled(operation, contract.product, document)
        for operation in contract.operations.values()
    }


def _compiled(operation: Operation, product: str, document: dict[str, Any]) -> Drawing:
    compiler = Compiler(document, partial(role_of, product, operation.id, operation.path))
    places: dict[str, dict[str, tuple[Draw, bool]]] = {"path": {}, "query": {}, "header": {}, "cookie": {}}
    for parameter in operation.parameters:
        draw = compiler.compile(parameter.schema, parameter.name)
        if not parameter.explode and _is_list(parameter.schema):
            draw = _joined(draw)
        places[parameter.location][parameter.name] = (draw, parameter.required)
    body = operation.body.content if operation.body is not None else {}
    return Drawing(
        operation,
        path={name: draw for name, (draw, _) in places["path"].items()},
        query=places["query"],
        headers={name: draw for name, (draw, _) in places["header"].items()},
        content={name: compiler.compile(media.schema, "body") for name, media in body.items()},
    )


def _is_list(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "array"


def _joined(draw: Draw) -> Draw:
    """Write a list with commas, as a parameter that does not explode is written."""

    def joined(rng: Random, depth: int) -> str:
        return ",".join(str(item) for item in draw(rng, depth))

    return joined
