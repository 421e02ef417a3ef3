"""Reading scenarios: YAML 1.2 with lines, rows, departures, and errors that say where and what."""

from pathlib import Path

import pytest

from simulator.scenario.nodes import ScenarioError, plain
from simulator.scenario.yaml_reading import read_yaml
from tests.miniatures.target import stage
from tests.miniatures.writing import cases, run, write


def yaml(text: str) -> object:
    return plain(read_yaml(Path("x.yaml"), text.encode()))


def test_plain_scalars_are_those_of_yaml_1_2() -> None:
    read = yaml("[yes, no, on, off, true, ~, 012, 0o17, 0x1F, 1_000, 1.5e3, '1', 2001-12-14, 12:30:45]")

    assert read == [
        *("yes", "no", "on", "off", True, None, 12, 15, 31, "1_000", 1500.0, "1", "2001-12-14", "12:30:45"),
    ]


def test_keys_are_texts_whatever_they_look_like() -> None:
    assert yaml("on: 1\ntrue: 2\n4: 3") == {"on": 1, "true": 2, "4": 3}


def test_a_value_that_is_repeated_by_an_alias_is_there_twice() -> None:
    assert yaml("a: &x {b: 1}\nc: *x") == {"a": {"b": 1}, "c": {"b": 1}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2", "x.yaml:2: expected each key once, came 'a' again"),
        (
            "a: !!python/object:os.system {}",
            "x.yaml:1: expected no YAML tag, came tag:yaml.org,2002:python/object",
        ),
        ("a:\n - b\n - .inf", "x.yaml:3: expected a number that JSON can carry, came .inf"),
        ("a: *x", "x.yaml:1: expected an anchor that is set further up, came *x"),
        ("a: [1\nb: 2", "x.yaml:2: expected YAML, came: "),
        ("", "x.yaml:1: expected a YAML document, came an empty file"),
        ("a: 1\n---\nb: 2", "x.yaml:3: expected one YAML document, came another one"),
        ("[" * 200, "x.yaml:1: expected at most 100 levels, came more"),
    ],
)
def test_an_error_in_the_yaml_names_its_line(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        yaml(text)

    assert str(caught.value).startswith(message)


def test_aliases_cannot_blow_a_small_file_up() -> None:
    lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    with pytest.raises(ScenarioError, match="more by aliases"):
        yaml("\n".join(lines))


HEAD = "scenario: S\nmodels: [order.bpmn]\nsteps:\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps: [{start: order}]", "1: expected the field 'scenario', which is missing"),
        ("scenario: 1\nsteps: [{start: order}]", "1: expected a text, came the number 1"),
        ("scenario: S\nsteps: []", "2: expected at least one step, came none"),
        ("scenario: S\nmodel: [a]\nsteps: [{start: order}]", "2: expected one of scenario, steps, $schema, "),
        (
            "scenario: S\nmodels: [no.bpmn]\nsteps: [{start: x}]",
            "2: expected a file beside the scenario, came 'no",
        ),
        (HEAD + "  - stert: order", "4: expected a step that begins with one of advance, call, "),
        (HEAD + "  - start: order\n    variables: 5", "5: expected a mapping, came the number 5"),
        (HEAD + "  - start: order\n    tenent: a", "5: expected one of start, as, version, tenant, "),
        (
            HEAD + "  - start: order\n    at: [{in: check}]",
            "5: expected exactly one of before, after, transition, came none",
        ),
        (
            HEAD + "  - start: order\n    at:\n      - {variables: {}}",
            "6: expected exactly one of before, after, ",
        ),
        (
            HEAD + "  - complete: check",
            "4: expected a step before this one that starts an instance, came none",
        ),
        (
            HEAD + "  - start: order\n  - expect:\n      ordre: {at: []}",
            "6: expected the alias of an instance (order)",
        ),
        (HEAD + "  - start: order\n  - expect: {order: {att: []}}", "5: expected one of ended, at, passed, "),
        (HEAD + "  - start: order\n  - expect: {order: {at: $strng}}", "5: expected one of $any, $absent, "),
        (HEAD + "  - start: order\n  - expect: {order: {at: {$len: 1}}}", "5: expected one of $is, $not, "),
        (
            HEAD + "  - request: GET /x\n    answer: {text: {$matches: '['}}",
            "5: expected a regular expression, ",
        ),
        (HEAD + "  - request: fetch x", "4: expected a method and a path such as GET /task, came 'fetch x'"),
        (
            HEAD + "  - request: GET /x/${id}",
            "4: expected a name saved by a step before this one, came ${id}",
        ),
        (HEAD + "  - advance: 1 hour", "4: expected an ISO 8601 duration such as PT1H, came '1 hour'"),
        (HEAD + "  - request: POST /x\n    body: 1\n    text: a", "6: expected one body, came body and text"),
        (HEAD + "  - request: GET /x\n    refused: {status: 1}", "5: expected no `refused` at request"),
        (HEAD + "  - signal: a\nonly: [camunda9]", "5: expected one of standard, camunda7, operaton, "),
        (
            HEAD + "  - signal: a\nonly: ['camunda8:new']",
            "5: expected releases such as 8.8 or >=8.6,<8.8; came 'new'",
        ),
        (
            HEAD + "  - signal: a\non: {camunda8: {differs: {1: null}}}",
            "5: expected the field 'because', which is",
        ),
        (
            HEAD + "  - signal: a\non:\n  camunda8:\n    because: x\n    differs:\n      2: {}",
            "9: expected the number",
        ),
        (
            HEAD + "  - signal: ${row:a}\nrows:\n  - {a: x}\n  - {a: y, b: 1}",
            "7: expected a column that the steps use",
        ),
        (HEAD + "  - signal: ${row:a}\nrows: [{name: x}]", "4: expected a column of the table, came 'a'"),
        (
            HEAD + "  - signal: ${row:a}\nrows:\n  - {name: n, a: x}\n  - {name: n, a: y}",
            "7: expected a row name of",
        ),
        (HEAD + "  - signal: ${row:a}\nrows:\n  - a: 5", "6: expected a text, came the number 5"),
        (
            "<definitions>" + "x" * 10_000,
            f"1: expected a scenario (a mapping with `scenario` and `steps`), came the text "
            f"'<definitions>{'x' * 67}…'",
        ),
    ],
)
def test_an_error_in_a_scenario_names_file_line_expected_and_came(
    tmp_path: Path, text: str, message: str
) -> None:
    file = write(tmp_path, text)

    with pytest.raises(ScenarioError) as caught:
        cases(tmp_path, text)

    assert str(caught.value).startswith(f"{file}:{message}")


TABLE = """
    scenario: A table
    models: [order.bpmn]
    defaults: {amount: 1}
    rows:
      - name: as it is
      - {name: with a key, key: K, clause: x/1}
      - {amount: {deep: [1]}}
    steps:
      - start: order
        businessKey: ${row:key}
        variables: {amount: "${row:amount}", text: "no ${row:amount}!"}
    """


def test_each_row_is_a_case_with_a_name_and_columns_of_its_own(tmp_path: Path) -> None:
    read = cases(tmp_path, TABLE.replace('text: "no ${row:amount}!"', 'text: "$${row:amount}"'))

    assert [case.id for case in read] == ["case::as it is", "case::with a key", "case::row 3"]
    assert [case.clause for case in read] == [None, "x/1", None]
    assert [case.line for case in read] == [5, 6, 7]
    assert [plain(case.steps[0]) for case in read] == [
        {"start": "order", "variables": {"amount": 1, "text": "$${row:amount}"}},
        {"start": "order", "businessKey": "K", "variables": {"amount": 1, "text": "$${row:amount}"}},
        {"start": "order", "variables": {"amount": {"deep": [1]}, "text": "$${row:amount}"}},
    ]


def test_a_collection_cannot_stand_within_a_text(tmp_path: Path) -> None:
    with pytest.raises(
        ScenarioError, match=r"scenario.yaml:7: expected a scalar, as the column stands within"
    ):
        cases(tmp_path, TABLE)


DEPARTURE = """
    scenario: A dialect does otherwise
    models: [order.bpmn]
    steps:
      - start: order
      - name: both wait
        expect: {order: {at: [check, pack]}}
      - complete: check
      - expect: {order: {at: [nowhere]}}
    on:
      camunda7:>=7.20:
        because: live Camunda 7.24
        differs:
          both wait: {expect: {order: {ended: true}}}
          4: null
      camunda8:
        because: live Camunda 8.8
        differs:
          3: {complete: pack}
    """


def test_a_departure_adds_expectations_and_takes_steps_away_for_its_dialect_alone(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, DEPARTURE)

    on_7 = case.steps_on("camunda7", "7.24.0")
    on_old_7 = case.steps_on("camunda7", "7.9.0")
    on_8 = case.steps_on("camunda8", "8.8.21")

    assert [step.number for step in on_7] == [1, 2, 3]
    assert plain(on_7[1].own) == {"expect": {"order": {"at": ["check", "pack"], "ended": True}}}
    assert [step.number for step in on_old_7] == [1, 2, 3, 4]
    assert plain(on_8[2].own) == {"complete": "pack"}


def test_a_fork_departs_as_the_product_it_comes_from(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, DEPARTURE)

    assert len(case.steps_on("operaton", "1.0.3")) == 3


def test_a_difference_in_a_departure_names_the_line_of_the_departure(tmp_path: Path) -> None:
    (case,) = cases(tmp_path, DEPARTURE)

    ended, _, _ = run(case, stage())

    assert "scenario.yaml:13: expected at /order/ended true, came false" in (ended.message or "")
