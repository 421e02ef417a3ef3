"""Scenarios' words become requests of Camunda 7, and its answers become what scenarios expect."""

from collections.abc import Mapping
from typing import Any

import pytest

from simulator.core.errors import UserError
from simulator.targets.camunda7 import Camunda7
from simulator.targets.camunda7_values import read_value, write_value
from simulator.targets.clock import CLOCK_ADVANCE, SimulatorClock
from simulator.targets.protocol import (
    InstanceView,
    Model,
    NotObservable,
    RawRequest,
    Refused,
    Start,
    StartInstruction,
    Work,
)
from simulator.targets.values import TypedValue
from tests.targets.fakes import FakeServer, bpmn_of, connection

PLAIN_VALUES = [None, True, 5, 2**31 - 1, 2**31, -(2**40), 1.5, "text", [1, {"a": [None]}], {"a": {"b": 1}}]
ALL = frozenset({"at", "passed", "cancelled", "variables", "local", "incidents", "tasks"})
MODEL = Model("order.bpmn", bpmn_of('<process id="order"/>'))


def _target(answers: Mapping[str, Any], run: str | None = None) -> tuple[Camunda7, FakeServer]:
    server = FakeServer(answers)
    made = connection(server, "camunda7", "7.24.0", run=run)
    return Camunda7(made, SimulatorClock(made.rest)), server


@pytest.mark.parametrize("value", PLAIN_VALUES)
def test_plain_values_come_back_as_they_were_sent(value: object) -> None:
    assert read_value(write_value(value)) == value


def test_types_are_chosen_by_value() -> None:
    kinds = [write_value(value)["type"] for value in PLAIN_VALUES]

    expected = [
        "Null",
        "Boolean",
        "Integer",
        "Integer",
        "Long",
        "Long",
        "Double",
        "String",
        "Object",
        "Object",
    ]
    assert kinds == expected


def test_a_typed_value_goes_as_it_is_and_what_is_not_plain_comes_back_typed() -> None:
    file = TypedValue("File", "aGk=", {"filename": "a.txt"})

    written = write_value(file)

    assert written == {"type": "File", "value": "aGk=", "valueInfo": {"filename": "a.txt"}}
    assert read_value({**written, "value": None}) == TypedValue("File", None, {"filename": "a.txt"})
    assert read_value({"type": "Json", "value": '{"a": 1}'}) == {"a": 1}
    assert read_value({"type": "Json", "value": "{"}) == TypedValue("Json", "{", {})


def test_a_start_carries_instructions_with_their_variables() -> None:
    target, server = _target({"POST /process-definition/key/order/start": {"id": "i1"}})
    instruction = StartInstruction("after", "check", {"a": 1}, {"b": "x"})

    instance = target.start(Start(definition="order", business_key="k", instructions=(instruction,)))

    body = server.asked[0].body
    assert (instance, body["businessKey"]) == ("i1", "k")
    assert body["startInstructions"] == [
        {
            "type": "startAfterActivity",
            "activityId": "check",
            "variables": {
                "a": {"type": "Integer", "value": 1, "local": False},
                "b": {"type": "String", "value": "x", "local": True},
            },
        }
    ]


@pytest.mark.parametrize(
    ("start", "path"),
    [
        (Start(definition="order", tenant="a/b"), "/process-definition/key/order/tenant-id/a/b/start"),
        (Start(definition="order", version=2), "/process-definition/order:2:x/start"),
    ],
)
def test_tenants_and_versions_choose_the_definition(start: Start, path: str) -> None:
    target, server = _target(
        {"GET /process-definition": [{"id": "order:2:x"}], f"POST {path}": {"id": "i1"}},
    )

    target.start(start)

    assert server.asked[-1].path == path


def test_at_a_foreign_url_names_are_the_runs_own_and_go_when_the_target_closes() -> None:
    deployed = {"id": "deployment-1", "deployedProcessDefinitions": {"order_tckr1:1:x": {}}}
    target, server = _target(
        {
            "POST /deployment/create": deployed,
            "POST /process-definition/key/order_tckr1/start": {"id": "i1"},
            "POST /message": [],
            "DELETE /deployment/deployment-1": (204, None),
        },
        run="r1",
    )

    target.deploy([MODEL], tenant="acme")
    target.start(Start(definition="order"))
    target.message("go", variables={}, tenant="acme")
    target.close()

    assert b"acme_tckr1" in server.asked[0].content
    message = server.requests("POST /message")[0].body
    assert (message["messageName"], message["tenantId"]) == ("go_tckr1", "acme_tckr1")
    assert "cascade=true" in server.requests("DELETE /deployment/deployment-1")[0].query


def test_an_external_task_is_locked_before_it_is_completed() -> None:
    work = Work("t1", "pack", "external-task", "i1", {"topicName": "packing", "processDefinitionId": "p:1:x"})
    target, server = _target(
        {"POST /external-task/fetchAndLock": [], "POST /external-task/t1/complete": (204, None)}
    )

    target.complete(work, {"done": True})

    lock, complete = server.asked[0].body, server.asked[1].body
    assert lock["topics"][0]["topicName"] == "packing"
    assert complete == {
        "workerId": lock["workerId"],
        "variables": {"done": {"type": "Boolean", "value": True}},
    }


def test_only_work_that_can_fail_fails() -> None:
    target, _ = _target({})

    with pytest.raises(UserError, match="user-task"):
        target.fail(Work("t1", "check", "user-task", "i1"), message="m", retries=0)


def test_a_refusal_keeps_the_targets_own_words() -> None:
    target, _ = _target({"DELETE /process-instance/i1": (404, {"type": "X", "message": "none"})})

    with pytest.raises(Refused) as raised:
        target.cancel("i1")

    assert (raised.value.operation, raised.value.body) == (
        "deleteProcessInstance",
        {"type": "X", "message": "none"},
    )


def test_tasks_of_one_element_come_in_the_order_of_their_loop_counters() -> None:
    rows = [
        {"id": f"t{n}", "taskDefinitionKey": "each", "executionId": f"e{n}", "created": "c"} for n in range(3)
    ]
    counters = [{"executionId": f"e{n}", "value": 2 - n} for n in range(3)]
    target, _ = _target(
        {
            "GET /task": rows,
            "GET /external-task": [],
            "GET /job": [],
            "GET /history/variable-instance": counters,
        }
    )

    found = target.work("i1", "each")

    assert [work.key for work in found] == ["t2", "t1", "t0"]


def test_resolving_where_nothing_has_failed_is_a_refusal() -> None:
    target, _ = _target({"GET /job": [], "GET /external-task": []})

    with pytest.raises(Refused, match="nothing without retries"):
        target.resolve("i1", "pack", 1)


def test_settling_and_advancing_move_the_simulators_clock() -> None:
    target, server = _target({f"POST {CLOCK_ADVANCE}": (204, None)})

    target.settle()
    target.advance(90)

    assert [each.body for each in server.asked] == [{"seconds": 0}, {"seconds": 90}]


def _node(identity: str, kind: str, *children: Any) -> dict[str, Any]:
    element = identity.partition(":")[0]
    return {
        "id": identity,
        "activityId": element,
        "activityType": kind,
        "childActivityInstances": list(children),
        "childTransitionInstances": [],
    }


def _looking() -> dict[str, Any]:
    body = _node(
        "each#multiInstanceBody:b",
        "multiInstanceBody",
        _node("each:1", "userTask"),
        _node("each:2", "userTask"),
    )
    tree = _node("i1", "processDefinition", body, _node("join:3", "parallelGateway"))
    tree["childTransitionInstances"] = [{"id": "later:4", "activityId": "later"}]
    ended = {"endTime": "t", "canceled": False}
    rows = [
        {"id": "s:0", "activityId": "s", "executionId": "i1", **ended},
        {"id": "gone:5", "activityId": "gone", "executionId": "x", "endTime": "t", "canceled": True},
        {"id": "each:1", "activityId": "each", "executionId": "e1", "endTime": None, "canceled": False},
        {"id": "each:2", "activityId": "each", "executionId": "e2", "endTime": None, "canceled": False},
    ]

    def variable(name: str, value: object, execution: str, activity: str) -> dict[str, Any]:
        place = {"executionId": execution, "activityInstanceId": activity, "taskId": None}
        return {"name": name, "type": "Integer", "value": value, **place}

    values = [
        variable("a", 1, "i1", "i1"),
        variable("loopCounter", 1, "e1", "each:1"),
        variable("loopCounter", 0, "e2", "each:2"),
    ]
    return {
        "GET /history/process-instance/i1": {"endTime": None},
        "GET /process-instance/i1/activity-instances": tree,
        "POST /history/activity-instance": rows,
        "GET /process-instance/i1/variables": {"a": {"type": "Integer", "value": 1, "valueInfo": {}}},
        "GET /variable-instance": values,
        "GET /incident": [
            {"id": "n", "activityId": "each", "incidentType": "failedJob", "incidentMessage": "m"}
        ],
        "GET /task": [],
    }


def test_a_look_shows_leaves_without_waiting_joins_and_scopes_in_their_order() -> None:
    target, _ = _target(_looking())

    view = target.look("i1", ALL)

    assert view.at == ["each", "each", "later"]
    assert (view.passed, view.cancelled, view.ended) == (["s"], ["gone"], False)
    assert view.variables == {"a": 1}
    assert view.local == {"each[1]": {"loopCounter": 0}, "each[2]": {"loopCounter": 1}}
    assert view.incidents is not None
    assert [(row["element"], row["type"], row["message"]) for row in view.incidents] == [
        ("each", "failedJob", "m")
    ]


def test_a_look_asks_only_for_what_is_wanted() -> None:
    target, server = _target(_looking())

    view = target.look("i1", frozenset({"ended"}))

    assert view == InstanceView(
        ended=False,
        at=None,
        passed=None,
        cancelled=None,
        variables=None,
        local=None,
        incidents=None,
        tasks=None,
    )
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("DELETE", "/deployment/4711-someones", b""),
        ("PUT", "/process-instance/suspended", b'{"suspended": true, "processDefinitionKey": "order"}'),
        ("POST", "/process-definition/key/order/start", b"{}"),
        ("POST", "/message", b'{"messageName": "go"}'),
        ("PUT", "/job/retries", b"{}"),
        ("POST", "/external-task/fetchAndLock", b'{"workerId": "w", "topics": [{"topicName": "t"}]}'),
    ],
)
def test_raw_requests_on_what_others_own_are_not_sent(method: str, path: str, content: bytes) -> None:
    target, server = _target({}, run="r1")

    with pytest.raises(NotObservable) as raised:
        target.request(RawRequest(method=method, path=path, content=content))

    assert (raised.value.reason, server.asked) == ("destructive", [])


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "/deployment", b""),
        ("POST", "/task/count", b"{}"),
        ("POST", "/process-definition/key/order_tckr1/start", b"{}"),
        ("POST", "/message", b'{"messageName": "go_tckr1"}'),
        ("PUT", "/process-instance/instance-1/variables/x1", b"{}"),
        ("PUT", "/process-instance/suspended", b'{"processInstanceIds": ["instance-1"]}'),
    ],
)
def test_raw_requests_on_the_runs_own_are_sent(method: str, path: str, content: bytes) -> None:
    target, server = _target(
        {"POST /process-definition/key/order_tckr1/start": {"id": "instance-1"}}, run="r1"
    )
    target.start(Start(definition="order"))

    target.request(RawRequest(method=method, path=path, content=content))

    assert server.asked[-1].path == path


@pytest.mark.parametrize(
    ("subscription", "expected"),
    [
        ("= orderId", {"correlationKeys": {"orderId": {"type": "String", "value": "o-1"}}}),
        ('= "order-" + orderId', {"businessKey": "o-1"}),
    ],
)
def test_a_correlation_key_is_matched_with_the_models_variable_or_the_business_key(
    subscription: str, expected: Mapping[str, object]
) -> None:
    target, server = _target({"POST /deployment/create": {"id": "d"}, "POST /message": []})
    extension = (
        f"<extensionElements><zeebe:subscription correlationKey='{subscription}'/></extensionElements>"
    )
    target.deploy([Model("m.bpmn", bpmn_of(f'<message id="m" name="paid">{extension}</message>'))])

    target.message("paid", correlation_key="o-1", variables={})

    body = server.asked[-1].body
    assert {name: body[name] for name in ("correlationKeys", "businessKey") if name in body} == expected


def test_called_instances_come_in_the_order_in_which_their_activities_began() -> None:
    rows = [
        {"calledProcessInstanceId": "c1", "calledCaseInstanceId": None},
        {"calledProcessInstanceId": None, "calledCaseInstanceId": None},
        {"calledProcessInstanceId": None, "calledCaseInstanceId": "c2"},
    ]
    target, server = _target({"POST /history/activity-instance": rows})

    called = target.called("i1", "ship")

    assert called == ["c1", "c2"]
    assert [each["sortBy"] for each in server.asked[0].body["sorting"]] == ["startTime", "occurrence"]
