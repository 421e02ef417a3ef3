"""How tokens choose and join in Camunda 8; the answers are those of live Camunda 8.8.21."""

from tests.kernel.bench import Bench, active, entered, flow, flows, job, model

FORK = '<parallelGateway id="g"/>' + job("a") + job("b")
JOIN = '<parallelGateway id="j"/>' + job("z")


def test_the_last_flow_of_the_file_is_tried_first() -> None:
    tasks = '<exclusiveGateway id="g"/>' + job("a") + job("b")
    bench = Bench(model(tasks, flows("s>g"), flow("f1", "g", "a", "=true"), flow("f2", "g", "b", "=true")))

    instance = bench.start()

    assert active(instance) == ["b"]


def test_no_condition_that_holds_is_an_incident_at_the_gateway() -> None:
    tasks = '<exclusiveGateway id="g"/>' + job("a") + job("b")
    bench = Bench(model(tasks, flows("s>g"), flow("f1", "g", "a", "=x = 1"), flow("f2", "g", "b", "=x = 2")))
    instance = bench.start({"x": 3})
    found = bench.incident()

    bench.set("g", x=1)
    bench.resolve()

    assert found == (
        "g",
        "CONDITION_ERROR",
        "Expected at least one condition to evaluate to true, or to have a default flow",
    )
    assert active(instance) == ["a"]


def test_a_condition_that_is_null_is_an_incident_and_not_false() -> None:
    tasks = '<exclusiveGateway id="g" default="f1"/>' + job("a") + job("b")
    bench = Bench(model(tasks, flows("s>g"), flow("f1", "g", "a"), flow("f2", "g", "b", "=x > 0")))

    bench.start()

    assert bench.incident()[1:] == (
        "EXTRACT_VALUE_ERROR",
        "Expected result of the expression 'x > 0' to be 'BOOLEAN', but was 'NULL'. The evaluation reported the "
        "following warnings:\n[NO_VARIABLE_FOUND] No variable found with name 'x'\n"
        "[NOT_COMPARABLE] Can't compare 'null' with '0'",
    )


def test_a_single_flow_with_a_condition_is_tried_too() -> None:
    bench = Bench(
        model('<exclusiveGateway id="g"/><task id="a"/>', flows("s>g"), flow("f", "g", "a", "=false"))
    )

    bench.start()

    assert bench.incident()[:2] == ("g", "CONDITION_ERROR")


def test_a_join_waits_for_a_token_on_each_of_its_flows() -> None:
    bench = Bench(model(FORK, JOIN, flows("s>g", "g>a", "g>b", "a>j", "b>j", "j>z")))
    instance = bench.start()
    bench.complete("a")
    waiting = active(instance)

    bench.complete("b")

    assert waiting == ["b"]
    assert active(instance) == ["z"]


def test_two_tokens_over_one_flow_do_not_fire_a_join() -> None:
    merge = '<exclusiveGateway id="m1"/>' + job("c")
    ways = flows("s>g", "g>a", "g>b", "g>c", "a>m1", "b>m1", "m1>j", "c>j", "j>z")
    bench = Bench(model(FORK, merge, JOIN, ways))
    instance = bench.start()
    bench.complete("a")
    bench.complete("b")
    waiting = active(instance)

    bench.complete("c")
    bench.complete("z")

    assert waiting == ["c"]
    assert active(instance) == []
    assert instance.how is None


INCLUSIVE = (
    '<inclusiveGateway id="g" default="g-c"/>'
    + job("a")
    + job("b")
    + '<task id="c"/><inclusiveGateway id="j"/>'
)
CHOICES = (
    flow("f1", "g", "a", "=x > 0") + flow("f2", "g", "b", "=x > 1") + flows("s>g", "g>c", "a>j", "b>j", "c>j")
)


def test_an_inclusive_gateway_takes_all_that_hold_and_joins_just_these() -> None:
    bench = Bench(model(INCLUSIVE, CHOICES, job("z"), flows("j>z")))
    instance = bench.start({"x": 2})
    bench.complete("a")
    waiting = active(instance)

    bench.complete("b")

    assert waiting == ["b"]
    assert active(instance) == ["z"]


def test_an_inclusive_gateway_takes_its_default_flow_where_nothing_holds() -> None:
    bench = Bench(model(INCLUSIVE, CHOICES))

    instance = bench.start({"x": 0})

    assert entered(instance) == ["s", "g", "c", "j"]
    assert instance.how == "completed"


def test_an_inclusive_join_hangs_when_the_other_token_dies_after_the_first_arrival() -> None:
    tasks = INCLUSIVE.replace('<task id="c"/>', '<exclusiveGateway id="c" default="c-e"/><endEvent id="e"/>')
    ways = flow("f1", "g", "a", "=true") + flow("f2", "g", "b", "=true") + flow("f3", "c", "j", "=false")
    bench = Bench(model(tasks, ways, flows("s>g", "a>j", "b>c", "c>e")))
    hanging, firing = bench.start(), bench.start()

    for element in ("a", "b", "b", "a"):
        bench.complete(element)

    assert (hanging.how, active(hanging)) == (None, [])
    assert firing.how == "completed"


def test_a_parallel_gateway_without_a_way_out_ends_its_branch() -> None:
    bench = Bench(model('<parallelGateway id="g"/>', flows("s>g")))

    assert bench.start().how == "completed"
