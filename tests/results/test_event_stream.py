"""The stream of run events: written, read, published."""

import json
from pathlib import Path

import jsonschema
import pytest

from simulator.core.errors import UserError
from simulator.results.counts import count
from simulator.results.events import Event
from simulator.results.schema import PUBLISHED, write_schema
from simulator.results.stream import read_events, write_event
from tests.miniatures.sample_run import sample_events


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    file = tmp_path / "run.ndjson"
    events = sample_events()

    file.write_text("".join(write_event(event) for event in events), encoding="utf-8")

    assert list(read_events(file)) == events


def test_a_line_that_is_no_event_is_named(tmp_path: Path) -> None:
    file = tmp_path / "run.ndjson"
    file.write_text(write_event(sample_events()[0]) + '{"event": "run-begun"}\n', encoding="utf-8")

    with pytest.raises(
        UserError, match=r"run.ndjson:2: expected a run event, came: Invalid value 'run-begun'"
    ):
        list(read_events(file))


def test_the_published_schema_is_made_from_the_events() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == write_schema()


def test_every_kind_of_event_fits_the_published_schema() -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    events: list[Event] = sample_events()

    assert {type(event).__name__ for event in events} == {
        reference["$ref"].removeprefix("#/$defs/") for reference in schema["anyOf"]
    }
    for event in events:
        assert list(validator.iter_errors(json.loads(write_event(event)))) == []


def test_counts_of_a_stream_are_those_it_ends_with() -> None:
    *_, last = events = sample_events()

    assert count(events).ended(interrupted=False, seconds=0.0) == last
