"""The published schema of scenario files is what reads them."""

import json
from pathlib import Path

import jsonschema
import pytest

from simulator.scenario.finding import scenario_files
from simulator.scenario.nodes import plain
from simulator.scenario.schema import PUBLISHED, scenario_schema, write_schema
from simulator.scenario.step_types import step_types
from simulator.scenario.yaml_reading import read_yaml
from tests.miniatures.writing import SCENARIOS

VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())


def test_the_published_schema_is_made_from_the_steps() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == write_schema()


def test_the_schema_is_a_schema_and_knows_every_step() -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(schema)
    known = {reference["$ref"].removeprefix("#/$defs/") for reference in schema["$defs"]["Step"]["anyOf"]}
    assert known == {kind.body.__name__ for kind in step_types().values()}


@pytest.mark.parametrize("file", list(scenario_files([SCENARIOS])), ids=lambda file: file.parent.name)
def test_scenarios_fit_the_schema(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(plain(read_yaml(file, file.read_bytes())))) == []


@pytest.mark.parametrize(
    "step",
    [
        {"start": "order", "tenent": "t"},
        {"start": "order", "refused": {"status": "$strng"}},
        {"expect": {"order": {"at": {"$len": 1}}}},
        {"expect": {"order": {"att": []}}},
        {"settle": "all"},
        {},
    ],
)
def test_a_step_that_cannot_be_read_does_not_fit_the_schema(step: dict[str, object]) -> None:
    assert list(VALIDATOR.iter_errors({"scenario": "S", "steps": [step]})) != []
