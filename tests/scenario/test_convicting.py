"""The harness convicts every wrong engine, and says where, what was expected and what came."""

import pytest

from simulator.scenario.finding import find_cases
from tests.miniatures.target import stage
from tests.miniatures.token_game import Fault
from tests.miniatures.writing import SCENARIOS, run

ORDER = "tests/miniatures/scenarios/order"
START = "tests/miniatures/scenarios/start"
REFUSED = "tests/miniatures/scenarios/refused"
UNOBSERVED = {Fault.LEAVES_THINGS, Fault.SILENT, Fault.BLIND}

CONVICTIONS: dict[Fault, tuple[str, str]] = {
    Fault.IGNORES_VARIABLES: (
        ORDER,
        f"{ORDER}/scenario.yaml:8: expected at /order/variables/amount 1200, came nothing",
    ),
    Fault.LOSES_TOKEN: (
        ORDER,
        f'{ORDER}/scenario.yaml:8: expected at /order/at an item "pack", came ["check"]',
    ),
    Fault.JOINS_EARLY: (
        ORDER,
        f'{ORDER}/scenario.yaml:13: expected at /order/passed ["placed", "split", "check"], '
        'came ["placed", "split", "check", "join", "sent"]',
    ),
    Fault.NEVER_ENDS: (ORDER, f"{ORDER}/scenario.yaml:16: expected at /order/ended true, came false"),
    Fault.FORGETS_HISTORY: (
        ORDER,
        f'{ORDER}/scenario.yaml:13: expected at /order/passed ["placed", "split", "check"], came []',
    ),
    Fault.WRONG_STATUS: (
        f"{START}::with a business key",
        f'{START}.scenario.yaml:25: expected at /status 200, came 201 with {{"id": "instance-2", ',
    ),
    Fault.WRONG_FIELD_TYPE: (
        f"{START}::with a business key",
        f'{START}.scenario.yaml:25: expected at /body/ended false, came "False"',
    ),
    Fault.ADDS_FIELD: (
        f"{START}::without a business key",
        f"{START}.scenario.yaml:11: expected at /body/surprise nothing, came 1",
    ),
    Fault.ACCEPTS_ANYTHING: (
        REFUSED,
        f'{REFUSED}.scenario.yaml:5: expected to be refused: {{"status": 404, "type": "RestException", '
        '"message": {"$matches": "nowhere"}}, came it was done',
    ),
    Fault.REFUSES_IN_OTHER_WORDS: (
        REFUSED,
        f'{REFUSED}.scenario.yaml:5: expected at /type "RestException", came "InvalidRequestException" in ',
    ),
}


def test_every_fault_is_convicted_or_known_to_hide_something() -> None:
    assert set(Fault) == CONVICTIONS.keys() | UNOBSERVED


def test_an_engine_without_fault_passes_every_scenario() -> None:
    verdicts = [run(case, stage())[0] for case in find_cases([SCENARIOS])]

    assert [verdict.message for verdict in verdicts] == [None] * 5
    assert {verdict.verdict for verdict in verdicts} == {"passed"}


@pytest.mark.parametrize("fault", CONVICTIONS)
def test_a_fault_is_convicted_with_file_line_expected_and_came(fault: Fault) -> None:
    scenario, message = CONVICTIONS[fault]
    (case,) = [case for case in find_cases([SCENARIOS]) if case.id == scenario]

    ended, _, _ = run(case, stage(fault))

    assert ended.verdict == "failed"
    assert (ended.message or "").startswith(message)


def test_a_type_that_the_contract_forbids_is_convicted_although_no_scenario_names_the_field() -> None:
    (case,) = [case for case in find_cases([SCENARIOS]) if case.row == "without a business key"]

    _, steps, _ = run(case, stage(Fault.WRONG_FIELD_TYPE))

    by_contract = [difference for difference in steps[0].differences if "contract" in difference.expected]
    assert [(difference.path, difference.came) for difference in by_contract] == [("/body/ended", '"False"')]
