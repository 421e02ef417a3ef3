"""Whole simulators: an engine of a dialect behind its REST API."""

from collections.abc import Sequence
from copy import copy

from simulator.api.application import Application, Mounted
from simulator.api.v1.server import Camunda7Api
from simulator.api.v2.server import Camunda8Api
from simulator.contract.loading import load
from simulator.dialects.dialect import Dialect
from simulator.engine.camunda8.broker import Broker
from simulator.engine.clock import Clock
from simulator.engine.process_engine import ProcessEngine
from simulator.kernel.run import EVENTS_AT_MOST


def build_api(
    dialect: Dialect, clock: Clock, *, job_executor: bool = False, events_at_most: int = EVENTS_AT_MOST
) -> Mounted:
    """The REST API of a dialect over an empty engine, of which one command may take so many steps."""
    return BUILDERS[dialect.api](dialect, clock, job_executor, events_at_most)


def _camunda7(dialect: Dialect, clock: Clock, job_executor: bool, events_at_most: int) -> Mounted:
    engine = ProcessEngine(dialect, clock, job_executor=job_executor, events_at_most=events_at_most)
    return Camunda7Api(load("camunda7", dialect.release), engine)


def _camunda8(dialect: Dialect, clock: Clock, job_executor: bool, events_at_most: int) -> Mounted:
    broker = Broker(dialect, clock, events_at_most=events_at_most)
    return Camunda8Api(load("camunda8", dialect.release), broker)


BUILDERS = {"camunda7": _camunda7, "camunda8": _camunda8}


def build_application(
    dialects: Sequence[Dialect],
    clock: Clock,
    *,
    job_executor: bool = False,
    events_at_most: int = EVENTS_AT_MOST,
) -> Application:
    """The APIs of several dialects side by side on one port, each with its own engine and (a copy of) the clock."""
    clocks = [clock, *(copy(clock) for _ in dialects[1:])]
    return Application(
        *(
            build_api(dialect, own, job_executor=job_executor, events_at_most=events_at_most)
            for dialect, own in zip(dialects, clocks, strict=True)
        )
    )
