"""Schemathesis on our contracts: its strategies by operation, with what targets know fed in by its hooks."""

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any, TypeAlias
from urllib.parse import unquote

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, HookContext
from schemathesis.core import NotSet
from schemathesis.specs.openapi.schemas import OpenApiSchema

from simulator.contract.model import Contract, Operation
from simulator.fuzz.example import FORM, Content, Example
from simulator.fuzz.plain import KNOWN, PLACES
from simulator.fuzz.roles import role_of
from simulator.fuzz.tokens import has_token, token

SETTINGS: dict[str, Any] = {"phases": {"stateful": {"inference": {"algorithms": []}}}}
"""Schemathesis follows the links that the contract has, and guesses no others."""

SETTINGS_OF_DEPLOYMENTS = (
    "deployment-name",
    "deployment-source",
    "enable-duplicate-filtering",
    "deploy-changed-only",
)

MOST_SEED = 2**32 - 1
WRONG_OF_TEN = 2
"""How many of ten requests are to break the contract."""

DrawnCase: TypeAlias = Case[Any]
RoleOf: TypeAlias = Callable[[str], str | None]


class Source:
    """One contract as Schemathesis reads it."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        document = contract.document()
        self.schema: OpenApiSchema = schemathesis.openapi.from_dict(
            document, config=schemathesis.Config.from_dict(SETTINGS)
        )
        self.by_place = {
            (operation.path, operation.method): operation for operation in contract.operations.values()
        }
        self.schema.hooks.register_hook_with_name(self.feed, "before_generate_case")

    def feed(
        self, context: HookContext, strategy: st.SearchStrategy[DrawnCase]
    ) -> st.SearchStrategy[DrawnCase]:
        """The hook: put names that targets know into a good share of the cases."""
        if context.operation is None:
            return strategy
        operation = self.operation_of(context.operation.path, context.operation.method)
        role = partial(role_of, self.contract.product, operation.id, operation.path)
        return st.builds(
            lambda case, seed: fed(case, feeding(case, seed), role), strategy, st.integers(0, MOST_SEED)
        )

    def operation_of(self, path: str, method: str) -> Operation:
        """Our operation at a path and method."""
        return self.by_place[path, method.upper()]

    def strategy(self, operation: Operation) -> st.SearchStrategy[Example]:
        """Requests to an operation, most of which keep to the contract."""
        found = self.schema[operation.path][operation.method]
        right = found.as_strategy(generation_mode=GenerationMode.POSITIVE)
        if not operation.parameters and operation.body is None:
            return right.map(lambda case: example_of(case, operation))
        wrong = found.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        mixed = st.integers(1, 10).flatmap(lambda chance: wrong if chance <= WRONG_OF_TEN else right)
        return mixed.map(lambda case: example_of(case, operation))


def feeding(case: DrawnCase, seed: int) -> Random:
    """The chance of one case: Hypothesis likes some seeds better than others, so what it drew has its say, too."""
    return Random(f"{seed} {case.path_parameters!r} {case.query!r}")


def fed(case: DrawnCase, rng: Random, role: RoleOf) -> DrawnCase:
    """Put tokens where a case names something, in most of these places; what a link brought stays."""
    if case.path_parameters:
        case.path_parameters = _fed(case.path_parameters, rng, role)
    if case.query:
        case.query = _fed(case.query, rng, role)
    if isinstance(case.body, dict):
        case.body = _fed(case.body, rng, role)
        if case.media_type == FORM and rng.random() < KNOWN:
            case.body = deployable(case.body, rng, role)
    return case


def deployable(form: dict[str, Any], rng: Random, role: RoleOf) -> dict[str, Any]:
    """A form with one resource that can be deployed, and its settings, in place of resources that cannot."""
    listed = {name: value for name, value in form.items() if name in SETTINGS_OF_DEPLOYMENTS}
    model = token("model", rng.randrange(PLACES))
    return listed | {"data": model} if role("data") == "model" else {"resources": [model]}


def _fed(values: dict[str, Any], rng: Random, role: RoleOf) -> dict[str, Any]:
    copy = dict(values)
    pending: list[dict[str, Any]] = [copy]
    while pending:
        node = pending.pop()
        for name, value in node.items():
            if isinstance(value, dict):
                node[name] = inner = dict(value)
                pending.append(inner)
                continue
            found = role(name)
            if found is None or rng.random() >= KNOWN or has_token(unquote(str(value))):
                continue
            chosen = token(found, rng.randrange(PLACES), is_number=isinstance(value, int))
            node[name] = [chosen] if isinstance(value, list) else chosen
    return copy


def example_of(case: DrawnCase, operation: Operation) -> Example:
    """A case of Schemathesis as our request, cleared of what cannot be kept as JSON."""
    return Example(
        operation=operation.id,
        path={name: unquote(str(value)) for name, value in (case.path_parameters or {}).items()},
        query={str(name): plain(value) for name, value in (case.query or {}).items()},
        headers={
            name: str(value)
            for name, value in (case.headers or {}).items()
            if name.lower() not in ("content-type", "accept")
        },
        content=_content(case),
    )


def _content(case: DrawnCase) -> Content | None:
    if isinstance(case.body, NotSet):
        return None
    media_type = case.media_type or "application/json"
    body = plain(case.body)
    if media_type == FORM and isinstance(body, dict):
        return Content("form", body, media_type)
    if isinstance(case.body, bytes) or media_type == FORM:
        return Content("text", str(body), media_type)
    return Content("json", body, media_type)


def plain(value: Any) -> Any:
    """A value as JSON can hold it: bytes as texts, keys as texts, at any depth."""
    match value:
        case bytes():
            return value.decode("utf-8", "replace")
        case str():
            return value.encode(errors="replace").decode()
        case dict():
            return {str(plain(key)): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case None | bool() | int() | float():
            return value
        case _:
            inner = getattr(value, "data", None)
            return plain(inner) if isinstance(inner, bytes) else str(value)
