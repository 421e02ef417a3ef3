"""`bpmn-tck engine`: real engines fetched by their Maven coordinates and started on a port."""

import contextlib
import signal
import time
from collections.abc import Iterator, Sequence
from types import FrameType

import click

from simulator.cli.output import example, json_option, print_json, print_table, tell
from simulator.targets.engines import (
    RECIPES,
    EngineError,
    EngineUseError,
    Missing,
    Recipe,
    RunningEngine,
    available,
    cached,
    find_recipe,
    running_engines,
    show,
    start_engine,
)

POLL = 0.5
EXAMPLES = example("bpmn-tck engine list", "bpmn-tck engine start camunda7", "bpmn-tck engine stop --all")


@click.group(epilog=EXAMPLES)
def command() -> None:
    """List, start and stop real engines.

    They are fetched once from the repository that your Maven uses, kept in the cache folder
    (BPMN_TCK_CACHE), and run on loopback, without login; what they store is gone when they stop.
    Needs Java and Maven.
    """


@command.command("list", epilog=example("bpmn-tck engine list", "bpmn-tck engine list --json"))
@json_option
def list_engines(as_json: bool) -> None:
    """List the engines, what they need, and which of them run."""
    running = running_engines()
    if as_json:
        print_json([show_recipe(recipe, running) for recipe in RECIPES])
        return
    headings = ("NAME", "PRODUCT", "RELEASE", "NEEDS", "FETCHED", "RUNNING")
    print_table(headings, [row(recipe, running) for recipe in RECIPES])
    for recipe in RECIPES:
        found = available(recipe.name)
        if isinstance(found, Missing):
            tell(f"{recipe.name} cannot be started here: {found.reason}")


@command.command(
    short_help="Start an engine, fetched if need be, and print its URL.",
    epilog=example(
        "bpmn-tck engine start camunda7",
        "bpmn-tck engine start operaton --port 8080 --job-executor",
        "bpmn-tck engine start camunda8:8.6 --foreground",
    ),
)
@click.argument("name")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port of its REST API.  [default: a free one]"
)
@click.option(
    "--job-executor/--no-job-executor",
    default=None,
    help="Let Camunda 7 or Operaton run its jobs itself; otherwise they are executed by REST.  [default: no]",
)
@click.option(
    "--keep/--foreground", default=True, help="Leave it running, or stop it with Ctrl-C.  [default: keep]"
)
@click.option("--wait", default=180.0, show_default=True, help="Seconds to wait for its first answer.")
@json_option
def start(
    name: str, port: int | None, job_executor: bool | None, keep: bool, wait: float, as_json: bool
) -> None:
    """Fetch an engine if need be, start it, and print its URL once it answers."""
    with terminated_is_interrupted():
        engine = start_engine(name, port, job_executor=job_executor, patience=wait, tell=tell)
        if as_json:
            print_json(show(engine))
        else:
            click.echo(engine.url)
        if not keep:
            hold(engine)


@command.command(epilog=example("bpmn-tck engine stop camunda7", "bpmn-tck engine stop --all"))
@click.argument("name", required=False)
@click.option("--port", type=int, help="Stop only the one whose REST API is on this port.")
@click.option("--all", "every", is_flag=True, help="Stop all that we started.")
@json_option
def stop(name: str | None, port: int | None, every: bool, as_json: bool) -> None:
    """Stop engines that were started with `engine start`."""
    if every == bool(name or port):
        raise click.UsageError("Say which engine to stop by NAME or --port, or --all.")
    chosen = [engine for engine in running_engines() if is_chosen(engine, name, port)]
    if not chosen and not every:
        where = "" if port is None else f" on port {port}"
        raise EngineUseError(f"no {name or 'engine'} that we started runs{where}")
    for engine in chosen:
        engine.stop()
        tell(f"stopped {engine.title} at {engine.url} (process {engine.pid})")
    if as_json:
        print_json([show(engine) for engine in chosen])


def show_recipe(recipe: Recipe, running: Sequence[RunningEngine]) -> dict[str, object]:
    """Show an engine and its runs as JSON."""
    found = available(recipe.name)
    return {
        "name": recipe.name,
        "names": list(recipe.names),
        "product": recipe.product,
        "release": recipe.release,
        "needs": recipe.needs,
        "licence": recipe.licence,
        "cached": cached(recipe.name),
        "missing": found.reason if isinstance(found, Missing) else None,
        "running": [show(engine) for engine in running if engine.name == recipe.name],
    }


def row(recipe: Recipe, running: Sequence[RunningEngine]) -> tuple[str, ...]:
    """Show an engine and its runs as a row of the table."""
    runs = [
        f"{engine.url} (process {engine.pid}{'' if engine.ready else ', starting'})"
        for engine in running
        if engine.name == recipe.name
    ]
    fetched = "yes" if cached(recipe.name) else "no"
    return (recipe.name, recipe.product, recipe.release, recipe.needs, fetched, "\n".join(runs) or "-")


def is_chosen(engine: RunningEngine, name: str | None, port: int | None) -> bool:
    """Whether the words of the command line mean this engine; without any, all are meant."""
    by_name = name is None or engine.name == find_recipe(name).name
    return by_name and (port is None or engine.port == port)


@contextlib.contextmanager
def terminated_is_interrupted() -> Iterator[None]:
    """Treat SIGTERM like Ctrl-C, so that an engine which is not to stay is stopped."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def hold(engine: RunningEngine) -> None:
    """Stay until the engine ends by itself, which is an error, or we are interrupted, which stops it."""
    tell(f"{engine.title} runs until Ctrl-C; its log: {engine.log}")
    try:
        while engine.alive:
            time.sleep(POLL)
        raise EngineError(f"{engine.title} ended by itself; its log: {engine.log}")
    finally:
        engine.stop()
