"""Runs an answer of the live engine through our JUEL and says how the two differ."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.core.java.stored import SpinText
from simulator.core.typed_value_refusals import NotStorable
from simulator.core.typed_values import read_typed_value, show_typed_value, storable
from simulator.expressions.juel import (
    UNKNOWN,
    EvaluationFailed,
    ExpressionSyntaxError,
    compile_expression,
    places,
)
from tests.expressions.juel.juel_beans import execution_bean, task_bean

HERE = Path(__file__).parent
NOW = 1_790_000_000_000


def read_answers() -> list[dict[str, Any]]:
    """Read the cases, each with its variables as REST triples and its number."""
    document = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))
    values = document["values"]
    return [
        {
            **case,
            "number": number,
            "variables": {n: values[at] for n, at in case.get("variables", {}).items()},
        }
        for number, case in enumerate(document["cases"])
    ]


class VariableScope:
    """The variables and beans of one execution."""

    def __init__(self, values: dict[str, Any], beans: dict[str, Any]) -> None:
        self.values = values
        self.beans = beans

    def lookup(self, name: str) -> Any:
        found = self.beans.get(name, UNKNOWN)
        return self.values.get(name, UNKNOWN) if found is UNKNOWN else found

    def now(self) -> int:
        return NOW

    def user(self) -> str | None:
        return None

    def groups(self) -> list[str] | None:
        return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What we answer: a result or an error, and the variables afterwards."""

    result: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def answer(case: dict[str, Any]) -> Outcome:
    """Run a case; JavaNotModelledError where the simulator lacks a class."""
    where = case.get("where", "service")
    values = {
        name: read_typed_value(triple["type"], triple["value"], triple.get("valueInfo"))
        for name, triple in case["variables"].items()
    }
    seen = {} if where == "out" and "execution" in case["expression"] else values
    execution = execution_bean(seen, where)
    beans: dict[str, Any] = {"execution": execution, "authenticatedUserId": None}
    if where == "taskListener":
        beans["task"] = task_bean(values, execution)
    if where in ("completionCondition", "loop"):
        done = int(where == "completionCondition")
        counts = {"nrOfInstances": 3, "nrOfCompletedInstances": done, "nrOfActiveInstances": 3 - done}
        values.update(counts if where == "loop" else {**counts, "loopCounter": 0})
    try:
        result = evaluate(where, case["expression"], VariableScope(values, beans))
    except ExpressionSyntaxError as malformed:
        return Outcome(error=_error("deployment", "ProcessEngineException", malformed.deployment_message))
    except EvaluationFailed as failure:
        return Outcome(error=_worded(where, failure))
    return Outcome(
        result=result, after={name: _shown(values.get(name), name in values) for name in case.get("read", ())}
    )


def _error(at: str, kind: str, message: str) -> dict[str, Any]:
    return {"at": at, "status": 500, "type": kind, "message": message}


def _shown(value: Any, known: bool) -> dict[str, Any] | None:
    if not known:
        return None
    shown = show_typed_value(value, deserialize=not isinstance(value, SpinText))
    return {"type": shown.type, "value": shown.value}


def _worded(where: str, failure: EvaluationFailed) -> dict[str, Any]:
    """Put the words of the request around a failure, as the REST API does."""
    at, prefix = {
        "completionCondition": ("complete", "Cannot complete task <uuid>: "),
        "formKey": ("read", ""),
    }.get(where, ("start", "Cannot instantiate process definition <definition>: "))
    message = failure.message
    if failure.raised != "org.camunda.bpm.engine.ProcessEngineException":
        return _error(at, failure.raised.rpartition(".")[2], message)
    job = "Job work/timer-intermediate-transition instantiated in context of ScopeExecution[<uuid>]: "
    prefix += {"taskPriority": ": ", "jobPriority": job}.get(where, "")
    if where == "taskListener":
        message = f"ENGINE-03051 There was an exception while invoking the TaskListener. Message: '{message}'"
    return _error(at, "RestException" if prefix else "ProcessEngineException", prefix + message)


TEXTS = ("assignee", "name", "documentation", "formKey", "topic", "messageName", "signalName")


def evaluate(where: str, text: str, scope: VariableScope) -> dict[str, Any] | None:
    """Evaluate a text in its place; the result as type and value."""
    trimmed = (
        text.strip() if where in ("input", "condition", "conditionalEvent", "completionCondition") else text
    )
    if where == "script":
        value = places.evaluate_script(text, scope, "work", "<definition>")
        return None if value is None else _stored(value)
    if where == "input" and not trimmed:
        return _stored(None)
    if where == "collection" and "{" not in text:
        value = scope.lookup(text)
        value = value.load() if hasattr(value, "load") else value
        return _sorted(places.collection_value(value, text, is_variable_name=True))
    if where in ("candidateUsers", "candidateGroups"):
        parts = [
            places.candidates_value(compile_expression(p).evaluate(scope))
            for p in places.split_candidates(text)
        ]
        return _sorted([each for part in parts for each in part])
    expression = compile_expression(trimmed)
    if where in ("taskPriority", "jobPriority"):
        if expression.is_literal_text and text.isdigit():
            return {"type": "Long", "value": int(text)}
        return {"type": "Long", "value": places.job_priority(expression, scope)}
    if where == "conditionalEvent":
        return _stored(places.conditional_event_holds(expression, scope))
    return _placed(where, text, expression.evaluate(scope))


def _placed(where: str, text: str, value: Any) -> dict[str, Any]:
    match where:
        case "condition":
            return _stored(places.condition_value(value))
        case "completionCondition":
            return _stored(places.completion_condition_value(value, text))
        case "cardinality":
            return _stored(places.cardinality_value(value, text))
        case "collection":
            return _sorted(places.collection_value(value, text, is_variable_name=False))
        case "calledElement" | "calledBusinessKey":
            return _stored(places.cast_text_value(value))
        case "dueDate" | "followUpDate":
            kind = "Due date" if where == "dueDate" else "Follow up date"
            return _stored(places.date_value(value, text, kind))
        case "timeDate" | "timeDuration" | "timeCycle":
            taken = places.timer_value(value, "work")
            return _stored(places.date_value(taken, text) if where == "timeDate" else taken)
        case "priority":
            return _stored(places.task_priority_value(value, text))
        case "executionListener" | "taskListener":
            return _stored(None)
        case "loop":
            return {"type": "List", "value": [_stored(value)["value"]] * 3}
    return _stored(places.text_value(value) if where in TEXTS else value)


def _stored(value: Any) -> dict[str, Any]:
    try:
        shown = show_typed_value(storable(value), deserialize=not hasattr(storable(value), "kind"))
    except NotStorable as refusal:
        engine = "org.camunda.bpm.engine.ProcessEngineException"
        inner = (
            "org.camunda.spin.impl.json.jackson.JacksonJsonNode"
            if isinstance(value, list)
            else refusal.java_class
        )
        raise EvaluationFailed(f"Cannot serialize object in variable 'r': {inner}", engine) from None
    return {"type": shown.type, "value": shown.value}


def _sorted(items: list[Any]) -> dict[str, Any]:
    shown = [_stored(each)["value"] for each in items]
    return {"type": "List", "value": sorted(shown, key=json.dumps)}


def difference(case: dict[str, Any]) -> str | None:
    """Say how our answer differs from the live one; None if it does not."""
    given = answer(case)
    if "error" in case:
        return None if given.error == case["error"] else f"{given.error or given.result} for {case['error']}"
    if not _same(given.result, case["result"]):
        return f"{given.error or given.result} for {case['result']}"
    after = case.get("after")
    return None if after is None or _same(given.after, after) else f"{given.after} for {after}"


def _same(ours: Any, live: Any) -> bool:
    """Compare JSON: true is not 1, 1 is not 1.0 unless a decimal was read back as a double."""
    if isinstance(ours, dict) and isinstance(live, dict):
        return ours.keys() == live.keys() and all(_same(ours[key], live[key]) for key in live)
    if isinstance(ours, list) and isinstance(live, list):
        return len(ours) == len(live) and all(map(_same, ours, live))
    if isinstance(ours, float) and isinstance(live, float):
        return ours == live
    return type(ours) is type(live) and bool(ours == live)
