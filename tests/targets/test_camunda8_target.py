"""Scenarios' words become requests of Camunda 8, with and without searches."""

from collections.abc import Mapping
from typing import Any

import pytest

from simulator.targets.camunda8 import Camunda8
from simulator.targets.clock import PinnedClock, SimulatorClock
from simulator.targets.protocol import Model, NotObservable, Refused, Start, StartInstruction, Work
from simulator.targets.values import TypedValue
from tests.targets.fakes import FakeServer, Turns, bpmn_of, connection

WAITING = """<message id="m" name="paid"/><process id="order"><startEvent id="s"/>
<sequenceFlow id="f" sourceRef="s" targetRef="w"/>
<receiveTask id="w" messageRef="m"/><serviceTask id="pack"/></process>"""
DEPLOYED = {
    "deploymentKey": "10",
    "deployments": [{"processDefinition": {"processDefinitionId": "order", "processDefinitionKey": "20"}}],
}
STARTED = {"POST /deployments": DEPLOYED, "POST /process-instances": {"processInstanceKey": "30"}}
MODEL = Model("order.bpmn", bpmn_of(WAITING))


def _target(
    answers: Mapping[str, Any], release: str = "8.8.0", run: str | None = None, patience: float = 0
) -> tuple[Camunda8, FakeServer, list[float]]:
    server = FakeServer(answers)
    made = connection(server, "camunda8", release, run=run)
    slept: list[float] = []
    target = Camunda8(made, SimulatorClock(made.rest), patience=patience, sleep=slept.append)
    return target, server, slept


def _items(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"items": list(rows), "page": {"totalItems": len(rows)}}


def _job(key: str, element: str, **more: Any) -> dict[str, Any]:
    basic = {"jobKey": key, "type": "pack", "elementId": element, "processInstanceKey": "30"}
    return {**basic, "processDefinitionKey": "20", "variables": {}, "customHeaders": {}, "retries": 3, **more}


def test_a_start_gives_the_instance_a_value_by_which_messages_find_it() -> None:
    target, server, _ = _target({**STARTED, "POST /messages/correlation": {"processInstanceKey": "30"}})
    target.deploy([MODEL])

    instance = target.start(Start(definition="order", variables={"a": TypedValue("Json", "[1]")}))
    answer = target.message("paid", instance=instance, variables={"b": 1})

    started, sent = server.asked[1].body, server.asked[2].body
    assert started["variables"] == {"a": [1], "tckCorrelation": "instance-1"}
    assert (sent["correlationKey"], sent["variables"], answer) == ("instance-1", {"b": 1}, None)


def test_a_business_key_is_what_messages_find_an_instance_by() -> None:
    target, server, _ = _target({**STARTED, "POST /messages/correlation": {"processInstanceKey": "30"}})
    target.deploy([MODEL])
    target.start(Start(definition="order", business_key="order-7"))

    target.message("paid", business_key="order-7", variables={})

    assert server.asked[1].body["variables"] == {"tckCorrelation": "order-7"}
    assert server.asked[2].body["correlationKey"] == "order-7"


def test_a_message_that_starts_an_instance_answers_its_key() -> None:
    content = WAITING.replace(
        '<startEvent id="s"/>', '<startEvent id="s"><messageEventDefinition messageRef="m"/></startEvent>'
    )
    target, server, _ = _target({**STARTED, "POST /messages/correlation": {"processInstanceKey": "31"}})
    target.deploy([Model("order.bpmn", bpmn_of(content))])

    first = target.message("paid", variables={})
    second = target.message("paid", instance=first, variables={})

    assert (first, second) == ("31", None)
    assert server.asked[1].body["variables"] == {"tckCorrelation": "instance-1"}
    assert server.asked[2].body["correlationKey"] == "instance-1"


@pytest.mark.parametrize(
    "instruction", [StartInstruction("after", "pack"), StartInstruction("before", "pack", {"a": 1})]
)
def test_starts_that_camunda_8_does_not_know_are_skipped(instruction: StartInstruction) -> None:
    target, _, _ = _target(STARTED)

    with pytest.raises(NotObservable, match="another dialect"):
        target.start(Start(definition="order", instructions=(instruction,)))


def test_a_tenant_where_there_are_none_is_a_feature_that_is_off() -> None:
    refusal = (400, {"detail": "Expected to handle …, but multi-tenancy is disabled"})
    target, _, _ = _target({"POST /process-instances": refusal})

    with pytest.raises(NotObservable, match="switched off"):
        target.start(Start(definition="order", tenant="acme"))


def test_without_searches_an_instance_shows_only_whether_it_is_over() -> None:
    path = "POST /process-instances/30/modification"
    target, server, slept = _target({path: Turns((204, None), (404, {}))}, release="8.6.0", patience=1)

    view = target.look("30", frozenset({"ended", "at"}))

    assert (view.ended, view.at) == (True, None)
    assert (server.asked[0].body, len(server.asked), len(slept)) == ({}, 3, 2)
    with pytest.raises(NotObservable, match="read and search"):
        target.called("30", "ship")


def test_an_activated_job_is_remembered_until_the_engine_has_it_no_more() -> None:
    jobs = Turns({"jobs": [_job("41", "pack")]}, {"jobs": []})
    target, _, _ = _target(
        {
            **STARTED,
            "POST /jobs/activation": jobs,
            "PATCH /jobs/41": Turns((204, None), (204, None), (404, {})),
        },
        release="8.6.0",
    )
    target.deploy([MODEL])

    seen = [[work.key for work in target.work("30", "pack")] for _ in range(3)]

    assert seen == [["41"], ["41"], []]


def test_a_job_that_comes_late_is_waited_for() -> None:
    jobs = Turns({"jobs": []}, {"jobs": []}, {"jobs": [_job("41", "pack")]}, {"jobs": []})
    target, _, slept = _target(
        {**STARTED, "POST /jobs/activation": jobs, "PATCH /jobs/41": (204, None)}, release="8.6.0", patience=1
    )
    target.deploy([MODEL])

    (work,) = target.work("30", "pack")

    assert (work.key, work.kind, len(slept)) == ("41", "job", 2)


def test_user_tasks_of_somebody_elses_process_are_let_go_at_once() -> None:
    theirs = _job("77", "check", type="io.camunda.zeebe:userTask", processDefinitionKey="999")
    target, server, _ = _target(
        {
            **STARTED,
            "POST /jobs/activation": Turns({"jobs": [theirs]}, {"jobs": []}),
            "PATCH /jobs/77": (204, None),
        },
        release="8.6.0",
    )
    content = bpmn_of('<process id="order"><userTask id="check"/></process>')
    target.deploy([Model("order.camunda8.bpmn", content)])

    found = target.work("30")

    assert found == []
    assert server.requests("PATCH /jobs/77")[0].body == {"changeset": {"timeout": 1}}


def test_jobs_and_user_tasks_are_completed_where_they_belong() -> None:
    target, server, _ = _target(
        {"POST /jobs/41/completion": (204, None), "POST /user-tasks/51/completion": (204, None)}
    )

    target.complete(Work("41", "pack", "job", "30"), {"a": 1})
    target.complete(Work("51", "check", "user-task", "30", {"userTaskKey": "51"}), {})

    assert [each.path for each in server.asked] == ["/jobs/41/completion", "/user-tasks/51/completion"]
    with pytest.raises(NotObservable):
        target.throw_error(
            Work("51", "check", "user-task", "30", {"userTaskKey": "51"}),
            code="c",
            message=None,
            variables={},
        )


def _row(key: str, element: str, state: str, kind: str = "USER_TASK", **more: Any) -> dict[str, Any]:
    basic = {"elementInstanceKey": key, "elementId": element, "state": state, "type": kind}
    return {**basic, "endDate": None if state == "ACTIVE" else "t", "hasIncident": False, **more}


def _searches() -> dict[str, Any]:
    rows = [
        _row("31", "s", "COMPLETED", "START_EVENT"),
        _row("32", "each", "ACTIVE", "MULTI_INSTANCE_BODY"),
        _row("33", "each", "ACTIVE"),
        _row("34", "each", "TERMINATED"),
        _row("35", "block", "ACTIVE", "SUB_PROCESS", hasIncident=True),
    ]
    values = [
        {"name": "a", "value": '{"b":1}', "scopeKey": "30"},
        {"name": "tckCorrelation", "value": '"x"', "scopeKey": "30"},
        {"name": "item", "value": '"i"', "scopeKey": "33"},
        {"name": "old", "value": "1", "scopeKey": "34"},
    ]
    incident = {
        "incidentKey": "60",
        "elementId": "block",
        "errorType": "IO_MAPPING_ERROR",
        "errorMessage": "m",
        "jobKey": "61",
    }
    return {
        "GET /process-instances/30": {"state": "ACTIVE"},
        "POST /element-instances/search": _items(*rows),
        "POST /variables/search": _items(*values),
        "POST /incidents/search": _items(incident),
        "POST /user-tasks/search": _items({"userTaskKey": "51", "elementId": "each", "name": "Each"}),
    }


def test_a_look_is_put_together_from_searches() -> None:
    target, _, _ = _target(_searches())

    view = target.look(
        "30", frozenset({"at", "passed", "cancelled", "variables", "local", "incidents", "tasks"})
    )

    assert (view.at, view.passed, view.cancelled) == (["block", "each"], ["s"], ["each"])
    assert (view.variables, view.local) == ({"a": {"b": 1}}, {"each": {"item": "i"}})
    assert [row["type"] for row in view.incidents or ()] == ["IO_MAPPING_ERROR"]
    assert [row["element"] for row in view.tasks or ()] == ["each"]


def test_a_look_is_repeated_until_it_shows_the_same_twice() -> None:
    answers = _searches() | {
        "GET /process-instances/30": Turns((404, {}), {"state": "ACTIVE"}, {"state": "COMPLETED"})
    }
    target, _, slept = _target(answers, patience=5)

    view = target.look("30", frozenset({"ended"}))

    assert (view.ended, len(slept)) == (True, 3)


def test_an_incident_is_resolved_after_its_job_got_retries() -> None:
    answers = _searches() | {"PATCH /jobs/61": (204, None), "POST /incidents/60/resolution": (204, None)}
    target, server, _ = _target(answers)

    target.resolve("30", "block", 2)

    assert server.asked[-2].body == {"changeset": {"retries": 2}}
    with pytest.raises(Refused, match="no incident"):
        target.resolve("30", "elsewhere", 1)


def test_closing_at_a_foreign_url_cancels_and_deletes_what_the_run_made() -> None:
    target, server, _ = _target(
        {
            **STARTED,
            "POST /process-instances/30/cancellation": (404, {}),
            "POST /resources/20/deletion": (204, None),
        },
        run="r1",
    )
    target.deploy([MODEL])
    target.start(Start(definition="order"))

    target.close()

    assert [each.path for each in server.asked[-2:]] == [
        "/process-instances/30/cancellation",
        "/resources/20/deletion",
    ]
    assert server.asked[1].body["processDefinitionId"] == "order_tckr1"


def test_a_pinned_clock_moves_on_from_where_it_stands_and_runs_again_in_the_end() -> None:
    server = FakeServer({"PUT /clock": (204, None), "POST /clock/reset": (204, None)})
    rest = connection(server, "camunda8", "8.6.0").rest
    clock = PinnedClock(rest, may_move=True, patience=0, sleep=lambda _seconds: None, now=lambda: 1000.0)

    clock.advance(0)
    clock.advance(60)
    clock.advance(1.5)
    clock.close()

    assert [each.body.get("timestamp") for each in server.asked] == [1_060_000, 1_061_500, None]


def test_the_clock_of_somebody_elses_engine_is_not_moved() -> None:
    server = FakeServer({})
    clock = PinnedClock(connection(server, "camunda8", "8.6.0").rest, may_move=False, patience=0)

    with pytest.raises(NotObservable) as raised:
        clock.advance(1)

    assert (raised.value.reason, server.asked) == ("destructive", [])


def test_called_instances_are_those_whose_caller_is_the_element() -> None:
    callers = _items(_row("35", "ship", "ACTIVE", "CALL_ACTIVITY"))
    children = _items(
        {"processInstanceKey": "102", "parentElementInstanceKey": "35"},
        {"processInstanceKey": "99", "parentElementInstanceKey": "35"},
        {"processInstanceKey": "50", "parentElementInstanceKey": "36"},
    )
    target, _, _ = _target(
        {"POST /element-instances/search": callers, "POST /process-instances/search": children}
    )

    assert target.called("30", "ship") == ["99", "102"]
