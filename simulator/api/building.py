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


def build_api(dialect: Dialect, clock: Clock, *, job_executor: bool = False) -> Mounted:
    """The REST API of a dialect over an empty engine."""
    return BUILDERS[dialect.api](dialect, clock, job_executor)


def _camunda7(dialect: Dialect, clock: Clock, job_executor: bool) -> Mounted:
    engine = ProcessEngine(dialect, clock, job_executor=job_executor)
    return Camunda7Api(load("camunda7", dialect.release), engine)


def _camunda8(dialect: Dialect, clock: Clock, job_executor: bool) -> Mounted:
    return Camunda8Api(load("camunda8", dialect.release), Broker(dialect, clock))


BUILDERS = {"camunda7": _camunda7, "camunda8": _camunda8}


def build_application(
    dialects: Sequence[Dialect], clock: Clock, *, job_executor: bool = False
) -> Application:
    """The APIs of several dialects side by side on one port, each with its own engine and (a copy of) the clock."""
    clocks = [clock, *(copy(clock) for _ in dialects[1:])]
    return Application(
        *(
            build_api(dialect, own, job_executor=job_executor)
            for dialect, own in zip(dialects, clocks, strict=True)
        )
    )
