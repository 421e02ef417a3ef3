import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

import simulator.cli
from simulator.cli import COMMANDS, Entry, main, table
from simulator.core.errors import UserError

Invented = Callable[[Callable[[], int | None]], None]


class UnreachableError(UserError):
    exit_code = 3


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> Invented:
    """Puts a command `invented` into the table that does what it is given."""

    def put(action: Callable[[], int | None]) -> None:
        module = ModuleType("invented_command")
        vars(module)["command"] = click.Command("invented", callback=action)
        monkeypatch.setitem(sys.modules, "invented_command", module)
        monkeypatch.setitem(COMMANDS, "invented", Entry("invented_command", "Do what a test wants."))

    return put


def raising(failure: BaseException) -> Callable[[], int | None]:
    def action() -> int | None:
        raise failure

    return action


def every_command() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(table)
    waiting: list[tuple[str, click.Command]] = [("bpmn-tck", table)]
    while waiting:
        path, command = waiting.pop()
        yield path, command
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None, f"{path} lists {name} but does not have it"
                waiting.append((f"{path} {name}", inner))


def test_help_loads_no_command_and_no_library_but_click() -> None:
    sources = Path(simulator.cli.__file__).parents[2]
    program = (
        "import sys; from simulator.cli import main; code = main(['--help']);"
        "names = [name for name in sys.modules if name.startswith(('simulator.', 'rich'))];"
        "print(sorted(names)); sys.exit(code)"
    )

    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, cwd=sources, capture_output=True, text=True, check=True)

    loaded = ended.stdout.splitlines()[-1]
    assert loaded == "['simulator.cli', 'simulator.core', 'simulator.core.errors']"


def test_help_lists_every_command_of_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--help"])

    shown = capsys.readouterr().out
    assert code == 0
    assert all(f"{name} " in shown and entry.help in shown for name, entry in COMMANDS.items())


def test_the_line_in_the_table_is_the_first_sentence_of_the_commands_help() -> None:
    for name, entry in COMMANDS.items():
        command = table.get_command(click.Context(table), name)

        assert command is not None
        assert (command.help or "").startswith(entry.help)


def test_every_help_ends_with_an_example() -> None:
    for path, command in every_command():
        shown = command.get_help(click.Context(command, info_name=path))

        _, _, example = shown.rpartition("Example:")
        lines = [line.strip() for line in example.strip().splitlines()]
        assert "Example:" in shown, path
        assert lines, path
        assert all(line.startswith("bpmn-tck ") for line in lines), path


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--version"])

    assert code == 0
    assert capsys.readouterr().out.startswith("bpmn-tck ")


def test_an_unknown_command_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["frobnicate"])

    assert code == 2
    assert "No such command 'frobnicate'" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "code"), [(None, 0), (0, 0), (1, 1), (3, 3)])
def test_what_a_command_returns_is_the_exit_code(invented: Invented, answer: int | None, code: int) -> None:
    invented(lambda: answer)

    assert main(["invented"]) == code


def test_a_users_error_is_one_line_and_wrong_use(
    invented: Invented, capsys: pytest.CaptureFixture[str]
) -> None:
    invented(raising(UserError("order.bpmn is not there")))

    code = main(["invented"])

    assert code == 2
    assert capsys.readouterr().err == "Error: order.bpmn is not there\n"


def test_an_error_may_have_an_exit_code_of_its_own(invented: Invented) -> None:
    invented(raising(UnreachableError("no answer")))

    assert main(["invented"]) == 3


def test_an_exception_of_click_is_never_taken_for_a_finding(invented: Invented) -> None:
    invented(raising(click.ClickException("cannot open it")))

    assert main(["invented"]) == 2


def test_a_closed_pipe_is_never_taken_for_a_finding(
    invented: Invented, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    invented(raising(BrokenPipeError(errno.EPIPE, "the reader is gone")))

    assert main(["invented"]) == 3


def test_an_interruption_ends_with_130(invented: Invented, capsys: pytest.CaptureFixture[str]) -> None:
    invented(raising(KeyboardInterrupt()))

    code = main(["invented"])

    assert code == 130
    assert capsys.readouterr().err.strip() == "Interrupted."


def test_a_defect_says_how_to_report_it_without_a_traceback(
    invented: Invented, capsys: pytest.CaptureFixture[str]
) -> None:
    invented(raising(KeyError("token")))

    code = main(["invented"])

    shown = capsys.readouterr().err
    assert code == 3
    assert shown.startswith("Defect in bpmn-tck: KeyError: 'token'")
    assert "--debug" in shown
    assert "Traceback" not in shown


@pytest.mark.parametrize("asked_by", ["option", "environment"])
def test_a_defect_shows_its_traceback_when_debugging(
    invented: Invented,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    asked_by: str,
) -> None:
    invented(raising(KeyError("token")))
    if asked_by == "environment":
        monkeypatch.setenv("BPMN_TCK_DEBUG", "1")

    code = main(["invented"] if asked_by == "environment" else ["--debug", "invented"])

    shown = capsys.readouterr().err
    assert code == 3
    assert "Traceback (most recent call last)" in shown
