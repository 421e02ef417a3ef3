"""What is drawn: from Schemathesis and by the plain generator, with names that a target knows, on the wire."""

from collections import Counter
from random import Random

import hypothesis
import pytest
from hypothesis import strategies as st

from simulator.contract.loading import load
from simulator.fuzz.drawing import compile_drawings
from simulator.fuzz.example import Content, Example
from simulator.fuzz.roles import role_of
from simulator.fuzz.schemathesis_cases import Source
from simulator.fuzz.shrinking import Patience, shrink
from simulator.fuzz.stateful import play_scenarios
from simulator.fuzz.tokens import answered, fill, has_token, token
from simulator.fuzz.worlds.world import World
from tests.fuzz.wrapping import course_with, known_operation, no_fault, target_with

JSON = "application/json"


def as_is(name: str) -> str:
    return f"<{name}>"


def drawn_by_schemathesis(operation: str, count: int) -> list[Example]:
    source, drawn = Source(load("camunda7")), []

    @hypothesis.seed(1)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(source.strategy(known_operation(operation)), st.none())
    def draw(example: Example, _nothing: None) -> None:
        drawn.append(example)

    draw()
    return drawn


def test_most_ids_that_schemathesis_draws_are_known_and_some_are_not() -> None:
    known = Counter(has_token(example.path["id"]) for example in drawn_by_schemathesis("getTask", 60))

    assert known[True] > known[False] > 3


def test_a_good_share_of_the_plain_generators_ids_are_known_unknown_and_made_up() -> None:
    drawing, rng = compile_drawings(load("camunda7"))["getTask"], Random(1)

    ids = [drawing.draw(rng).path["id"] for _ in range(200)]

    known = sum(text.startswith("{{task.") for text in ids)
    unknown = sum(text.startswith("{{none.") for text in ids)
    assert known > 100
    assert unknown > 10
    assert len(ids) - known - unknown > 10


def test_a_request_drawn_beside_another_takes_over_about_half_of_it() -> None:
    drawing, rng = compile_drawings(load("camunda7"))["listTasks"], Random(1)
    beside = Example(operation="listTasks", query={f"made-up-{number}": "1" for number in range(10)})

    taken = [sum(name in beside.query for name in drawing.draw(rng, beside).query) for _ in range(100)]

    assert 400 < sum(taken) < 600


@pytest.mark.parametrize("product", ["camunda7", "camunda8"])
def test_every_operation_can_be_drawn_and_written(product: str) -> None:
    contract, rng = load(product), Random(3)

    for drawing in compile_drawings(contract).values():
        for _ in range(10):
            request = drawing.draw(rng).request(drawing.operation, as_is)
            assert request.path.isascii()
            assert "{{" not in request.path
            assert b"{{" not in request.content


@pytest.mark.parametrize(
    ("product", "operation", "path", "name", "role"),
    [
        ("camunda7", "getTask", "/task/{id}", "id", "task"),
        ("camunda7", "getHistoricProcessInstance", "/history/process-instance/{id}", "id", "processInstance"),
        ("camunda7", "listTasks", "/task", "processInstanceIdIn", "processInstance"),
        ("camunda7", "listTasks", "/task", "taskDefinitionKeyNotIn", "activity"),
        ("camunda7", "listTasks", "/task", "processDefinitionKeyIn", "processDefinitionKey"),
        ("camunda7", "listProcessInstances", "/process-instance", "processInstanceIds", "processInstance"),
        ("camunda7", "throwSignal", "/signal", "name", "signal"),
        ("camunda7", "listTasks", "/task", "description", None),
        ("camunda8", "completeJob", "/jobs/{jobKey}/completion", "jobKey", "job"),
        ("camunda8", "publishMessage", "/messages/publication", "name", "message"),
    ],
)
def test_a_name_of_the_contract_stands_for_what_a_target_has(
    product: str, operation: str, path: str, name: str, role: str | None
) -> None:
    assert role_of(product, operation, path, name) == role


def test_tokens_are_filled_at_any_depth_and_as_numbers_where_asked() -> None:
    body = {"a": ["{{task.0}}", {"b": "x{{none.1}}y"}], "key": "{{job.2#}}", "{{variable.0}}": 1}

    filled = fill(body, {"task.0": "t", "none.1": "n", "job.2": "17", "variable.0": "amount"}.__getitem__)

    assert filled == {"a": ["t", {"b": "xny"}], "key": 17, "amount": 1}
    assert body["key"] == "{{job.2#}}"


def test_a_token_of_an_earlier_answer_is_what_stands_there() -> None:
    world = World(target_with("getTask", no_fault), "camunda7")
    world.answers[2] = [{"id": "x-1", "a/b": 7}]

    assert (
        fill(f"{answered(2, '/0/id')} {answered(2, '/0/a~1b')} {answered(2, '/9/id')}", world.resolve)
        == "x-1 7 none2"
    )


def test_a_token_beyond_what_is_known_counts_round_and_an_unknown_role_names_nothing() -> None:
    world = World(target_with("getTask", no_fault), "camunda7")
    world.knows("task", "a", "b")

    assert fill([token("task", 3), token("job", 0)], world.resolve) == ["b", "none0"]


def test_a_path_segment_never_holds_what_servers_refuse() -> None:
    def path(text: str) -> str:
        return Example(operation="getTask", path={"id": text}).request(known_operation("getTask"), as_is).path

    assert [path(text) for text in ("a/b", "..", "", "ä b", "\x00;%")] == [
        "/task/ab",
        "/task/none",
        "/task/none",
        "/task/%C3%A4%20b",
        "/task/none",
    ]


def test_numbers_beyond_64_bits_and_forms_with_models_are_written() -> None:
    big = Example(operation="queryTasks", content=Content("json", {"priority": 2**80}, JSON))
    form = Content("form", {"data": "<definitions/>", "deployment-name": "a"}, "multipart/form-data")

    number = big.request(known_operation("queryTasks"), as_is)
    upload = Example(operation="createDeployment", content=form).request(
        known_operation("createDeployment"), as_is
    )

    assert number.content == b'{"priority":1208925819614629174706176}'
    assert b'filename="data.bpmn"' in upload.content
    assert upload.headers["Content-Type"].startswith("multipart/form-data; boundary=")


def test_shrinking_keeps_what_shows_and_drops_the_rest() -> None:
    noise = {"a": "1", "b": ["x", "y"], "c": "a long text"}
    last = Example(
        operation="listTasks", query=noise, content=Content("json", {"p": {"q": [5, 6]}, "r": 1}, JSON)
    )
    steps = (*(Example(operation="getTask", path={"id": str(place)}) for place in range(7)), last)

    def shows(tried: tuple[Example, ...]) -> bool:
        content = tried[-1].content
        is_there = (
            content is not None and isinstance(content.value, dict) and "q" in (content.value.get("p") or {})
        )
        return is_there and "b" in tried[-1].query and any(step.path == {"id": "4"} for step in tried[:-1])

    shortest = shrink(steps, shows, Patience(300))

    assert shortest == (
        Example(operation="getTask", path={"id": "4"}),
        Example(operation="listTasks", query={"b": []}, content=Content("json", {"p": {"q": []}}, JSON)),
    )


def test_a_world_is_made_anew_when_it_was_used_up() -> None:
    course = course_with("getTask")
    gone = Example(operation="deleteDeployment", path={"id": token("deployment", 0)}, query={"cascade": True})

    for _ in range(3):
        course.perform(gone)

    assert course.worlds.made == 3
    assert course.statuses["deleteDeployment"] == {204: 3}


def test_scenarios_along_links_go_from_a_start_to_what_can_be_done_with_the_instance() -> None:
    course = course_with("getTask")
    told: list[Example] = []
    course.tell = lambda example, _answer: told.append(example)

    play_scenarios(Source(load("camunda7")), course, seed=1, examples=300)

    referring = {example.operation for example in told if any(":/" in text for text in example.path.values())}
    assert len(referring) >= 3
    assert {"completeTask", "executeJob", "deleteProcessInstance"} & set(course.statuses)
    assert course.statuses["createDeployment"].get(200, 0) >= 1
