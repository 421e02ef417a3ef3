"""Steps: what each asks of a target, and what it saves for the next."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from simulator.scenario.stages import Stage
from simulator.scenario.step_types import step_types
from simulator.scenario.steps.advance import seconds
from simulator.targets.protocol import Start, Target
from simulator.targets.values import TypedValue
from tests.miniatures.target import Miniature
from tests.miniatures.writing import cases, run


class Recorder(Miniature):
    """A miniature that keeps the starts it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: list[Start] = []
        self.waits: list[float] = self.waited

    def start(self, start: Start) -> str:
        self.starts.append(start)
        return super().start(start)


def played(folder: Path, steps: str) -> tuple[Recorder, str | None, list[Mapping[str, object]]]:
    """Run steps against a recorder: it, the message of the verdict, what came at each step."""
    (case,) = cases(folder, f"scenario: S\nmodels: [order.bpmn]\nsteps:\n{steps}")
    recorder = Recorder()

    def open_recorder(_run: str) -> Target:
        return recorder

    ended, done, _ = run(case, Stage(name="r", product="camunda7", release="7.24.0", open=open_recorder))
    return recorder, ended.message, [{"came": step.came, "note": step.note} for step in done]


def test_a_start_carries_typed_variables_instructions_key_and_tenant(tmp_path: Path) -> None:
    recorder, message, _ = played(
        tmp_path,
        """
  - start: order
    businessKey: B
    tenant: t
    version: 2
    variables: {n: {$type: Long, value: 7}, f: {$type: File, value: YQ==, valueInfo: {filename: a}}}
    at:
      - {before: check, variables: {a: 1}, local: {b: 2}}
      - {transition: f3}
""".replace("{transition: f3}", "{after: split}"),
    )

    (start,) = recorder.starts
    assert message is None
    assert (start.business_key, start.tenant, start.version) == ("B", "t", 2)
    assert start.variables == {
        "n": TypedValue("Long", 7),
        "f": TypedValue("File", "YQ==", {"filename": "a"}),
    }
    assert [(each.kind, each.element) for each in start.instructions] == [
        ("before", "check"),
        ("after", "split"),
    ]
    assert (start.instructions[0].variables, start.instructions[0].local) == ({"a": 1}, {"b": 2})


def test_saved_values_keep_their_type_and_fill_texts(tmp_path: Path) -> None:
    recorder, message, _ = played(
        tmp_path,
        """
  - request: POST /process-definition/key/${own:order}/start
    body: {businessKey: first}
    save: {ended: /ended, key: /businessKey, whole: ""}
  - start: order
    businessKey: "again-${key}-$${key}"
    variables: {ended: "${ended}", id: "${definition:order}", deployed: "${deployment}"}
    as: second
  - start: order
    variables: {before: "${instance:second}", waiting: "${work:check}"}
""",
    )

    assert message is None
    assert recorder.starts[1].business_key == "again-first-${key}"
    assert recorder.starts[1].variables == {"ended": False, "id": "order:1", "deployed": "deployment-1"}
    assert recorder.starts[2].variables == {"before": "instance-3", "waiting": "instance-3/check"}


def test_a_message_that_starts_an_instance_names_it(tmp_path: Path) -> None:
    _, message, _ = played(
        tmp_path,
        """
  - message: order
    businessKey: M
    as: started
  - expect: {started: {at: [pack, check], tasks: [{element: check}, {element: pack}], incidents: []}}
  - cancel: started
  - expect: {started: {ended: true, cancelled: [pack, check], at: []}}
""",
    )

    assert message is None


def test_a_task_that_is_not_open_is_a_difference_that_names_what_waits(tmp_path: Path) -> None:
    _, message, _ = played(tmp_path, "  - start: order\n  - complete: ship\n")

    assert message is not None
    assert message.endswith(
        "scenario.yaml:5: expected a task or job open at 'ship', came 0 there; waiting: check, pack"
    )


def test_the_rest_of_the_actions_reach_the_target(tmp_path: Path) -> None:
    recorder, message, _ = played(
        tmp_path,
        """
  - deploy: again
    as: second
  - deploy: [order.bpmn]
    tenant: t
  - start: order
    variables: {first: "${deployment:second}"}
  - signal: all
  - settle: jobs
  - advance: P1DT2H3M4.5S
  - resolve: order
    refused: {status: 400, message: {$containing: incident}}
""",
    )

    assert message is None
    assert recorder.waits == [93784.5]
    assert recorder.starts[0].variables == {"first": "deployment-2"}


@pytest.mark.parametrize(
    ("step", "message"),
    [
        (
            "request: GET /version\n    answer: {body: {version: '8'}}",
            'expected at /body/version "8", came "7.24.0"',
        ),
        (
            "request: GET /version\n    answer: {headers: {X-A: $any}}",
            "expected at /headers/X-A anything, came nothing",
        ),
        (
            "request: GET /version\n    answer: {text: ''}",
            'expected at /text "", came "{\\"version\\": \\"7.24.0\\"}"',
        ),
        (
            "request: GET /version\n    save: {x: /no}",
            'expected at /body a value at /no, came 200 with {"version": ',
        ),
        (
            "call: startProcessInstanceByKey\n    path: {key: no}\n    body: {}",
            "expected a 2xx status, came 404 with ",
        ),
        ("start: no\n    refused: {status: 400}", "expected at /status 400, came 404 in "),
        ("start: no\n    refused: {detail: $any}", "expected at /detail anything, came nothing in "),
    ],
)
def test_an_answer_that_differs_is_shown_with_what_came(tmp_path: Path, step: str, message: str) -> None:
    _, found, _ = played(tmp_path, f"  - {step}\n")

    assert found is not None
    assert message in found


def test_a_request_the_contract_does_not_know_is_an_error_of_the_scenario(tmp_path: Path) -> None:
    _, message, _ = played(tmp_path, "  - call: startProcessInstanceByKy\n")

    assert message is not None
    assert "expected a request that the contract allows" in message


@pytest.mark.parametrize(
    ("duration", "length"),
    [
        ("PT1H", 3600),
        ("P1W", 604800),
        ("PT0.5S", 0.5),
        ("P", None),
        ("P1DT", None),
        ("P1Y", None),
        ("1H", None),
    ],
)
def test_durations_are_iso_8601_without_years_and_months(duration: str, length: float | None) -> None:
    assert seconds(duration) == length


def test_every_kind_of_step_is_found() -> None:
    assert sorted(step_types()) == [
        *("advance", "call", "called", "cancel", "complete", "deploy", "expect", "fail", "message"),
        *("request", "resolve", "settle", "signal", "start", "throw"),
    ]
