"""What commands print: results on stdout, for people or as JSON; progress on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

WIDTH_OF_A_PIPE = 200
Command = TypeVar("Command", bound=Callable[..., Any])


def example(*lines: str) -> str:
    """Make the Example section that ends a command's help."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def json_option(command: Command) -> Command:
    """Give a command the flag `--json`, as its argument `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(command)


def print_json(result: object) -> None:
    """Print a result as one JSON document on one line."""
    click.echo(json.dumps(result, ensure_ascii=False))


def tell(sentence: str) -> None:
    """Say on stderr what is going on."""
    click.echo(sentence, err=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headings; a pipe gets them unbroken."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    width = None if sys.stdout.isatty() else WIDTH_OF_A_PIPE
    Console(width=width, highlight=False, markup=False, emoji=False).print(shown)
