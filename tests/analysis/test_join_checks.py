from tests.analysis.judging import where
from tests.analysis.small_models import flows, process


def diamond(split: str, join: str, extra: str = "") -> bytes:
    """A split, two user tasks, what joins them, a task behind it."""
    return process(
        f'<startEvent id="s"/><{split} id="g"/><userTask id="a"/><userTask id="b"/><{join} id="j"/>'
        '<userTask id="after"/><endEvent id="e"/>'
        + flows("s > g > a > j", "g > b > j", "j > after > e")
        + extra
    )


def test_a_parallel_join_behind_an_exclusive_split_starves() -> None:
    assert where("BPMN-JOIN-001", diamond("exclusiveGateway", "parallelGateway")) == [("j", "error")]
    assert where("BPMN-JOIN-001", diamond("parallelGateway", "parallelGateway")) == []
    assert where("BPMN-JOIN-001", diamond("exclusiveGateway", "exclusiveGateway")) == []


def test_a_parallel_join_of_an_activity_and_its_interrupting_boundary_starves() -> None:
    def model(interrupting: str) -> bytes:
        return process(
            '<startEvent id="s"/><userTask id="a"/><boundaryEvent id="b" attachedToRef="a" '
            f'cancelActivity="{interrupting}"><timerEventDefinition/></boundaryEvent>'
            '<parallelGateway id="j"/><endEvent id="e"/>' + flows("s > a > j > e", "b > j")
        )

    assert where("BPMN-JOIN-001", model("true")) == [("j", "error")]
    assert where("BPMN-JOIN-001", model("false")) == []


def test_a_split_that_two_tokens_can_reach_does_not_surely_starve_its_join() -> None:
    model = process(
        '<startEvent id="s"/><parallelGateway id="f"/><exclusiveGateway id="g"/><task id="a"/><task id="b"/>'
        '<task id="x"/><task id="y"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s > f > x > g", "f > y > g", "g > a > j", "g > b > j", "j > e")
    )

    assert where("BPMN-JOIN-001", model) == []


def test_a_split_inside_a_loop_may_feed_its_join_in_two_rounds() -> None:
    model = process(
        '<startEvent id="s"/><exclusiveGateway id="m"/><exclusiveGateway id="g"/><task id="a"/><task id="b"/>'
        '<parallelGateway id="fork"/><parallelGateway id="j"/><endEvent id="e"/>'
        + flows("s > m > g > a > fork > j", "fork > m", "g > b > j", "j > e")
    )

    assert where("BPMN-JOIN-001", model) == []


def test_a_join_at_the_head_of_a_loop_waits_for_itself() -> None:
    def model(head: str) -> bytes:
        return process(
            f'<startEvent id="s"/><{head} id="j"/><userTask id="a"/><exclusiveGateway id="g"/><endEvent id="e"/>'
            + flows("s > j > a > g > e", "g > j")
        )

    assert where("BPMN-JOIN-002", model("parallelGateway")) == [("j", "error")]
    assert where("BPMN-JOIN-002", model("exclusiveGateway")) == []


def test_parallel_branches_that_meet_in_an_exclusive_gateway_run_what_follows_twice() -> None:
    assert where("BPMN-JOIN-003", diamond("parallelGateway", "exclusiveGateway")) == [("j", "warning")]
    assert where("BPMN-JOIN-003", diamond("parallelGateway", "task")) == [("j", "warning")]
    assert where("BPMN-JOIN-003", diamond("parallelGateway", "parallelGateway")) == []
    assert where("BPMN-JOIN-003", diamond("exclusiveGateway", "exclusiveGateway")) == []


def loop(task: str, attributes: str = "", back: str = "g > a") -> bytes:
    return process(
        f'<startEvent id="s"/><{task} id="a" {attributes}/><exclusiveGateway id="g"/><endEvent id="e"/>'
        + flows("s > a > g > e", back)
    )


def test_a_loop_without_wait_state_is_told_where_the_engine_does_not_wait() -> None:
    assert where("BPMN-LOOP-001", loop("task"), dialect="camunda7") == [("a", "warning")]
    assert where("BPMN-LOOP-001", loop("task")) == []
    assert where("BPMN-LOOP-001", loop("userTask"), dialect="camunda7") == []
    assert where("BPMN-LOOP-001", loop("task", 'camunda:asyncBefore="true"'), dialect="camunda7") == []
    external = 'camunda:type="external" camunda:topic="t"'
    assert where("BPMN-LOOP-001", loop("serviceTask", external), dialect="camunda7") == []
    assert where("BPMN-LOOP-001", loop("serviceTask", 'camunda:expression="${1}"'), dialect="camunda7") == [
        ("a", "warning")
    ]


def test_a_loop_without_wait_state_and_without_way_out_is_an_error() -> None:
    model = process('<startEvent id="s"/><task id="a"/><task id="b"/>' + flows("s > a > b > a"))

    assert where("BPMN-LOOP-001", model, dialect="camunda8") == [("a", "error")]
