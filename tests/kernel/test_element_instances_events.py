"""Messages, signals and timers of Camunda 8; the answers are those of live Camunda 8.8.21."""

from tests.kernel.bench import Bench, active, entered, flows, job, mapping, model, terminated, variables

HOUR = 3_600_000
CATCH = '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def boundary(identity: str, definition: str, *, interrupting: bool = True) -> str:
    flag = "" if interrupting else ' cancelActivity="false"'
    return f'<boundaryEvent id="{identity}" attachedToRef="a"{flag}>{definition}</boundaryEvent>'


MESSAGE = '<messageEventDefinition messageRef="m"/>'


def test_a_message_completes_its_catch_event_and_its_variables_go_outwards() -> None:
    bench = Bench(model(CATCH, job("t"), flows("s>c", "c>t")))
    instance = bench.start({"order": 7})

    bench.message("7", amount=3)

    assert active(instance) == ["t"]
    assert variables(instance) == {"order": 7, "amount": 3}


def test_a_buffered_message_is_taken_as_soon_as_somebody_waits() -> None:
    bench = Bench(model(CATCH, flows("s>c")))
    bench.messages.append({"amount": 3})

    instance = bench.start({"order": "x"})

    assert instance.how == "completed"
    assert variables(instance)["amount"] == 3


def test_an_unusable_correlation_key_is_an_incident() -> None:
    bench = Bench(model(CATCH, flows("s>c")))

    bench.start()

    assert bench.incident() == (
        "c",
        "EXTRACT_VALUE_ERROR",
        "Failed to extract the correlation key for 'order': The value must be either a string or a number, but was "
        "'NULL'. The evaluation reported the following warnings:\n"
        "[NO_VARIABLE_FOUND] No variable found with name 'order'",
    )


def test_the_correlation_key_of_a_boundary_event_does_not_see_input_mappings() -> None:
    inputs = mapping(input=(("=9", "order"),))
    bench = Bench(model(job("a", "a", inputs), boundary("b", MESSAGE), job("z"), flows("s>a", "b>z")))
    instance = bench.start({"order": "1"})

    bench.message("1", paid=True)

    assert terminated(instance) == ["a"]
    assert active(instance) == ["z"]
    assert variables(instance) == {"order": "1", "paid": True}


def test_a_boundary_event_that_does_not_interrupt_happens_again_and_again() -> None:
    event = boundary("b", MESSAGE, interrupting=False)
    bench = Bench(model(job("a"), event, job("z"), flows("s>a", "b>z")))
    instance = bench.start({"order": "1"})

    bench.message("1")
    bench.message("1")

    assert active(instance) == ["a", "z", "z"]


def test_a_cycle_fires_as_often_as_it_says() -> None:
    event = boundary("b", timer("timeCycle", "R2/PT10M"), interrupting=False)
    bench = Bench(model(job("a"), event, '<task id="z"/>', flows("s>a", "b>z")))
    instance = bench.start()

    bench.advance(HOUR)

    assert entered(instance).count("b") == 2
    assert active(instance) == ["a"]


def test_an_interrupting_timer_terminates_its_activity() -> None:
    bench = Bench(model(job("a"), boundary("b", timer("timeDuration", "=d")), job("z"), flows("s>a", "b>z")))
    instance = bench.start({"d": "PT1H"})
    bench.advance(HOUR - 1)
    before = active(instance)

    bench.advance(1)

    assert before == ["a"]
    assert active(instance) == ["z"]


def test_a_date_in_the_past_is_due_at_once() -> None:
    event = (
        f'<intermediateCatchEvent id="c">{timer("timeDate", "2000-01-01T00:00:00Z")}</intermediateCatchEvent>'
    )
    bench = Bench(model(event, flows("s>c")))
    instance = bench.start()

    bench.advance(0)

    assert instance.how == "completed"


def test_the_events_of_a_subprocess_are_subscribed_to_when_its_start_event_completes() -> None:
    inner = '<startEvent id="s2"/>' + job("x") + flows("s2>x")
    bench = Bench(
        model(
            f'<subProcess id="a">{inner}</subProcess>',
            boundary("b", timer("timeDuration", "=d")),
            flows("s>a"),
        )
    )
    instance = bench.start({"d": "soon"})
    found = bench.incident()

    bench.set("a", d="PT1H")
    bench.resolve()

    assert found == ("s2", "EXTRACT_VALUE_ERROR", "Invalid duration format 'soon' for expression 'd'.")
    assert active(instance) == ["a", "x"]
    assert len(bench.state.jobs) == 1


def test_the_first_event_behind_an_event_based_gateway_wins_and_the_flow_to_it_is_not_taken() -> None:
    outgoing = "<outgoing>g-c</outgoing><outgoing>g-t</outgoing>"
    later = f'<intermediateCatchEvent id="t">{timer("timeDuration", "PT1H")}</intermediateCatchEvent>'
    gateway = f'<eventBasedGateway id="g">{outgoing}</eventBasedGateway>'
    bench = Bench(model(gateway, CATCH, later, job("z"), flows("s>g", "g>c", "g>t", "c>z")))
    instance = bench.start({"order": 1})

    bench.message("1", amount=2)

    assert entered(instance) == ["s", "g", "c", "z"]
    assert variables(instance) == {"order": 1, "amount": 2}
    assert not bench.state.jobs


def test_a_signal_thrown_in_one_branch_is_caught_in_another_with_its_own_variables() -> None:
    extensions = f"<extensionElements>{mapping(input=(('=5', 'level'),))}</extensionElements>"
    signal = '<signalEventDefinition signalRef="sg"/>'
    throw = f'<intermediateThrowEvent id="t">{extensions}{signal}</intermediateThrowEvent>'
    catch = '<intermediateCatchEvent id="c"><signalEventDefinition signalRef="sg"/></intermediateCatchEvent>'
    bench = Bench(
        model('<parallelGateway id="g"/>', catch, '<task id="w"/>', throw, flows("s>g", "g>c", "g>w", "w>t"))
    )

    instance = bench.start()

    assert instance.how == "completed"
    assert variables(instance) == {"level": 5}


def test_a_signal_interrupts_what_it_is_attached_to() -> None:
    event = boundary("b", '<signalEventDefinition signalRef="sg"/>')
    bench = Bench(model(job("a"), event, flows("s>a")))
    instance = bench.start()

    bench.signal(level=1)

    assert terminated(instance) == ["a"]
    assert variables(instance) == {"level": 1}
