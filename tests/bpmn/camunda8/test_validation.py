"""What Camunda 8 refuses at deployment, in the words of live Camunda 8.8.21."""

import pytest

from simulator.bpmn.camunda8.wording import show_problems
from tests.kernel.bench import HEAD, flow, flows, job, mapping, model, read

TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
TASK = '<task id="a"/>'
GATEWAY_FLOWS = "<outgoing>f1</outgoing><outgoing>f2</outgoing>"
FORK = flow("f0", "s", "g") + flow("f1", "g", "a") + flow("f2", "g", "b")


def catch(inner: str) -> str:
    return f'<intermediateCatchEvent id="c">{inner}</intermediateCatchEvent>'


def boundary(inner: str, attributes: str = "") -> str:
    event = (
        f'<boundaryEvent id="b" attachedToRef="a"{attributes}><outgoing>f9</outgoing>{inner}</boundaryEvent>'
    )
    return TASK + event + flow("f9", "b", "a")


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def extended(tag: str, extensions: str) -> str:
    return f'<{tag} id="a"><extensionElements>{extensions}</extensionElements></{tag}>'


EITHER = "Must have either one 'zeebe:{}' or one 'zeebe:taskDefinition' extension element"
MISSING = "Expected expression but not found."
RESERVED = "null, true, false, function, if, then, else, for, between, instance, of"
REFUSED = [
    ('<startEvent id="s3"/>', "p", "Multiple none start events are not allowed"),
    ('<serviceTask id="a"/>', "a", "Must have exactly one 'zeebe:taskDefinition' extension element"),
    (extended("serviceTask", "<zeebe:taskDefinition/>"), "a > extensionElements > taskDefinition", MISSING),
    ('<scriptTask id="a"/>', "a", EITHER.format("script")),
    ('<businessRuleTask id="a"/>', "a", EITHER.format("calledDecision")),
    ('<sendTask id="a"/>', "a", EITHER.format("publishMessage")),
    (
        '<endEvent id="a"><messageEventDefinition/></endEvent>',
        "a",
        EITHER.format("publishMessage"),
    ),
    (
        extended("scriptTask", '<zeebe:script expression="=1"/>'),
        "a > extensionElements > script",
        "Attribute 'resultVariable' must be present and not empty",
    ),
    (
        extended("scriptTask", '<zeebe:script expression="abc" resultVariable="x"/>'),
        "a > extensionElements > script",
        "Expected expression but found static value 'abc'. An expression must start with '=' (e.g. '=abc').",
    ),
    ('<callActivity id="a"/>', "a", "Must have exactly one 'zeebe:calledElement' extension element"),
    (extended("callActivity", "<zeebe:calledElement/>"), "a > extensionElements > calledElement", MISSING),
    ('<receiveTask id="a"/>', "a", "Must reference a message"),
    (
        TASK + '<exclusiveGateway id="g" default="f0"/>' + flow("f0", "s", "g") + flow("f1", "g", "a"),
        "g",
        "Default flow must start at gateway",
    ),
    (
        '<task id="t"><outgoing>f1</outgoing></task>' + TASK + flow("f1", "t", "a", "=true"),
        "t",
        "Conditional sequence flows are only supported at exclusive or inclusive gateway",
    ),
    (
        '<eventBasedGateway id="g"/>' + catch(TIMER) + flow("f1", "g", "c"),
        "g",
        "Event-based gateway must have at least 2 outgoing sequence flows.",
    ),
    (boundary(""), "b", "Must have exactly one event definition"),
    (
        TASK + f'<boundaryEvent id="b" attachedToRef="a">{TIMER}</boundaryEvent>' + flow("f9", "b", "a"),
        "b",
        "Must have at least one outgoing sequence flow or association",
    ),
    (
        boundary(timer("timeCycle", "R/PT1H")),
        "b",
        "Interrupting timer event with time cycle is not allowed.",
    ),
    (
        boundary('<errorEventDefinition errorRef="e1"/>', ' cancelActivity="false"'),
        "b",
        "Non-Interrupting event of this type is not allowed",
    ),
    (
        boundary(timer("timeCycle", "abc"), ' cancelActivity="false"'),
        "b",
        "Invalid timer cycle expression (Cron expression contains 1 parts but we expect one of [6])",
    ),
    (
        catch(timer("timeDuration", "1 hour")),
        "c",
        "Invalid timer duration expression (Invalid duration format '1 hour' for expression '1 hour'.)",
    ),
    (
        catch(timer("timeCycle", "R/PT1H")),
        "c",
        "Intermediate timer catch event must have either a time duration or a time date.",
    ),
    (
        '<endEvent id="e"><outgoing>f1</outgoing></endEvent>' + TASK + flow("f1", "e", "a"),
        "e",
        "End events must not have outgoing sequence flows to other elements.",
    ),
    (
        '<endEvent id="e"><errorEventDefinition/></endEvent>',
        "e > errorEventDefinition",
        "Must reference an error",
    ),
    (
        '<intermediateThrowEvent id="e"><signalEventDefinition/></intermediateThrowEvent>',
        "e > signalEventDefinition",
        "Must reference a signal",
    ),
    ('<subProcess id="sp"/>', "sp", "Must have exactly one start event"),
    (
        f'<subProcess id="sp"><startEvent id="x">{TIMER}</startEvent></subProcess>',
        "sp",
        "Start events in subprocesses must be of type none",
    ),
    (
        job("a", "a", mapping(input=(("=1", "1bad-"),))),
        "a > extensionElements > ioMapping > input",
        "Expected path expression '1bad-' but doesn't match the pattern "
        r"'[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*'.",
    ),
    (
        job("a", "a", mapping(output=(("=1", "if"),))),
        "a > extensionElements > ioMapping > output",
        f"Expected path expression 'if' but is one of the reserved words ({RESERVED}).",
    ),
    (
        extended("userTask", '<zeebe:userTask/><zeebe:priorityDefinition priority="-1"/>'),
        "a > extensionElements > priorityDefinition",
        "Priority must be a number between 0 and 100, but was '-1'.",
    ),
]


@pytest.mark.parametrize(("body", "path", "text"), REFUSED)
def test_a_wrong_element_is_named_by_its_path_with_the_engine_s_words(
    body: str, path: str, text: str
) -> None:
    _, reading = read(model(body))

    assert [(problem.path, problem.message) for problem in reading.problems] == [(path, text)]


def test_an_expression_that_does_not_parse_is_refused_where_it_stands() -> None:
    gateway = f'<exclusiveGateway id="g">{GATEWAY_FLOWS}</exclusiveGateway>{TASK}<task id="b"/>'
    conditions = flow("f1", "g", "a", "=x &gt;") + flow("f2", "g", "b", "x")
    _, reading = read(model(gateway, flow("f0", "s", "g"), conditions))

    found = {problem.path: problem.message for problem in reading.problems}

    assert found["f1 > conditionExpression"].startswith("failed to parse expression 'x >': Expected ")
    assert found["f2 > conditionExpression"] == (
        "Expected expression but found static value 'x'. An expression must start with '=' (e.g. '=x')."
    )


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("exclusiveGateway", "Must have a condition or be default flow"),
        ("inclusiveGateway", "Must have a condition"),
    ],
)
def test_flows_of_a_choice_need_conditions_if_the_gateway_names_them(tag: str, text: str) -> None:
    named = model(f'<{tag} id="g">{GATEWAY_FLOWS}</{tag}>', TASK, '<task id="b"/>', FORK)
    unnamed = model(f'<{tag} id="g"/>', TASK, '<task id="b"/>', FORK)

    found = {problem.path: problem.message for problem in read(named)[1].problems}

    assert found == {"f1": text, "f2": text}
    assert read(unnamed)[1].problems == []


def test_a_message_that_is_waited_for_needs_a_subscription_with_a_key() -> None:
    head = HEAD.replace('name="paid">', 'name="paid"><documentation/>')
    bare = head.replace('<zeebe:subscription correlationKey="=order"/>', "")
    _, reading = read(model(catch('<messageEventDefinition messageRef="m"/>'), head=bare))

    assert [(problem.path, problem.message) for problem in reading.problems] == [
        ("m", "Must have exactly one zeebe:subscription extension element")
    ]


def test_a_timer_start_event_is_evaluated_at_deployment_without_variables() -> None:
    start = f'<startEvent id="t">{timer("timeDuration", "=x")}</startEvent>'
    _, reading = read(model(start))

    assert [problem.message for problem in reading.problems] == [
        "Invalid timer duration expression (Expected result of the expression 'x' to be one of '[DURATION, PERIOD, "
        "STRING]', but was 'NULL'. The evaluation reported the following warnings:\n"
        "[NO_VARIABLE_FOUND] No variable found with name 'x')"
    ]


@pytest.mark.parametrize(
    ("tag", "kind"), [("transaction", "Transaction"), ("complexGateway", "ComplexGateway")]
)
def test_elements_the_engine_does_not_know_are_named(tag: str, kind: str) -> None:
    _, reading = read(model(f'<{tag} id="x"/>'))

    assert reading.problems[0].message.startswith(f"Elements of type '{kind}' are currently not supported.")
    assert not reading.problems[0].refused


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<task id="a"><multiInstanceLoopCharacteristics/></task>', "multi-instance activities"),
        (
            '<subProcess id="a" triggeredByEvent="true"><startEvent id="x"/></subProcess>',
            "event subprocesses",
        ),
        ('<adHocSubProcess id="a"/>', "ad-hoc subprocesses"),
        (extended("businessRuleTask", "<zeebe:calledDecision/>"), "decisions behind a business rule task"),
        (extended("task", "<zeebe:executionListeners/>"), "execution listeners"),
        (
            '<intermediateThrowEvent id="a"><linkEventDefinition/></intermediateThrowEvent>',
            "link intermediate throw events",
        ),
    ],
)
def test_what_only_the_engine_runs_is_refused_by_name(body: str, words: str) -> None:
    _, reading = read(model(body))

    refused = [problem.message for problem in reading.problems if problem.refused]
    assert refused == [f"the simulator does not run {words}"]


def test_the_errors_of_one_element_stand_together_below_its_path() -> None:
    found = extended("userTask", '<zeebe:assignmentDefinition candidateGroups=" " candidateUsers=" "/>')
    _, reading = read(model(found, '<callActivity id="b"/>'))

    text = "Expected static value to be a list of comma-separated values, e.g. 'a,b,c', but found ' '."
    assert show_problems("a.bpmn", reading.problems) == (
        "'a.bpmn': - Element: a > extensionElements > assignmentDefinition\n"
        f"    - ERROR: {text}\n    - ERROR: {text}\n"
        "- Element: b\n    - ERROR: Must have exactly one 'zeebe:calledElement' extension element\n"
    )


def test_a_file_without_an_executable_process_is_refused() -> None:
    _, reading = read(model().replace(b'isExecutable="true"', b'isExecutable="false"'))

    assert [(problem.path, problem.message) for problem in reading.problems] == [
        ("d", "Must contain at least one executable process")
    ]


LOOP_TEXT = "Processes are not allowed to contain a straight-through processing loop: "


@pytest.mark.parametrize(
    ("body", "loop"),
    [
        ('<task id="a"/><exclusiveGateway id="g"/>' + flows("s>a", "a>g", "g>a"), "a > g > a"),
        (
            '<task id="a"/><subProcess id="sp"><startEvent id="s2"/><endEvent id="e2"/>'
            + flows("s2>e2")
            + "</subProcess>"
            + flows("s>a", "a>sp", "sp>a"),
            "a > sp > s2 > e2 > a",
        ),
        (extended("callActivity", '<zeebe:calledElement processId="p"/>') + flows("s>a"), "a > s > a"),
        (
            extended("scriptTask", '<zeebe:script expression="=1" resultVariable="x"/>')
            + '<task id="b"/>'
            + flows("s>a", "a>b", "b>a"),
            "a > b > a",
        ),
        (
            '<task id="a"/><task id="b"/><task id="c"/>' + flows("s>a", "a>b", "b>a", "b>c", "c>c"),
            "c > c",
        ),
    ],
)
def test_a_loop_in_which_no_token_waits_is_refused(body: str, loop: str) -> None:
    _, reading = read(model(body))

    assert (
        show_problems("a.bpmn", reading.problems)
        == f"`a.bpmn`: - Process: p\n    - ERROR: {LOOP_TEXT}{loop}\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        job("a") + flows("s>a", "a>a"),
        '<exclusiveGateway id="a"/><exclusiveGateway id="g"/>' + flows("s>a", "a>g", "g>a"),
    ],
)
def test_a_loop_with_a_wait_state_or_of_gateways_alone_is_deployed(body: str) -> None:
    assert read(model(body))[1].problems == []
