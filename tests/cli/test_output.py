import pytest

from simulator.cli.output import print_table


def test_a_pipe_gets_each_row_in_one_line_with_nothing_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    long = "word " * 100

    print_table(("line", "what"), [("7", f"first\n  second {long}"), ("12", "-")])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "line  what"
    assert lines[1] == f"7     first second {long.strip()}"
    assert lines[2] == "12    -"
    assert len(lines) == 3


def test_a_table_without_rows_shows_its_headings(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("line", "what"), [])

    assert capsys.readouterr().out == "line  what\n"
