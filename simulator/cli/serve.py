"""`bpmn-tck serve`: the simulator on one port, with the REST APIs of both products."""

import errno
import gc
import socket
from dataclasses import replace
from pathlib import Path

import click
import uvicorn

from simulator.api.building import build_application
from simulator.cli.output import example, print_json
from simulator.core.errors import UserError
from simulator.dialects.finding import DEFAULTS, find_dialect
from simulator.engine.clock import Clock, RealClock, VirtualClock
from simulator.kernel.run import EVENTS_AT_MOST
from simulator.model.xml import LIMITS
from simulator.targets.deploying import deploy_models

EXAMPLES = example(
    "bpmn-tck serve",
    "bpmn-tck serve order.bpmn --port 8080",
    "bpmn-tck serve order.bpmn --clock virtual --dialect camunda8:8.6",
)
YOUNG_OBJECTS = 50_000
"""How many new objects there are before the collector looks; an instance is some twenty."""

ROOTS = {"camunda7": "/engine-rest", "camunda8": "/v2"}


class Announcing(uvicorn.Server):
    """The server, which says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, lines: tuple[str, ...], *, as_json: bool) -> None:
        super().__init__(config)
        self.lines = lines
        self.as_json = as_json

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer at the sockets, then tell."""
        await super().startup(sockets)
        if self.should_exit or not self.servers:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        urls = [f"http://{shown}:{port}{root}" for root in self.lines]
        if self.as_json:
            print_json({"urls": urls})
        else:
            click.echo(f"serving {' and '.join(urls)}")


class NotBound(UserError):
    """The place to listen at is not to be had."""

    exit_code = 3


def listen(host: str, port: int) -> list[socket.socket]:
    """Bind every address of the host, to one port; raises `NotBound`."""
    bound: list[socket.socket] = []
    try:
        for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            chosen = bound[0].getsockname()[1] if bound else port
            try:
                bound.append(socket.create_server((address[0], chosen), family=family))
            except OSError as error:
                if not bound or error.errno == errno.EADDRINUSE:
                    raise
    except OSError as error:
        for each in bound:
            each.close()
        taken = error.errno == errno.EADDRINUSE
        why = (
            "something else listens there; choose another --port, 0 for a free one"
            if taken
            else error.strerror
        )
        raise NotBound(f"cannot listen at port {port} of {host}: {why}") from error
    return bound


def settle_memory() -> None:
    """Keep the garbage collector from walking what lives as long as the server: modules, contracts, instances."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


@click.command(epilog=EXAMPLES)
@click.argument("models", nargs=-1, type=click.Path(path_type=Path), metavar="[MODEL]...")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default="8080",
    help="The port; 0 takes a free one.",
)
@click.option(
    "--clock",
    type=click.Choice(["real", "virtual"]),
    default="real",
    show_default=True,
    help='Virtual time stands still until POST /clock/advance {"seconds": 60} or the like moves it.',
)
@click.option(
    "--dialect", "dialects", multiple=True, help="What to play; at most one for each API.  [default: both]"
)
@click.option(
    "--job-executor/--no-job-executor", default=True, show_default=True, help="Do due jobs by itself."
)
@click.option(
    "--max-steps",
    type=click.IntRange(1),
    default=EVENTS_AT_MOST,
    show_default=True,
    help="How many steps one command may take; a loop without a wait state ends there.",
)
@click.option(
    "--max-size",
    type=click.IntRange(1),
    default=LIMITS.size,
    show_default=True,
    help="How many bytes a model may have.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the URLs as JSON.")
def command(
    models: tuple[Path, ...],
    host: str,
    port: int,
    clock: str,
    dialects: tuple[str, ...],
    job_executor: bool,
    max_steps: int,
    max_size: int,
    as_json: bool,
) -> int:
    """Serve the simulator over HTTP.

    Prints one line with the URLs once it answers; models given are deployed first. Ctrl-C ends it.
    """
    limits = replace(LIMITS, size=max_size)
    chosen = [replace(find_dialect(text), limits=limits) for text in dialects or DEFAULTS]
    if len({dialect.api for dialect in chosen}) < len(chosen):
        raise UserError("expected at most one dialect for each REST API, such as camunda7 and camunda8:8.6")
    time: Clock = VirtualClock(RealClock().now()) if clock == "virtual" else RealClock()
    app = build_application(chosen, time, job_executor=job_executor, events_at_most=max_steps)
    for dialect in chosen:
        deploy_models(app, dialect, models)
    sockets = listen(host, port)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    settle_memory()
    server = Announcing(config, tuple(ROOTS[dialect.api] for dialect in chosen), as_json=as_json)
    server.run(sockets)
    return 0 if server.started else 3
