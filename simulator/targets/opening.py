"""Opens targets by what users write: `simulator:camunda7`, `camunda8:http://…/v2`, `engine:camunda7`."""

import re
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from simulator.core.errors import UserError
from simulator.targets.adapt import adapter_for
from simulator.targets.adapt_camunda8_tasks import UserTasks
from simulator.targets.builtin import simulator_app
from simulator.targets.camunda7 import Camunda7
from simulator.targets.camunda7_jobs import JobClock
from simulator.targets.camunda8 import FIRST_WITH_SEARCHES, Camunda8
from simulator.targets.clock import PinnedClock, SimulatorClock
from simulator.targets.connection import Connection
from simulator.targets.engines.start import start_engine
from simulator.targets.http_transport import Access, HttpTransport
from simulator.targets.in_process import InProcess
from simulator.targets.naming import Names
from simulator.targets.ownership import Created, Everything
from simulator.targets.protocol import Target
from simulator.targets.releases import at_least
from simulator.targets.rest import Rest
from simulator.targets.telling import ask_release, need_release

FORMS = (
    "simulator:DIALECT (such as camunda7, camunda8:8.6)",
    "camunda7:URL, operaton:URL, cibseven:URL or camunda8:URL (such as camunda7:http://host:8080/engine-rest)",
    "engine:NAME (such as camunda7, camunda8:8.6), started for the run",
)
OPTIONS = ("user", "bearer", "header", "timeout", "cacert", "release", "destructive")
APIS = {"camunda7": "camunda7", "operaton": "camunda7", "cibseven": "camunda7", "camunda8": "camunda8"}
"""Whose REST API a product speaks."""

ROOTS = {"camunda7": "/engine-rest", "camunda8": "/v2"}

VISIBLE_WITHIN = 3.0
"""Seconds until a live Camunda 8 has to show what it was told."""

TIMERS_FIRE_WITHIN = 1.0
"""Seconds that a live Camunda 8 is given to notice that its clock was moved."""

RUN = re.compile(r"[A-Za-z0-9]{1,12}")
_OPTION = re.compile(rf",(?=(?:{'|'.join(OPTIONS)})(?:[=,]|$))")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetOptions:
    """How to reach a target and what may be done there.

    `release` overrides what the target says of itself. `run`: up to twelve letters and digits, part of every
    name the run makes; made up where it is None.
    """

    access: Access = field(default_factory=Access)
    release: str | None = None
    destructive: bool = False
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place where targets can be opened: an engine, a URL, the simulator.

    `open` takes a run's id and what is to be called after the target was closed.
    """

    text: str
    open: Callable[[str, Callable[[], None]], Target]
    close: Callable[[], None]


def open_target(text: str, options: TargetOptions) -> Target:
    """Open the target that a text names; closing it ends an engine that was started for it.

    Raises UserError for a text of no known form, `Unusable` where the target does not answer.
    """
    with ExitStack() as closing:
        site = open_site(text, options)
        closing.callback(site.close)
        target = site.open(options.run or secrets.token_hex(4), site.close)
        closing.pop_all()
    return target


def open_site(text: str, options: TargetOptions) -> Site:
    """Find the place that a text names, starting the engine if it is one; `open` takes a run's id."""
    plain, options = read_options(text, options)
    kind, colon, rest = plain.partition(":")
    if colon and rest and kind == "simulator":
        return Site(plain, lambda _run, then: _open_simulator(plain, rest, then), _nothing)
    if colon and kind in APIS and rest.startswith(("http://", "https://")):
        return Site(plain, partial(_open_url, plain, kind, rest, options), _nothing)
    if colon and rest and kind == "engine":
        return _start_site(plain, rest, options)
    raise UserError(f"expected a target as {'; or '.join(FORMS)}; came {text!r}")


def read_options(text: str, options: TargetOptions) -> tuple[str, TargetOptions]:
    """Split off the options after commas, which override those given."""
    plain, *told = _OPTION.split(text)
    access = options.access
    for each in told:
        name, _, value = each.partition("=")
        match name:
            case "user":
                access = replace(access, user=value)
            case "bearer":
                access = replace(access, bearer=value)
            case "header":
                header, colon, content = value.partition(":")
                if not colon:
                    raise UserError(f"expected a header as name:value, came {value!r}")
                access = replace(access, headers={**access.headers, header.strip(): content.strip()})
            case "timeout":
                access = replace(access, timeout=_seconds(value))
            case "cacert":
                access = replace(access, cacert=Path(value))
            case "release":
                options = replace(options, release=value)
            case _:
                options = replace(options, destructive=value in ("", "true"))
    return plain, replace(options, access=access)


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UserError(f"expected a time-out in seconds, came {text!r}") from None


def _nothing() -> None:
    return


def _open_simulator(text: str, dialect: str, then: Callable[[], None]) -> Target:
    built = simulator_app(dialect)
    carriers = (
        InProcess(built.app, ROOTS[built.api], dialect=dialect),
        InProcess(built.app, dialect=dialect),
    )
    rest, root = map(Rest, carriers)

    def close() -> None:
        for carrier in carriers:
            carrier.close()
        then()

    connection = Connection(
        name=text,
        product=built.product,
        release=built.release,
        rest=rest,
        names=Names(),
        adapter=adapter_for(built.api, Names(), _user_tasks(built.api, built.release, is_shared=False)),
        ownership=Everything(),
        at_close=close,
    )
    clock = SimulatorClock(root)
    return Camunda7(connection, clock) if built.api == "camunda7" else Camunda8(connection, clock, patience=0)


def _open_url(
    text: str, product: str, url: str, options: TargetOptions, run: str, then: Callable[[], None]
) -> Target:
    is_shared = not options.destructive
    return _open_http(text, product, url, options, run, then, is_shared=is_shared)


def _open_http(
    text: str,
    product: str,
    url: str,
    options: TargetOptions,
    run: str,
    then: Callable[[], None],
    *,
    is_shared: bool,
) -> Target:
    if RUN.fullmatch(run) is None:
        raise UserError(f"expected a run's id of up to twelve letters and digits, came {run!r}")
    api = APIS[product]
    with ExitStack() as closing:
        transport = HttpTransport(url, options.access)
        closing.callback(transport.close)
        rest = Rest(transport)
        release = need_release(options.release or ask_release(rest, api, text), rest.url)
        closing.pop_all()
    names = Names.of_run(run)

    def close() -> None:
        transport.close()
        then()

    connection = Connection(
        name=text,
        product=product,
        release=release,
        rest=rest,
        names=names,
        adapter=adapter_for(api, names, _user_tasks(api, release, is_shared=is_shared)),
        ownership=Created(names, api) if is_shared else Everything(),
        at_close=close,
    )
    if api == "camunda7":
        return Camunda7(connection, JobClock(rest, lambda: connection.definitions))
    clock = PinnedClock(rest, may_move=not is_shared, patience=TIMERS_FIRE_WITHIN)
    return Camunda8(connection, clock, patience=VISIBLE_WITHIN)


def _user_tasks(api: str, release: str, *, is_shared: bool) -> UserTasks:
    """Without searches a user task's key is only known as a job's, and their job type is everybody's."""
    if api == "camunda7" or at_least(release, FIRST_WITH_SEARCHES):
        return UserTasks.NATIVE
    return UserTasks.SERVICE if is_shared else UserTasks.JOBS


def _start_site(text: str, name: str, options: TargetOptions) -> Site:
    engine = start_engine(name)
    product = engine.product.lower().replace(" ", "")

    def open_engine(run: str, then: Callable[[], None]) -> Target:
        return _open_http(text, product, engine.url, options, run, then, is_shared=False)

    def stop() -> None:
        engine.stop()

    return Site(text, open_engine, stop)
