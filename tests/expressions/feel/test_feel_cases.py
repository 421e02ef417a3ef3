"""The recorded answers of live Camunda 8.8.21 and 8.6.0 hold, but for those listed with a reason."""

import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simulator.expressions.feel import (
    CAMUNDA_8_6,
    CAMUNDA_8_8,
    EvaluationFailed,
    ExpressionSyntaxError,
    FeelRelease,
    Surroundings,
    compile_expression,
    to_json,
    type_name,
    variables,
)

HERE = Path(__file__).parent
Case = dict[str, Any]
TOPICS: dict[str, list[Case]] = json.loads((HERE / "cases.json").read_text(encoding="utf-8"))["topics"]
NOT_MET: list[Case] = json.loads((HERE / "not_met.json").read_text(encoding="utf-8"))
SURROUNDINGS = Surroundings(lambda: datetime(2026, 5, 4, 12, 30, tzinfo=UTC), Random(8))


def exactly(value: Any) -> Any:
    """The value in a form where 1, 1.0 and true differ."""
    if isinstance(value, list):
        return [exactly(item) for item in value]
    if isinstance(value, dict):
        return {key: exactly(entry) for key, entry in value.items()}
    return type(value).__name__, value


def answer(case: Case, release: FeelRelease) -> Case:
    try:
        expression = compile_expression(case["expression"], release)
        evaluation = expression.evaluate(variables(case.get("variables", {})), SURROUNDINGS)
    except ExpressionSyntaxError as error:
        return {"refused": error.message}
    except EvaluationFailed as failure:
        return {"error": failure.text}
    return {
        "result": exactly(to_json(evaluation.value, java_temporal_text=release.java_temporal_text)),
        "type": type_name(evaluation.value),
        "warnings": [str(warning) for warning in evaluation.warnings],
    }


def recorded(case: Case) -> Case:
    if "result" not in case:
        return {key: case[key] for key in ("refused", "error") if key in case}
    found = {"result": exactly(case["result"]), "type": case["type"], "warnings": case.get("warnings", [])}
    if case["type"] == "BOOLEAN":
        del found["warnings"]
    return found


def is_met(case: Case) -> bool:
    expected = recorded(case)
    found = answer(case, CAMUNDA_8_8)
    return {key: found.get(key) for key in expected} == expected


def key_of(case: Case) -> tuple[str, str]:
    return case["expression"], json.dumps(case.get("variables", {}))


@pytest.mark.parametrize("topic", TOPICS)
def test_an_expression_answers_as_camunda_8_8_does(topic: str) -> None:
    listed = {key_of(case) for case in NOT_MET if case["topic"] == topic}

    broken = [
        (case["expression"], recorded(case), answer(case, CAMUNDA_8_8))
        for case in TOPICS[topic]
        if key_of(case) not in listed and not is_met(case)
    ]

    assert broken == []


@pytest.mark.parametrize("topic", TOPICS)
def test_an_expression_answers_as_camunda_8_6_does(topic: str) -> None:
    broken = []
    for case in TOPICS[topic]:
        found = answer(case, CAMUNDA_8_6)
        if "result" in case:
            expected = exactly(case.get("result86", case["result"]))
            if found.get("result") != expected:
                broken.append((case["expression"], expected, found))
        elif "refused" in case and found != {"refused": case["refused"]}:
            broken.append((case["expression"], case["refused"], found))

    assert broken == []


@pytest.mark.parametrize("case", NOT_MET, ids=[case["expression"] for case in NOT_MET])
def test_what_is_listed_as_not_met_has_a_reason_and_is_not_met(case: Case) -> None:
    (listed,) = [other for other in TOPICS[case["topic"]] if key_of(other) == key_of(case)]

    assert case["reason"]
    assert not is_met(listed)


def test_the_share_of_answers_that_hold_is_kept() -> None:
    cases = [case for topic in TOPICS.values() for case in topic]

    assert len(cases) == 2309
    assert sum(map(is_met, cases)) / len(cases) > 0.999
