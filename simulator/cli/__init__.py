"""The command line `bpmn-tck`: a table of commands, loaded when they are called, and the one place that
answers for every failure.

Exit codes: 0 all held, 1 a finding, 2 wrong use, 3 a target could not be reached or a run could not be
finished, 130 interrupted. A command's function returns its exit code; None is 0.
"""

import importlib
import importlib.metadata
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

import click

from simulator.core.errors import UserError

HELD = 0
FINDING = 1
WRONG_USE = 2
UNFINISHED = 3
INTERRUPTED = 130

EXAMPLE = """\b
Example:
  bpmn-tck run
  bpmn-tck serve order.bpmn
  bpmn-tck run my/scenarios --target camunda7:http://127.0.0.1:8080/engine-rest
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: the module whose `command` it is, and its line in the list."""

    module: str
    help: str


COMMANDS: dict[str, Entry] = {
    "serve": Entry("simulator.cli.serve", "Serve the simulator over HTTP."),
    "run": Entry("simulator.cli.run", "Run scenarios against each target."),
    "check": Entry("simulator.cli.check", "Check models without running them."),
    "engine": Entry("simulator.cli.engine", "List, start and stop real engines."),
    "fuzz": Entry("simulator.cli.fuzz", "Send requests drawn from the contracts, and judge every answer."),
    "report": Entry("simulator.cli.report", "Render the stream of a run."),
}


class CommandTable(click.Group):
    """The group of all commands, derived from click's because that is its way to load one when called."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Load a command; None if there is none of that name."""
        entry = COMMANDS.get(name)
        if entry is None:
            return None
        command = importlib.import_module(entry.module).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.module}.command is {command!r}, not a click command")
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


@dataclass(slots=True)
class Frame:
    """What the options before the command say."""

    debug: bool = False


def show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    """Print the release that is installed and end."""
    if not wanted or context.resilient_parsing:
        return
    try:
        release = importlib.metadata.version("bpmn-tck")
    except importlib.metadata.PackageNotFoundError:
        release = "(not installed, run from its sources)"
    click.echo(f"bpmn-tck {release}")
    context.exit()


@click.group(cls=CommandTable, epilog=EXAMPLE, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=show_version,
    help="Print the release.",
)
@click.option("--debug", is_flag=True, envvar="BPMN_TCK_DEBUG", show_envvar=True, help="Print tracebacks.")
@click.pass_obj
def table(frame: Frame, debug: bool) -> None:
    """Conformance tests and a simulator for BPMN and CMMN process engines."""
    frame.debug = debug


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (the process's own if none is given) and return its exit code."""
    frame = Frame()
    try:
        code = table.main(arguments, prog_name="bpmn-tck", standalone_mode=False, obj=frame)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code if wrong.exit_code != FINDING else WRONG_USE
    except UserError as error:
        return fail(f"Error: {error}", getattr(error, "exit_code", WRONG_USE), frame)
    except (KeyboardInterrupt, click.Abort):
        return fail("Interrupted.", INTERRUPTED, frame)
    except SystemExit as ended:
        return UNFINISHED if ended.code == FINDING else int(ended.code or HELD)  # a closed pipe is no finding
    except Exception as defect:  # noqa: BLE001 - the one place that answers for defects of ours
        return fail(describe(defect, frame), UNFINISHED, frame)
    return HELD if code is None else int(code)


def fail(message: str, code: int, frame: Frame) -> int:
    """Print what went wrong, with its traceback if that was asked for, and return the exit code."""
    if frame.debug:
        traceback.print_exc()
    click.echo(message, err=True)
    return code


def describe(defect: Exception, frame: Frame) -> str:
    """Say that this is our fault, and what a report of it should hold."""
    traceback_too = "" if frame.debug else " and the traceback that `bpmn-tck --debug ...` prints"
    return (
        f"Defect in bpmn-tck: {type(defect).__name__}: {defect}\n"
        "This is not your fault. Please report it to the project, with the command, what `bpmn-tck --version` "
        f"prints{traceback_too}."
    )
