import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli.check import command
from simulator.core.errors import UserError
from tests.analysis.small_models import flows, process

GOOD = process('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>' + flows("s > a > e"))
BAD = process('<startEvent id="s"/>\n<exclusiveGateway id="g"/>\n<task id="lost"/>' + flows("s > g"))
SCENARIO = """\
scenario: Starting in the middle
models: [model.bpmn]
steps:
  - start: p
    at:
      - before: a
      - {second}
"""


def check(*arguments: str | Path) -> tuple[int, str]:
    """Run the command; its exit code and what it prints."""
    ended = CliRunner().invoke(command, [str(each) for each in arguments], standalone_mode=False)
    if ended.exception is not None:
        raise ended.exception
    return ended.return_value, ended.output


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A sound model in a file."""
    file = tmp_path / "model.bpmn"
    file.write_bytes(GOOD)
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A model with errors in a file."""
    file = tmp_path / "bad.bpmn"
    file.write_bytes(BAD)
    return file


def test_a_sound_model_holds(model: Path) -> None:
    assert check(model) == (0, "1 file: 0 errors, 0 warnings, 0 notes.\n")


def test_what_an_engine_says_in_many_lines_is_cut_in_the_table_and_whole_in_the_json(model: Path) -> None:
    model.write_bytes(re.sub(rb' camunda:historyTimeToLive="[^"]*"', b"", GOOD))
    arguments = (model, "--dialect", "camunda7")

    _, table = check(*arguments)
    _, whole = check(*arguments, "--json")

    row = next(line for line in table.splitlines() if "BPMN-DEPLOY-001" in line)
    assert row.endswith(" …")
    assert "\n" in next(each["text"] for each in json.loads(whole) if each["code"] == "BPMN-DEPLOY-001")


def test_findings_stand_in_a_table_under_their_file_with_line_code_and_element(bad: Path) -> None:
    code, shown = check(bad)

    lines = shown.splitlines()
    assert code == 1
    assert lines[0] == str(bad)
    assert lines[1].split() == ["line", "code", "severity", "element", "dialect", "what"]
    assert lines[2].split()[:5] == ["4", "BPMN-DEPLOY-001", "error", "g", "camunda7"]
    row = next(line.split() for line in lines if "BPMN-REACH-001" in line)
    assert row[:5] == ["5", "BPMN-REACH-001", "warning", "lost", "camunda7"]
    assert lines[-1] == "1 file: 2 errors, 1 warning, 0 notes."


def test_the_severity_asked_for_leaves_out_the_rest_and_keeps_the_exit_code(bad: Path) -> None:
    code, shown = check(bad, "--severity", "error", "--dialect", "standard")

    assert code == 0
    assert shown == "1 file: 0 errors, 0 warnings, 0 notes.\n"


def test_what_holds_in_several_dialects_comes_once(bad: Path) -> None:
    code, shown = check(bad, "--json", "--dialect", "standard", "--dialect", "camunda7")

    found = json.loads(shown)
    lost = [each for each in found if each["code"] == "BPMN-REACH-001"]
    assert code == 1
    assert [(each["element"], each["line"], each["dialects"]) for each in lost] == [
        ("lost", 5, ["standard", "camunda7"])
    ]
    assert lost[0]["file"] == str(bad)
    assert lost[0]["process"] == "p"


def test_start_instructions_are_judged(model: Path) -> None:
    assert check(model, "--start", "before:a", "--start", "transition:s-a")[0] == 0

    code, shown = check(model, "--start", "after:e")
    assert code == 1
    assert "BPMN-START-003" in shown


def test_a_start_instruction_is_written_with_its_kind(model: Path) -> None:
    with pytest.raises(UserError, match="expected a start instruction"):
        check(model, "--start", "a")


def test_which_of_several_processes_is_started_has_to_be_said_or_plain(tmp_path: Path, model: Path) -> None:
    other = tmp_path / "other.bpmn"
    other.write_bytes(GOOD.replace(b'id="p"', b'id="q"'))

    with pytest.raises(UserError, match="expected --process"):
        check(model, other, "--start", "before:a")
    assert check(model, other, "--start", "before:a", "--process", "q")[0] == 0


def test_the_variables_of_a_start_turn_notes_into_errors(tmp_path: Path) -> None:
    file = tmp_path / "model.bpmn"
    file.write_bytes(GOOD.replace(b'<userTask id="a"/>', b'<userTask id="a" camunda:assignee="${who}"/>'))

    assert check(file)[0] == 0
    assert check(file, "--variable", "amount")[0] == 1
    assert check(file, "--variable", "amount", "--variable", "who")[0] == 0


def test_a_folder_is_searched_for_models(bad: Path, model: Path, tmp_path: Path) -> None:
    code, shown = check(tmp_path)

    assert code == 1
    assert shown.endswith("2 files: 2 errors, 1 warning, 0 notes.\n")
    assert model.parent == bad.parent


def test_the_start_instructions_of_a_scenario_are_judged_with_their_line(model: Path) -> None:
    file = model.with_name("scenario.yaml")

    file.write_text(SCENARIO.replace("{second}", "before: nobody"))
    code, shown = check(file, "--json", "--dialect", "camunda7")

    found = json.loads(shown)
    assert code == 1
    assert [(each["code"], each["file"], each["line"]) for each in found] == [
        ("BPMN-START-001", str(file), 7)
    ]


def test_instructions_that_a_scenario_expects_to_be_refused_are_no_findings(model: Path) -> None:
    file = model.with_name("scenario.yaml")

    file.write_text(SCENARIO.replace("{second}", "before: nobody\n    refused: {status: 500}"))

    assert check(file, "--dialect", "camunda7")[0] == 0


def test_in_camunda_8_a_scenario_that_starts_on_a_flow_is_a_finding(model: Path) -> None:
    file = model.with_name("scenario.yaml")

    file.write_text(SCENARIO.replace("{second}", "transition: s-a"))

    assert check(file, "--dialect", "camunda7")[0] == 0
    assert "BPMN-START-009" in check(file)[1]


def test_broken_xml_and_wrong_paths_name_the_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.bpmn"
    broken.write_bytes(b"<definitions>\n<process>\n</definitions>")

    with pytest.raises(UserError, match=r"broken\.bpmn:3: not well-formed"):
        check(broken)
    with pytest.raises(UserError, match=r"missing\.bpmn: expected a model"):
        check(tmp_path / "missing.bpmn")


@pytest.mark.parametrize("dialect", ["other", "camunda7:5.0"])
def test_a_dialect_and_its_release_have_to_be_known(model: Path, dialect: str) -> None:
    with pytest.raises(UserError, match=r"expected a dialect .*camunda7:7\.24.*, came"):
        check(model, "--dialect", dialect)


def test_a_release_of_a_dialect_can_be_named(model: Path) -> None:
    assert check(model, "--dialect", "camunda7:7.24")[0] == 0


def test_a_start_is_judged_in_the_dialect_the_model_is_written_for(model: Path) -> None:
    model.write_bytes(
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        b'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true">'
        b'<startEvent id="s"/><manualTask id="a"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
        b"</process></definitions>"
    )

    assert "BPMN-START-009" in check(model, "--start", "transition:f")[1]
    assert "BPMN-START" not in check(model, "--start", "before:a")[1]
