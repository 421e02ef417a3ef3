"""Every answer of the live Camunda 7.24 holds here, but for a short list of known differences."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from simulator.expressions.juel import JavaNotModelledError
from tests.expressions.juel.juel_answers import difference, read_answers

DIFFERING: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "differing.json").read_text(encoding="utf-8")
)
ANSWERS = read_answers()
GROUPS: dict[str, list[dict[str, Any]]] = defaultdict(list)
for each in ANSWERS:
    GROUPS[each["group"]].append(each)


@pytest.mark.parametrize("group", GROUPS)
def test_answers_of_the_live_engine_hold(group: str) -> None:
    expected = [case for case in GROUPS[group] if str(case["number"]) not in DIFFERING]

    differences = {f"{case['number']} {case['expression']}": difference(case) for case in expected}

    assert {name: found for name, found in differences.items() if found is not None} == {}


@pytest.mark.parametrize("number", DIFFERING)
def test_a_listed_difference_still_differs_or_is_refused(number: str) -> None:
    case = ANSWERS[int(number)]

    try:
        found: str | None = difference(case)
    except JavaNotModelledError as refusal:
        found = str(refusal)

    assert case["expression"] == DIFFERING[number]["expression"]
    assert DIFFERING[number]["reason"]
    assert found is not None


def test_at_least_95_of_100_answers_hold() -> None:
    assert len(ANSWERS) == 1919
    assert 1 - len(DIFFERING) / len(ANSWERS) >= 0.95
