"""The harness is judged: each kind of fault put into a right application is found, and nothing else is."""

from pathlib import Path

import pytest

from simulator.fuzz.example import Content, Example
from simulator.fuzz.finding import Key, read_kept
from simulator.fuzz.tokens import token
from tests.fuzz.wrapping import Fault, Wire, course_with, no_fault, ran

EXAMPLES = 60


def wrong_status(wire: Wire) -> None:
    if wire.status == 200:
        wire.status = 202


def missing_field(wire: Wire) -> None:
    if wire.status == 200:
        wire.write({name: value for name, value in wire.value.items() if name != "created"})


def wrong_type(wire: Wire) -> None:
    if wire.status == 200:
        wire.write({**wire.value, "priority": "high"})


def wrong_media_type(wire: Wire) -> None:
    if wire.status == 404:
        wire.media_type = b"text/html"


def undocumented_failure(wire: Wire) -> None:
    if wire.status == 404:
        wire.status = 500


def torn_body(wire: Wire) -> None:
    wire.body = wire.body[:-1]


def escaping_exception(wire: Wire) -> None:
    if wire.status == 404:
        raise LookupError("nothing of that name")


FAULTS = [
    (wrong_status, "documented-status", "status 202"),
    (missing_field, "body", "status 200, body /created"),
    (wrong_type, "body", "status 200, body /priority"),
    (wrong_media_type, "media-type", "status 404, content type"),
    (undocumented_failure, "server-failure", "status 500"),
    (torn_body, "body", "status 200, body /"),
    (escaping_exception, "raised", "LookupError"),
]


@pytest.mark.parametrize(("fault", "check", "place"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_a_seeded_fault_is_convicted_with_operation_check_and_place(
    fault: Fault, check: str, place: str, tmp_path: Path
) -> None:
    course = course_with("getTask", fault)

    steps = ran(course, tmp_path, "getTask", examples=EXAMPLES).steps

    assert Key("getTask", check, place) in course.found
    assert any(f"getTask: {check}, {place}" in step.text for step in steps)
    assert {step.step for step in steps} == {check}


@pytest.mark.parametrize(("fault", "check", "place"), FAULTS, ids=[fault[0].__name__ for fault in FAULTS])
def test_the_bulk_generator_convicts_the_same(fault: Fault, check: str, place: str, tmp_path: Path) -> None:
    course = course_with("getTask", fault)

    ran(course, tmp_path, "getTask", examples=EXAMPLES, bulk=True)

    assert Key("getTask", check, place) in course.found


def test_the_same_application_without_a_fault_is_not_convicted(tmp_path: Path) -> None:
    course = course_with("getTask", no_fault)

    steps = ran(course, tmp_path, "getTask", "listTasks", "completeTask", examples=120).steps

    assert steps == []
    assert course.sent >= 100
    assert course.statuses["getTask"].keys() == {200, 404}


def test_a_fault_that_only_some_answers_show_is_found_by_the_ids_fed_in(tmp_path: Path) -> None:
    def of_the_second_task(wire: Wire) -> None:
        if wire.status == 200 and wire.value["taskDefinitionKey"] == "review":
            wire.write({**wire.value, "suspended": None})

    course = course_with("getTask", of_the_second_task)

    ran(course, tmp_path, "getTask", examples=EXAMPLES)

    assert [key.place for key in course.found] == ["status 200, body /suspended"]


def test_a_finding_is_kept_as_the_shortest_request_that_shows_it(tmp_path: Path) -> None:
    def first_row_without_id(wire: Wire) -> None:
        if wire.status == 200 and wire.value:
            wire.write([{**row, "id": 7} for row in wire.value])

    course = course_with("listTasks", first_row_without_id)

    steps = ran(course, tmp_path, "listTasks", examples=EXAMPLES).steps

    kept = [read_kept(file) for file in tmp_path.rglob("*.json")]
    assert [(one.operation, one.place) for one in kept] == [("listTasks", "status 200, body /*/id")]
    assert [(step.query, step.content) for step in kept[0].steps] == [({}, None)]
    assert steps[0].note is not None
    assert steps[0].note.startswith("again listTasks ")


def test_a_finding_that_needs_what_came_before_keeps_those_steps_and_no_others() -> None:
    def gone(wire: Wire) -> None:
        if wire.status == 404:
            wire.status = 410

    course = course_with("getTask", gone)
    for operation, task in (("unclaimTask", 1), ("completeTask", 0), ("claimTask", 1), ("getTask", 0)):
        content = Content("json", {}, "application/json") if operation != "getTask" else None
        course.perform(Example(operation=operation, path={"id": token("task", task)}, content=content))

    (finding,) = course.settle()

    assert finding.is_stable
    assert [step.operation for step in finding.steps] == ["completeTask", "getTask"]


def test_one_fault_of_many_rows_is_one_finding(tmp_path: Path) -> None:
    def every_row(wire: Wire) -> None:
        if wire.status == 200:
            wire.write([{**row, "name": 1} for row in wire.value])

    course = course_with("listTasks", every_row)

    ran(course, tmp_path, "listTasks", examples=EXAMPLES)

    assert [key.place for key in course.found] == ["status 200, body /*/name"]
