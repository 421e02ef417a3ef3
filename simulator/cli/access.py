"""How a URL is reached: the options that every command with targets has."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from simulator.core.errors import UserError

Command = TypeVar("Command", bound=Callable[..., Any])

OPTIONS = (
    click.option("--user", help="Log in at a URL as name:password."),
    click.option("--bearer", help="Send a bearer token to a URL."),
    click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="Send a header to a URL."),
    click.option(
        "--timeout", type=float, default=30.0, show_default=True, help="Seconds to wait for an answer."
    ),
    click.option("--cacert", type=click.Path(path_type=Path, exists=True), help="Trust this certificate."),
)


def access_options(command: Command) -> Command:
    """Give a command the options for login, headers, time-out and certificate, in this order."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def read_headers(written: Sequence[str]) -> dict[str, str]:
    """Read headers as NAME:VALUE; raises UserError for a text of another form."""
    headers = {}
    for text in written:
        name, colon, value = text.partition(":")
        if not colon or not name.strip():
            raise UserError(f"expected a header as NAME:VALUE, came {text!r}")
        headers[name.strip()] = value.strip()
    return headers
