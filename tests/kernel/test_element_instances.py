"""How element instances of Camunda 8 come, work and go; the answers are those of live Camunda 8.8.21."""

import time
from itertools import pairwise

import pytest

from simulator.kernel.element_instances import starting, working
from simulator.kernel.element_instances.refusals import (
    CalledInstance,
    NoneStartMissing,
    NoRetriesLeft,
    WrongState,
)
from tests.kernel.bench import Bench, active, entered, flow, flows, job, mapping, model, terminated, variables

ERROR_BOUNDARY = (
    '<boundaryEvent id="b" attachedToRef="a"><errorEventDefinition errorRef="e1"/></boundaryEvent>'
)


def chain(length: int) -> bytes:
    ids = ["s", *(f"t{number}" for number in range(length)), "e"]
    tasks = "".join(f'<task id="{identity}"/>' for identity in ids[1:-1])
    return model(tasks, '<endEvent id="e"/>', flows(*map(">".join, pairwise(ids))))


def test_a_hundred_thousand_tasks_are_passed_in_one_go() -> None:
    bench = Bench(chain(100_000))
    bench_start = time.perf_counter()

    with bench.command() as run:
        run.at_most = 1_000_000
        instance = starting.start_instance(run, bench.definitions["p"], {})

    assert instance.how == "completed"
    assert time.perf_counter() - bench_start < 10


def test_a_job_waits_and_its_result_is_merged_outwards() -> None:
    bench = Bench(model(job("a"), '<endEvent id="e"/>', flows("s>a", "a>e")))
    instance = bench.start({"x": 1})
    waiting = active(instance)

    bench.complete("a", y=2)

    assert waiting == ["a"]
    assert instance.how == "completed"
    assert variables(instance) == {"x": 1, "y": 2}
    assert bench.ended == ["p"]


def test_a_process_without_a_none_start_event_cannot_be_started_plainly() -> None:
    content = model(job("a"), flows("s>a")).replace(
        b'<startEvent id="s"/>', b'<startEvent id="s"><signalEventDefinition signalRef="sg"/></startEvent>'
    )
    bench = Bench(content)

    with pytest.raises(NoneStartMissing):
        bench.start()

    assert not bench.state.instances


def test_a_triggered_start_event_hands_its_variables_to_the_process() -> None:
    bench = Bench(
        model(job("a"), flows("s>a")).replace(
            b'<startEvent id="s"/>',
            b'<startEvent id="s"><signalEventDefinition signalRef="sg"/></startEvent>',
        )
    )
    definition = bench.definitions["p"]

    with bench.command() as run:
        instance = starting.start_by_event(run, definition, definition.process.nodes["s"], {"why": "fire"})

    assert active(instance) == ["a"]
    assert variables(instance) == {"why": "fire"}


def test_a_failed_job_without_retries_is_an_incident_that_needs_retries_to_be_resolved() -> None:
    bench = Bench(model(job("a"), flows("s>a")))
    instance = bench.start()
    bench.fail("a", retries=0)
    found = bench.incident()

    with pytest.raises(NoRetriesLeft):
        bench.resolve()
    with pytest.raises(WrongState), bench.command() as run:
        working.complete_job(run, bench.job("a"), {})
    with bench.command() as run:
        working.set_retries(run, bench.job("a"), 1)
    bench.resolve()
    bench.complete("a")

    assert found == ("a", "JOB_NO_RETRIES", "No more retries left.")
    assert instance.how == "completed"


def test_a_job_type_of_the_wrong_kind_is_an_incident_and_is_tried_again() -> None:
    bench = Bench(model(job("a", "=kind"), flows("s>a")))
    instance = bench.start()
    found = bench.incident()

    bench.set("a", kind="work")
    bench.resolve()

    assert found[1:] == (
        "EXTRACT_VALUE_ERROR",
        "Expected result of the expression 'kind' to be 'STRING', but was 'NULL'. The evaluation reported the "
        "following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'kind'",
    )
    assert bench.job("a").facts["type"] == "work"
    assert active(instance) == ["a"]


def test_a_job_whose_error_nobody_caught_stays_closed_when_its_incident_is_resolved() -> None:
    bench = Bench(model(job("a"), flows("s>a")))
    instance = bench.start()
    bench.throw("a", "E9")

    bench.resolve()

    assert bench.state.incidents == {}
    assert bench.job("a").facts["state"] == "ERROR_THROWN"
    assert active(instance) == ["a"]
    with pytest.raises(WrongState):
        bench.throw("a", "E9")


def test_an_uncaught_error_names_the_events_there_are() -> None:
    bench = Bench(model(job("a"), ERROR_BOUNDARY, flows("s>a")))
    bench.start()

    bench.throw("a", "E9", "why")

    assert bench.incident()[1:] == (
        "UNHANDLED_ERROR_EVENT",
        "Expected to throw an error event with the code 'E9' with message 'why', but it was not caught. Available "
        "error events are [E1]",
    )


def test_an_error_end_event_that_nobody_catches_stays_with_an_incident() -> None:
    end = '<endEvent id="e"><errorEventDefinition errorRef="e1"/></endEvent>'
    bench = Bench(model(end, flows("s>e")))

    instance = bench.start()

    assert active(instance) == ["e"]
    assert bench.incident()[2] == (
        "Expected to throw an error event with the code 'E1', but it was not caught. No error events are available in "
        "the scope."
    )


def test_a_thrown_error_terminates_the_activity_and_stays_local_at_the_boundary_event() -> None:
    bench = Bench(model(job("a"), ERROR_BOUNDARY, job("c"), flows("s>a", "b>c")))
    instance = bench.start()

    bench.throw("a", "E1", x=1)

    assert terminated(instance) == ["a"]
    assert active(instance) == ["c"]
    assert variables(instance) == {}


def test_a_script_sets_its_result_and_goes_on() -> None:
    script = '<zeebe:script expression="=x + 1" resultVariable="y"/>'
    task = f'<scriptTask id="a"><extensionElements>{script}</extensionElements></scriptTask>'
    bench = Bench(model(task, flows("s>a")))

    instance = bench.start({"x": 2})

    assert variables(instance) == {"x": 2, "y": 3}
    assert instance.how == "completed"


def test_a_terminate_end_event_ends_its_scope_and_the_scope_goes_on() -> None:
    inner = (
        '<startEvent id="s2"/><parallelGateway id="g"/>' + job("a") + job("b") + '<endEvent id="t">'
        "<terminateEventDefinition/></endEvent>" + flows("s2>g", "g>a", "g>b", "b>t")
    )
    bench = Bench(model(f'<subProcess id="sub">{inner}</subProcess>', job("z"), flows("s>sub", "sub>z")))
    instance = bench.start()

    bench.complete("b")

    assert terminated(instance) == ["a"]
    assert active(instance) == ["z"]


def test_a_task_whose_completion_is_still_queued_is_terminated_by_a_terminate_end_event() -> None:
    ends = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    tasks = '<parallelGateway id="g"/><task id="a"/><task id="a2"/><task id="b"/>'
    bench = Bench(model(tasks, ends, flows("s>g", "g>a", "g>b", "a>a2", "b>t")))

    instance = bench.start()

    assert terminated(instance) == ["a2"]
    assert instance.how == "completed"


def test_cancelling_terminates_everything_and_maps_nothing() -> None:
    outputs = mapping(output=(("=1", "out"),))
    bench = Bench(model(job("a", "a", outputs), flows("s>a")))
    instance = bench.start()

    bench.cancel(instance)

    assert instance.how == "terminated"
    assert variables(instance) == {}
    assert not bench.state.work


def test_branches_advance_in_turn_and_the_last_flow_of_the_file_comes_first() -> None:
    tasks = '<parallelGateway id="g"/><task id="a1"/><task id="a2"/><task id="b1"/><task id="b2"/>'
    bench = Bench(model(tasks, flows("s>g", "g>a1", "g>b1", "a1>a2", "b1>b2")))

    instance = bench.start()

    assert entered(instance) == ["s", "g", "b1", "a1", "b2", "a2"]


def test_a_user_task_of_the_engine_knows_who_does_it_until_when() -> None:
    schedule = "=date and time(&quot;2040-01-01T00:00:00&quot;)"
    extensions = (
        '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/>'
        f'<zeebe:taskSchedule dueDate="{schedule}"/><zeebe:priorityDefinition priority="7"/>'
    )
    bench = Bench(
        model(
            f'<userTask id="u"><extensionElements>{extensions}</extensionElements></userTask>', flows("s>u")
        )
    )
    instance = bench.start({"who": "me"})
    facts = bench.job("u").facts

    bench.complete("u")

    assert facts["assignee"] == "me"
    assert facts["candidate_groups"] == ["a", "b"]
    assert facts["due"] == "2040-01-01T00:00Z[Etc/UTC]"
    assert facts["priority"] == 7
    assert instance.how == "completed"


def test_a_user_task_run_by_jobs_says_the_same_in_headers() -> None:
    extensions = (
        '<zeebe:assignmentDefinition assignee="joe" candidateGroups="=[&quot;a&quot;]"/>'
        '<zeebe:taskHeaders><zeebe:header key="h" value="=1"/></zeebe:taskHeaders>'
    )
    bench = Bench(
        model(
            f'<userTask id="u"><extensionElements>{extensions}</extensionElements></userTask>', flows("s>u")
        )
    )

    bench.start()

    facts = bench.job("u").facts
    assert (facts["type"], facts["retries"]) == ("io.camunda.zeebe:userTask", 1)
    assert facts["headers"] == {
        "h": "=1",
        "io.camunda.zeebe:assignee": "joe",
        "io.camunda.zeebe:candidateGroups": '["a"]',
    }


CALL = (
    '<callActivity id="call"><extensionElements><zeebe:calledElement processId="child"{}/>{}</extensionElements>'
    "</callActivity>"
)
CHILD = model(job("c"), flows("s>c"), key="child")


@pytest.mark.parametrize(
    ("attributes", "mappings", "given", "outside"),
    [
        ("", "", {"x": 1}, {"x": 2, "r": 3}),
        (' propagateAllParentVariables="false"', mapping(input=(("=x", "i"),)), {"i": 1}, {"x": 2, "r": 3}),
        (' propagateAllChildVariables="false"', "", {"x": 1}, {"x": 1}),
        ("", mapping(output=(("=r", "o"),)), {"x": 1}, {"x": 1, "o": 3}),
    ],
)
def test_a_call_activity_copies_variables_in_and_back(
    attributes: str, mappings: str, given: dict[str, int], outside: dict[str, int]
) -> None:
    called = CALL.format(attributes, mappings)
    bench = Bench(model(called, job("after"), flows("s>call", "call>after")), CHILD)
    instance = bench.start({"x": 1})
    child = bench.job("c").execution.instance
    received = dict(variables(child))

    bench.complete("c", x=2, r=3)

    assert received == given
    assert active(instance) == ["after"]
    assert {name: value for name, value in variables(instance).items() if name != "i"} == outside


def test_a_called_process_that_is_missing_is_an_incident() -> None:
    bench = Bench(model(CALL.format("", ""), flows("s>call")))

    bench.start()

    assert bench.incident() == (
        "call",
        "CALLED_ELEMENT_ERROR",
        "Expected process with BPMN process id 'child' to be deployed, but not found.",
    )


def test_a_called_instance_is_cancelled_with_its_caller_and_not_alone() -> None:
    bench = Bench(model(CALL.format("", ""), flows("s>call")), CHILD)
    instance = bench.start()
    child = bench.job("c").execution.instance

    with pytest.raises(CalledInstance):
        bench.cancel(child)
    bench.cancel(instance)

    assert (child.how, instance.how) == ("terminated", "terminated")


def test_an_error_of_a_called_process_is_caught_at_the_call_activity() -> None:
    boundary = '<boundaryEvent id="b" attachedToRef="call"><errorEventDefinition/></boundaryEvent>'
    bench = Bench(model(CALL.format("", ""), boundary, job("z"), flows("s>call", "b>z")), CHILD)
    instance = bench.start()
    child = bench.job("c").execution.instance

    bench.throw("c", "E1")

    assert child.how == "terminated"
    assert active(instance) == ["z"]


def test_calls_nested_a_thousand_deep_are_cancelled_without_recursion() -> None:
    condition = '<exclusiveGateway id="g" default="f1"/>'
    tasks = CALL.format("", mapping(input=(("=n - 1", "n"),))) + job("a")
    ways = flow("f1", "g", "a") + flow("f2", "g", "call", "=n &gt; 0")
    bench = Bench(model(condition, tasks, flows("s>g"), ways, key="child"))
    instance = bench.start({"n": 1_000}, key="child")
    running = len(bench.state.running[bench.definitions["child"].key])

    bench.cancel(instance)

    assert running == 1_001
    assert not bench.state.executions
    assert instance.how == "terminated"
