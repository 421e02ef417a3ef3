"""The body of a request to start a process instance: its two shapes and what is checked of its fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.api.v2.gateway import Gateway, not_a_key, parse_key, reference_violation
from simulator.api.v2.kinds import Kind, document, int32, int64, key, listing, shape, text, truth
from simulator.api.v2.problems import bad_request, invalid, violations

SELECTORS = "[processDefinitionId, processDefinitionKey]"
TERMINATE = "TERMINATE_PROCESS_INSTANCE"
ONLY_ONE = f"Only one of {SELECTORS} is allowed"
AT_LEAST_ONE = f"At least one of {SELECTORS} is required"
NULL_TEXT = 'Cannot invoke "String.getBytes(java.nio.charset.Charset)" because "value" is null'
GENERATED = "io.camunda.zeebe.gateway.protocol.rest."
NULL_LIST = (
    f'Cannot invoke "java.util.List.stream()" because the return value of "{GENERATED}'
    'CreateProcessInstanceRequest.getStartInstructions()" is null'
)
NULL_INSTRUCTION = (
    f'Cannot invoke "{GENERATED}ProcessInstanceCreationStartInstruction.getElementId()" '
    'because "instruction" is null'
)
NULL_AWAIT = (
    'Cannot invoke "java.lang.Boolean.booleanValue()" because the return value of "io.camunda.service.'
    'ProcessInstanceServices$ProcessInstanceCreateRequest.awaitCompletion()" is null'
)

COMMON: dict[str, Kind] = {
    "variables": document,
    "tenantId": text,
    "operationReference": int64,
    "startInstructions": listing(shape({"elementId": text})),
    "awaitCompletion": truth,
    "fetchVariables": listing(text),
    "requestTimeout": int64,
}
RUNTIME: dict[str, Kind] = {
    "runtimeInstructions": listing(shape({"type": text, "afterElementId": text})),
    "tags": listing(text),
}
EITHER: dict[str, Kind] = {
    **COMMON,
    "processDefinitionId": text,
    "processDefinitionKey": key,
    "processDefinitionVersion": int32,
}
"""The one flat shape of 8.6 and 8.7."""

BY_ID: dict[str, Kind] = {
    **COMMON,
    **RUNTIME,
    "processDefinitionId": text,
    "processDefinitionVersion": int32,
}
BY_KEY: dict[str, Kind] = {**COMMON, **RUNTIME, "processDefinitionKey": key}


def check_selection(body: Mapping[str, Any]) -> None:
    """Raise `Problem` unless exactly one selector is given; null counts as absent."""
    found = selection_violation(body)
    if found:
        raise violations(found)


def selection_violation(body: Mapping[str, Any]) -> list[str]:
    """What is wrong with the selectors."""
    by_id = body.get("processDefinitionId") is not None
    by_key = body.get("processDefinitionKey") is not None
    if by_id and by_key:
        return [ONLY_ONE]
    return [] if by_id or by_key else [AT_LEAST_ONE]


def check_fields(body: Mapping[str, Any], gateway: Gateway) -> int | None:
    """Check the fields that were read, all together; answers the key, None for a selection by id."""
    found: list[str] = []
    given = body.get("processDefinitionKey")
    chosen = given if isinstance(given, int) or given is None else parse_key(given)
    if not gateway.strict:
        found += selection_violation(body)
    elif given is not None and chosen is None:
        found.append(not_a_key(given, "processDefinitionKey"))
    found += reference_violation(body)  # type: ignore[arg-type]  # read as a mapping before
    if found:
        raise violations(found)
    _check_nulls(body, gateway)
    return chosen


def _check_nulls(body: Mapping[str, Any], gateway: Gateway) -> None:
    instructions = body.get("startInstructions", ())
    fetched = body.get("fetchVariables") or ()
    if gateway.wire.broken_by_null:
        _fail_at_nulls(body, instructions)
        if None in fetched:
            raise bad_request(NULL_TEXT)
        return
    if any(each is None or each.get("elementId") is None for each in instructions or ()):
        raise invalid("No elementId provided.")
    _check_runtime(body.get("runtimeInstructions") or ())


def _check_runtime(instructions: Sequence[Any]) -> None:
    """The kind of a runtime instruction may be left out; the element need not be one of the process."""
    for each in instructions:
        if each is None or each.get("afterElementId") is None:
            raise invalid("No afterElementId provided.")
        kind = each.get("type")
        if kind not in (None, TERMINATE):
            raise invalid(
                f"Unexpected value '{kind}' for enum field 'type'. Use any of the following values: [{TERMINATE}]"
            )


def _fail_at_nulls(body: Mapping[str, Any], instructions: Sequence[Any] | None) -> None:
    """The older gateway fails at some nulls (live Camunda 8.6.0)."""
    if instructions is None:
        raise bad_request(NULL_LIST)
    if any(each is None for each in instructions):
        raise bad_request(NULL_INSTRUCTION)
    if "awaitCompletion" in body and body["awaitCompletion"] is None:
        raise bad_request(NULL_AWAIT)
    if any(each.get("elementId") is None for each in instructions):
        raise bad_request(NULL_TEXT)
