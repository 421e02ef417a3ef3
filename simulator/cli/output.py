"""What commands print: results on stdout, for people or as JSON; progress on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

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
    """Print rows under headings; a pipe gets each in one line."""
    if not sys.stdout.isatty():
        print_lines([headings, *rows])
        return
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        shown.add_column(heading, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console(highlight=False, markup=False, emoji=False).print(shown)


def print_lines(rows: Sequence[Sequence[str]]) -> None:
    """Print rows below each other, one line each, however long."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo(line.rstrip())
