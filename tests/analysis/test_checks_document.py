import re
from pathlib import Path

from simulator.analysis.check_types import checks, rules_by_code

DOCUMENT = Path(__file__).parents[2] / "docs" / "checks.md"


def test_the_document_lists_every_code_with_its_severity_clause_and_meaning() -> None:
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| BPMN-")]

    assert rows == [
        f"| {rule.code} | {rule.severity.value} | {rule.clause} | {rule.meaning} |"
        for rule in rules_by_code().values()
    ]


def test_every_check_has_a_code_of_its_own_and_a_sentence() -> None:
    codes = [check.rule.code for check in checks()]

    assert len(codes) == len(set(codes))
    for rule in rules_by_code().values():
        assert re.fullmatch(r"BPMN-[A-Z]+-\d{3}", rule.code)
        assert rule.meaning.endswith(".")
        assert rule.clause


def test_every_code_has_a_test_that_names_it() -> None:
    tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*_checks.py"))
    tests += (Path(__file__).parent / "test_start_instructions.py").read_text()

    assert [code for code in rules_by_code() if f'"{code}"' not in tests] == []
